"""``MILIUM_STORAGE_URL``: where stored files are kept, as Django's settings name it."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


NAME = "MILIUM_STORAGE_URL"
HERE = {"BACKEND": "milium_site.foundation.files.WholeFiles"}
ANSWERS = {"yes": True, "no": False}


def kept_in(url: str) -> dict[str, Any]:
    """The store behind the sealing one: the instance folder, or the bucket that the address names.

    ``s3://key:secret@host:port/bucket?region=eu-west-1&tls=no``. Raises ``ImproperlyConfigured`` without repeating a secret.

    >>> kept_in("s3://key:secret@s3.example.org/photos")["OPTIONS"]["endpoint_url"]
    'https://s3.example.org'
    """
    if not url:
        return HERE
    parts = urlsplit(url)
    bucket, _, folder = parts.path.strip("/").partition("/")
    if parts.scheme != "s3" or not parts.hostname or not bucket:
        raise ImproperlyConfigured(f"{NAME}: write it as s3://key:secret@host:port/bucket")
    if not parts.username or not parts.password:
        raise ImproperlyConfigured(f"{NAME}: the key or the secret is missing")
    given = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    tls = given.pop("tls", "yes")
    region = given.pop("region", "us-east-1")
    if given or tls not in ANSWERS:
        raise ImproperlyConfigured(
            f"{NAME}: after the question mark only region=... and tls=yes or no"
        )
    port = f":{parts.port}" if parts.port else ""
    return {
        "BACKEND": "milium_site.foundation.objects.ObjectFiles",
        "OPTIONS": {
            "access_key": unquote(parts.username),
            "secret_key": unquote(parts.password),
            "bucket_name": bucket,
            "location": folder,
            "endpoint_url": f"{'https' if ANSWERS[tls] else 'http'}://{parts.hostname}{port}",
            "region_name": region,
        },
    }
