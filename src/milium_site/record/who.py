"""Who acts right now: set by the middleware for a request, by the worker for a job, by a command for itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """``kind`` is ``user``, ``asker`` (whoever holds a secret link), ``program`` or ``nobody``; ``key`` a user's primary key or a program's name."""

    kind: str
    key: str = ""


MILIUM = Actor(kind="program", key="milium")
_ACTING: ContextVar[Actor] = ContextVar("acting", default=MILIUM)


def acting() -> Actor:
    """Who acts; Milium itself outside a request."""
    return _ACTING.get()


@contextmanager
def acting_as(actor: Actor) -> Iterator[None]:
    """Everything recorded inside is recorded as done by ``actor``."""
    token = _ACTING.set(actor)
    try:
        yield
    finally:
        _ACTING.reset(token)


def of(request: HttpRequest) -> Actor:
    """Whoever sent the request: somebody signed in, the holder of a secret link, or nobody known."""
    if request.user.is_authenticated:
        return Actor(kind="user", key=str(request.user.pk))
    return Actor(kind="asker" if request.path.startswith("/c/") else "nobody")


def middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Says who acts while a request is answered."""

    def answer(request: HttpRequest) -> HttpResponse:
        with acting_as(of(request)):
            return get_response(request)

    return answer
