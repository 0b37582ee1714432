"""What happens around every request of a program: who sends it, how much, whether it was sent before, and how errors look.

``machine`` stands outside everything: programs bring no cookies, and read no pages. ``bearing`` stands innermost.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from milium_site.exchange.actions import begin_once, finish_once, note_use, spend
from milium_site.exchange.bearer import Bearer, bearer_of, sent
from milium_site.exchange.problems import FHIR, PROBLEM, Problem, answer, is_fhir
from milium_site.exchange.queries import answered_before, digest_of
from milium_site.record.who import Actor, acting_as


Next = Callable[[HttpRequest], HttpResponse]
PATHS = ("/api/", "/fhir/")
WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
MOST_BYTES = {"/api/": 256 * 1024, "/fhir/": 5 * 1024 * 1024}
JSON = (PROBLEM, FHIR)
LONGEST_KEY = 100


def machine(get_response: Next) -> Next:
    """Middleware: no cookie counts, nothing too long is read, and every error is one that programs read."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PATHS):
            return get_response(request)
        # Who is signed in on a page is not thereby signed in here: no other site can use their cookie.
        request.META.pop("HTTP_COOKIE", None)
        if _too_long(request):
            return answer(request, 413)
        response = get_response(request)
        if response.status_code < 400 or response.headers.get("Content-Type", "") in JSON:
            return response
        kept = {name: response[name] for name in ("Allow", "Retry-After") if name in response}
        return answer(request, response.status_code, headers=kept)

    return middleware


def bearing(get_response: Next) -> Next:
    """Middleware: counts the request, finds who sends it, and answers a write that was sent before as it was answered."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PATHS):
            return get_response(request)
        try:
            bearer = _bearer(request)
        except Problem as problem:
            return answer(request, problem.status, problem.detail, problem.headers)
        request.bearer = bearer  # type: ignore[attr-defined] # where views look for it
        with acting_as(bearer.actor if bearer else Actor(kind="nobody")):
            key = request.headers.get("Idempotency-Key", "")
            if bearer and key and request.method in WRITES and not is_fhir(request):
                return _once(request, bearer, key, get_response)
            return get_response(request)

    return middleware


def _too_long(request: HttpRequest) -> bool:
    length = request.META.get("CONTENT_LENGTH") or "0"
    most = next(n for path, n in MOST_BYTES.items() if request.path.startswith(path))
    return not length.isdecimal() or len(length) > 12 or int(length) > most


def _bearer(request: HttpRequest) -> Bearer | None:
    now = timezone.now()
    minute = int(now.timestamp() // 60)
    address = salted_hmac(
        "milium.exchange.address", request.META.get("REMOTE_ADDR", ""), algorithm="sha256"
    ).hexdigest()
    _check(spend(who=address, minute=minute), settings.MILIUM_API_RATE_ADDRESS)
    secret = sent(request)
    if not secret:
        return None
    bearer = bearer_of(secret, now)
    if bearer is None:
        raise Problem(
            401,
            "This token is not valid: it was revoked, has run out, or its owner's role or second factor is gone.",
            WWW_Authenticate='Bearer realm="milium", error="invalid_token"',
        )
    _check(spend(who=bearer.digest, minute=minute), settings.MILIUM_API_RATE)
    if bearer.token:
        note_use(token=bearer.token, now=now)
    return bearer


def _check(number: int, most: int) -> None:
    if number > most:
        wait = 60 - int(timezone.now().timestamp()) % 60
        raise Problem(429, f"At most {most} requests a minute. Wait.", Retry_After=str(wait))


def _once(request: HttpRequest, bearer: Bearer, key: str, get_response: Next) -> HttpResponse:
    if len(key) > LONGEST_KEY:
        return answer(request, 422, f"An Idempotency-Key has at most {LONGEST_KEY} characters.")
    try:
        body = request.body
    except RequestDataTooBig:
        return answer(request, 413)
    what = sha256(f"{request.method} {request.get_full_path()}\n".encode() + body).hexdigest()
    who, name = bearer.digest, digest_of(key)
    if not begin_once(who=who, key_digest=name, request=what):
        return _again(request, who, name, what)
    status, text = 500, ""
    try:
        response = get_response(request)
        status, text = response.status_code, response.content.decode("utf-8")
        return response
    finally:
        finish_once(who=who, key_digest=name, status=status, answer=text)


def _again(request: HttpRequest, who: str, name: str, what: str) -> HttpResponse:
    before = answered_before(who, name)
    if before is None or not before.status:
        return answer(
            request, 409, "The first one with this key is still being done. Ask again soon."
        )
    if before.request != what:
        return answer(request, 422, "This Idempotency-Key was used for another request.")
    kind = PROBLEM if before.status >= 400 else "application/json; charset=utf-8"
    again = HttpResponse(before.answer, status=before.status, content_type=kind)
    again["Idempotency-Replayed"] = "true"
    return again
