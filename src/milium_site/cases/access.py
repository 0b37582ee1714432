"""An account's link leads through signing in."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from milium_site.cases.links import key_in
from milium_site.cases.models import Case
from milium_site.people.access import signed_out
from milium_site.people.models import User
from milium_site.record.actions import record


def middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Lets whoever is not signed in sign in first, and gives back what they typed. What opens, ``queries`` decides."""

    def answer(request: HttpRequest) -> HttpResponse:
        if _asks_for_account(request.path) and not isinstance(request.user, User):
            return signed_out(request)
        return get_response(request)

    return answer


def _asks_for_account(path: str) -> bool:
    start, _, rest = path.partition("/c/")
    return not start and bool(key_in(rest.partition("/")[0]))


def looked_at(request: HttpRequest, case: Case) -> Case:
    """Keeps that a page of the asker's was opened; the case. What a page writes is recorded where it is written."""
    if request.method in {"GET", "HEAD"}:
        page = request.resolver_match.url_name if request.resolver_match else ""
        record(verb="read", kind="case", key=case.key, case=case.key, page=page)
    return case
