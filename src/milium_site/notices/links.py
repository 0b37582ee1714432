"""Addresses in messages: the page a notice leads to, and the tokens that end or confirm a subscription."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.crypto import salted_hmac


_STOP = Signer(salt="milium.notices.stop")
_CONFIRM = Signer(salt="milium.notices.confirm")


class ForeignToken(ValueError):
    """A token that this installation did not give out."""


def new_key() -> str:
    """Names a subscriber or a letter."""
    return secrets.token_urlsafe(12)


def digest_of(address: str) -> str:
    """What finds the same address again without holding it."""
    return salted_hmac("milium.notices.address", address, algorithm="sha256").hexdigest()


def page(link: str, path: str = "") -> str:
    """The address of a page: below the case's where ``link`` names one, else from the site's root."""
    root = reverse("case", args=[link]) if link else "/"
    return settings.MILIUM_ADDRESS + root + path.lstrip("/")


def stop_page(key: str) -> str:
    """The address that ends a subscription."""
    return settings.MILIUM_ADDRESS + reverse("stop-notices", args=[_STOP.sign(key)])


def confirm_page(key: str) -> str:
    """The address that says an e-mail address is one's own."""
    return settings.MILIUM_ADDRESS + reverse("confirm-notices", args=[_CONFIRM.sign(key)])


def key_to_stop(token: str) -> str:
    """The subscriber's key. Raises ``ForeignToken``."""
    return _key(_STOP, token)


def key_to_confirm(token: str) -> str:
    """The subscriber's key. Raises ``ForeignToken``."""
    return _key(_CONFIRM, token)


def _key(signer: Signer, token: str) -> str:
    try:
        return signer.unsign(token)
    except BadSignature as error:
        raise ForeignToken("the link was not given out by this site") from error
