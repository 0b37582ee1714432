"""A case's secret link: drawn from the form it was started on, kept only as a digest.

The server gives every empty form a signed token. The link follows from the token and the installation's secret,
so a form sent twice leads to one link and one case, and no row of the database holds the link.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets

from django.core.signing import BadSignature, Signer
from django.utils.crypto import salted_hmac


SIGNER = Signer(salt="milium.cases.form")
BYTES = 18
LETTERS, LENGTH = "23456789bcdfghjkmnpqrstvwxz", 10
# Shorter than any secret link, so that neither is taken for the other.
ACCOUNT_LINK = re.compile(rf"my-([{LETTERS}]{{{LENGTH}}})")


class ForeignToken(ValueError):
    """A form token that this installation did not give out."""


def new_token() -> str:
    """A token for an empty form."""
    return SIGNER.sign(secrets.token_urlsafe(BYTES))


def link_from(token: str) -> str:
    """The secret link that a form's token leads to. Raises ``ForeignToken``."""
    try:
        drawn = SIGNER.unsign(token)
    except BadSignature as error:
        raise ForeignToken("the form was not given out by this site") from error
    digest = salted_hmac("milium.cases.link", drawn, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest[:BYTES]).decode("ascii")


def digest_of(link: str) -> str:
    """What the database holds of a link."""
    return hashlib.sha256(link.encode("utf-8")).hexdigest()


def new_key() -> str:
    """A short name for a case, free of letters that are mistaken for one another."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def account_link(key: str) -> str:
    """What stands in the place of the secret link for whoever keeps the case in their account. It is no secret.

    >>> account_link("4h7k2m9pxz")
    'my-4h7k2m9pxz'
    """
    return f"my-{key}"


def key_in(link: str) -> str:
    """The case's key in an account's link; empty for a secret link.

    >>> key_in("my-4h7k2m9pxz"), key_in("my-4h7k2m9pxzAAAAAAAAAAA")
    ('4h7k2m9pxz', '')
    """
    found = ACCOUNT_LINK.fullmatch(link)
    return found[1] if found else ""
