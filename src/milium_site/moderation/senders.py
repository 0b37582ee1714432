"""From which network a request comes, as a word that cannot be turned back into an address without this site's secret."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from datetime import timedelta
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac


# A household's or a phone's share of the newer addresses; of the older ones each stands alone.
SHARE = {4: 32, 6: 64}
# How long it is known from which network a case was sent.
SENDERS_KEPT = timedelta(days=7)
_NETWORK: ContextVar[str] = ContextVar("network", default="")


def sending_network() -> str:
    """The network that the request at hand comes from; empty outside a request."""
    return _NETWORK.get()


def middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Keeps the network at hand while a request is answered. Nothing is stored here."""

    def answer(request: HttpRequest) -> HttpResponse:
        token = _NETWORK.set(digest_of("network", network_of(request)))
        try:
            return get_response(request)
        finally:
            _NETWORK.reset(token)

    return answer


def network_of(request: HttpRequest) -> str:
    """The network as it is written; the address as sent where it is none."""
    sent = str(request.META.get("REMOTE_ADDR", ""))
    if settings.SECURE_PROXY_SSL_HEADER:
        sent = request.headers.get("X-Forwarded-For", sent).rsplit(",", 1)[-1].strip()
    try:
        address = ip_address(sent)
    except ValueError:
        return sent
    return str(ip_network((address, SHARE[address.version]), strict=False))


def digest_of(kind: str, words: str) -> str:
    """A keyed digest of 32 hexadecimal digits; the same words of another kind have another."""
    return salted_hmac(f"milium.moderation.{kind}", words, algorithm="sha256").hexdigest()[:32]
