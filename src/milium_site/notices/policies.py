"""Which addresses may be told."""

from __future__ import annotations

from base64 import urlsafe_b64decode
from collections.abc import Mapping
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from milium_site.notices.models import EMAIL, PUSH


# Where browsers' makers take push messages. Anything else could make this server knock at doors of its own network.
PUSH_SERVICES = (
    "fcm.googleapis.com",
    "updates.push.services.mozilla.com",
    ".push.services.mozilla.com",
    "web.push.apple.com",
    ".push.apple.com",
    ".notify.windows.com",
)
LONGEST = 2000


class NotAnAddress(ValueError):
    """Nobody can be told there. The message says why, in words for whoever typed it."""


def check_address(channel: str, address: str, keys: Mapping[str, str]) -> str:
    """The address as it is kept. Raises ``NotAnAddress``."""
    address = address.strip()
    if channel == EMAIL:
        return _email(address)
    if channel == PUSH:
        return _endpoint(address, keys)
    raise NotAnAddress(f"there is no channel {channel!r}: use email or push")


def may_push_to(endpoint: str) -> bool:
    """Whether the endpoint is a known push service's, or one that the operator allows by ``MILIUM_PUSH_HOSTS``."""
    try:
        parts = urlsplit(endpoint)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if f"{parts.scheme}://{parts.netloc}" in settings.MILIUM_PUSH_HOSTS:
        return True
    known = any(host == s or (s.startswith(".") and host.endswith(s)) for s in PUSH_SERVICES)
    return known and parts.scheme == "https" and port in (None, 443) and "@" not in parts.netloc


def _email(address: str) -> str:
    try:
        validate_email(address)
    except ValidationError as error:
        raise NotAnAddress(
            "This is not an e-mail address. One looks like name@example.org."
        ) from error
    name, _, domain = address.rpartition("@")
    return f"{name}@{domain.lower()}"


def _endpoint(address: str, keys: Mapping[str, str]) -> str:
    if not settings.MILIUM_PUSH:
        raise NotAnAddress("This site sends no messages to browsers.")
    if len(address) > LONGEST or not may_push_to(address):
        raise NotAnAddress("This browser’s push service is not known here. Use e-mail.")
    if not _are_keys(keys):
        raise NotAnAddress("The browser gave no keys for its messages. Try again, or use e-mail.")
    return address


def _are_keys(keys: Mapping[str, str]) -> bool:
    """Whether a message can be encrypted with them: a point of the curve, and sixteen bytes."""
    try:
        point, auth = (_bytes(keys[name]) for name in ("p256dh", "auth"))
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except (KeyError, ValueError):
        return False
    return len(auth) == 16


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
