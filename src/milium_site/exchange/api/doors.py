"""Who may make a call: a token with the scope, or the secret link of a case."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from ninja.security import HttpBearer
from typing_extensions import override

from milium_site.cases.models import Case
from milium_site.cases.queries import case_for_specialist
from milium_site.exchange.bearer import Bearer, bearer_in
from milium_site.exchange.problems import Problem
from milium_site.people.models import Specialist, User
from milium_site.record.actions import record


class BearerToken(HttpBearer):
    """Lets through a bearer with the ``scope``; anybody else hears what is missing (RFC 6750)."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    @override
    def authenticate(self, request: HttpRequest, token: str) -> Bearer | None:
        bearer = bearer_in(request)
        if bearer is not None and self.scope not in bearer.scopes:
            raise lacks(self.scope)
        return bearer


def lacks(scope: str) -> Problem:
    """What somebody hears whose token does not go so far."""
    challenge = f'Bearer realm="milium", error="insufficient_scope", scope="{scope}"'
    return Problem(403, f"This token lacks the scope {scope}.", WWW_Authenticate=challenge)


def bearer(request: HttpRequest) -> Bearer:
    """Whoever came through the door."""
    found = bearer_in(request)
    if found is None:
        raise Problem(401)
    return found


def own_case(request: HttpRequest) -> Case:
    """The asker's case."""
    case = bearer(request).case
    if case is None:
        raise lacks("own:read")
    return _read(request, case)


def specialist(request: HttpRequest) -> Specialist:
    """The specialist who came through the door."""
    found = bearer(request).specialist
    if found is None:
        raise Problem(403, "This is for specialists whose register entry was checked.")
    return found


def user(request: HttpRequest) -> User:
    """The account that came through the door."""
    found = bearer(request).user
    if found is None:
        raise Problem(403)
    return found


def panel_case(request: HttpRequest, key: str) -> Case:
    """A case on whose panel they sit, or nothing."""
    try:
        return _read(request, case_for_specialist(key, specialist(request)))
    except Case.DoesNotExist as error:
        raise Http404 from error


def _read(request: HttpRequest, case: Case) -> Case:
    # What a call writes is recorded where it is written.
    if request.method == "GET":
        record(verb="read", kind="case", key=case.key, case=case.key, by="api")
    return case
