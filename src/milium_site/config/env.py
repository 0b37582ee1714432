"""Settings from the environment: typed, and loud when a value cannot be used."""

from __future__ import annotations

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from milium_site.foundation.envelope import MasterKey


TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off", ""})


def text(name: str, default: str = "") -> str:
    """The variable's value, or ``default`` where it is not set."""
    return os.environ.get(name, default).strip()


def flag(name: str, *, default: bool) -> bool:
    """A yes or a no. Raises ``ImproperlyConfigured`` on anything else."""
    if name not in os.environ:
        return default
    value = text(name).lower()
    if value not in TRUE | FALSE:
        raise ImproperlyConfigured(f"{name} is {value!r}: set it to true or false")
    return value in TRUE


def integer(name: str, default: int, *, least: int = 0) -> int:
    """A whole number of at least ``least``. Raises ``ImproperlyConfigured`` on anything else."""
    value = text(name, str(default))
    if not value.isdecimal() or int(value) < least:
        raise ImproperlyConfigured(
            f"{name} is {value!r}: set it to a whole number of at least {least}"
        )
    return int(value)


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    """One of a closed set. Raises ``ImproperlyConfigured`` on anything else."""
    value = text(name, default)
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} is {value!r}: set it to one of {', '.join(allowed)}")
    return value


def words(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """A list, separated by commas."""
    if name not in os.environ:
        return list(default)
    return [word.strip() for word in text(name).split(",") if word.strip()]


def secret(name: str) -> str:
    """A secret from ``NAME``, or from the file that ``NAME_FILE`` names; empty where neither is set.

    Raises ``ImproperlyConfigured`` when both are set or the file cannot be read.
    """
    value, file = text(name), text(f"{name}_FILE")
    if value and file:
        raise ImproperlyConfigured(f"{name} and {name}_FILE are both set: keep one")
    if not file:
        return value
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE: cannot read {file}: {error.strerror}") from error


def keys(name: str) -> tuple[MasterKey, ...]:
    """Encryption keys from ``NAME`` or ``NAME_FILE``, separated by commas or spaces, the newest first.

    Raises ``ImproperlyConfigured`` for one that is none, without repeating it.
    """
    found: list[MasterKey] = []
    for place, text_ in enumerate(secret(name).replace(",", " ").split(), start=1):
        try:
            found.append(MasterKey.parse(text_))
        except ValueError as error:
            raise ImproperlyConfigured(f"{name}, key {place}: {error}") from error
    return tuple(found)
