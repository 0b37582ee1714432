"""``MILIUM_EMAIL_URL`` to Django's settings."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


# Scheme: (STARTTLS, TLS from the start, the port where none is said).
SCHEMES = {
    "smtp": (False, False, 25),
    "smtp+tls": (True, False, 587),
    "smtps": (False, True, 465),
}


def settings_from(url: str) -> dict[str, object]:
    """Django's settings for a mail server; for an empty ``url`` those that write to a folder.

    Raises ``ImproperlyConfigured``.

    >>> settings_from("smtp+tls://me:secret@mail.example.org")["EMAIL_PORT"]
    587
    """
    if not url:
        return {"EMAIL_BACKEND": "milium_site.notices.folder.Folder"}
    try:
        parts = urlsplit(url)
        starttls, tls, port = SCHEMES[parts.scheme]
        host, port = parts.hostname, parts.port or port
    except (KeyError, ValueError):
        host = None
    if not host:
        raise ImproperlyConfigured(
            "MILIUM_EMAIL_URL cannot be used: set it to something like smtp+tls://user:password@mail.example.org:587"
        )
    return {
        "EMAIL_BACKEND": "milium_site.notices.smtp.Watched",
        "EMAIL_HOST": host,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": starttls,
        "EMAIL_USE_SSL": tls,
        "EMAIL_TIMEOUT": 30,
    }
