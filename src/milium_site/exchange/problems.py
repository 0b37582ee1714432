"""Errors as programs read them: problem+json (RFC 9457) under ``/api/``, OperationOutcome under ``/fhir/``."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse


PROBLEM, FHIR = "application/problem+json", "application/fhir+json"
TITLES = {
    400: "The request cannot be read",
    401: "A token is needed",
    403: "This token may not do that",
    404: "There is nothing here",
    405: "This cannot be done to it",
    409: "Not as things stand now",
    410: "It was taken back",
    413: "The request is too long",
    415: "Send JSON",
    422: "The request says something that cannot be used",
    429: "Too many requests",
    500: "Something broke here",
    503: "Not ready yet",
}
# The codes of FHIR R4's issue-type value set.
ISSUES = {
    400: "structure", 401: "login", 403: "forbidden", 404: "not-found", 405: "not-supported", 409: "conflict",
    410: "deleted", 413: "too-long", 415: "not-supported", 422: "processing", 429: "throttled", 500: "exception",
    503: "transient",
}  # fmt: skip


class Problem(Exception):
    """What was asked is not done. ``detail`` says why and what to do, and repeats nothing that was sent."""

    def __init__(self, status: int, detail: str = "", **headers: str) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


def is_fhir(request: HttpRequest) -> bool:
    """Whether a FHIR client asks."""
    return request.path.startswith("/fhir")


def answer(
    request: HttpRequest, status: int, detail: str = "", headers: dict[str, str] | None = None
) -> HttpResponse:
    """The error in the form that the client reads."""
    told = detail or TITLES.get(status, "It was not done")
    if is_fhir(request):
        body: dict[str, Any] = outcome(issue("error", ISSUES.get(status, "processing"), told))
        return JsonResponse(body, status=status, content_type=FHIR, headers=headers)
    body = {
        "type": "about:blank",
        "title": TITLES.get(status, "It was not done"),
        "status": status,
        "detail": told,
    }
    return JsonResponse(body, status=status, content_type=PROBLEM, headers=headers)


def issue(severity: str, code: str, told: str) -> dict[str, Any]:
    """One line of an OperationOutcome."""
    return {"severity": severity, "code": code, "diagnostics": told}


def outcome(*issues: dict[str, Any]) -> dict[str, Any]:
    """An OperationOutcome."""
    return {"resourceType": "OperationOutcome", "issue": list(issues)}
