"""Which endpoint, which model, which key: read from the environment, refused where unsafe or unclear."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

import httpx

from milium.errors import UnusableInput


DEFAULT_TIMEOUT = 60.0
LONGEST_TIMEOUT = 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatSettings:
    """An OpenAI-compatible endpoint. ``url`` is where requests go; ``timeout`` is in seconds, for a whole request.

    ``use_environment`` also takes proxies and certificate files from the environment, as other programs do.
    """

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    timeout: float = DEFAULT_TIMEOUT
    use_environment: bool = False

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> ChatSettings:
        """Read ``MILIUM_CHAT_*``. Raises ``UnusableInput`` naming the variable and what it should hold."""
        return cls(
            url=_endpoint(
                _needed(environ, "MILIUM_CHAT_URL", "http://localhost:11434/v1"),
                allow_http=_switch(environ, "MILIUM_CHAT_ALLOW_HTTP"),
            ),
            model=_needed(environ, "MILIUM_CHAT_MODEL", "the name the endpoint knows its model by"),
            key=_key(environ),
            timeout=_timeout(environ.get("MILIUM_CHAT_TIMEOUT", "")),
            use_environment=_switch(environ, "MILIUM_CHAT_USE_PROXIES"),
        )


def _needed(environ: Mapping[str, str], name: str, example: str) -> str:
    value = environ.get(name, "").strip()
    if not value:
        raise UnusableInput(
            f"is not set; the chat reader needs it, such as: {example}", source=name
        )
    return value


def _endpoint(text: str, *, allow_http: bool) -> str:
    """The address of the chat completions under a base address such as ``https://host/v1``."""
    try:
        url = httpx.URL(text)
    except (httpx.InvalidURL, ValueError):
        raise _bad_url("is no address") from None
    if url.scheme not in ("http", "https") or not url.host or not 0 < (url.port or 1) < 65536:
        raise _bad_url("must start with https:// or, on this machine, http://")
    if url.userinfo or url.query or url.fragment:
        raise _bad_url(
            "may hold no name, key, query or fragment; the key goes into MILIUM_CHAT_KEY"
        )
    if url.scheme == "http" and not (allow_http or _is_this_machine(url.host)):
        raise _bad_url(
            "would send health texts unencrypted: use https, or set MILIUM_CHAT_ALLOW_HTTP=1 on a network of your own"
        )
    path = url.path.rstrip("/")
    ending = "/chat/completions"
    return str(url.copy_with(path=path if path.endswith(ending) else path + ending))


def _bad_url(reason: str) -> UnusableInput:
    return UnusableInput(reason, source="MILIUM_CHAT_URL")


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _key(environ: Mapping[str, str]) -> str | None:
    key, file = environ.get("MILIUM_CHAT_KEY"), environ.get("MILIUM_CHAT_KEY_FILE")
    if key and file:
        raise UnusableInput("is set beside MILIUM_CHAT_KEY; set one", source="MILIUM_CHAT_KEY_FILE")
    name = "MILIUM_CHAT_KEY_FILE" if file else "MILIUM_CHAT_KEY"
    key = (_contents(file) if file else key or "").strip()
    if not key.isascii() or not key.replace(" ", "x").isprintable():
        raise UnusableInput("holds characters that no key has", source=name)
    return key or None


def _contents(file: str) -> str:
    try:
        return Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not text"
        raise UnusableInput(f"cannot be read: {reason}", source="MILIUM_CHAT_KEY_FILE") from None


def _timeout(text: str) -> float:
    try:
        seconds = float(text or DEFAULT_TIMEOUT)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds <= LONGEST_TIMEOUT:
        raise UnusableInput(
            f"must be a number of seconds, more than 0 and at most {LONGEST_TIMEOUT:g}",
            source="MILIUM_CHAT_TIMEOUT",
        )
    return seconds


def _switch(environ: Mapping[str, str], name: str) -> bool:
    value = environ.get(name, "").strip().lower()
    if value not in ("", "0", "1"):
        raise UnusableInput("must be 1 or 0", source=name)
    return value == "1"
