"""The data keys this process has opened. They are read once; the newest is looked for again once a minute."""

from __future__ import annotations

import threading
import time

from django.conf import settings

from milium_site.foundation.envelope import (
    SAYS_NOTHING,
    Unreadable,
    key_named,
    number_in_file,
    number_in_text,
    seal_file,
    seal_text,
    unseal_file,
    unseal_text,
)
from milium_site.foundation.models import DataKey


# A key that another process made is used by this one after so many seconds at the latest.
FRESH_SECONDS = 60.0


class Keyring:
    """Opened data keys, by number."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._keys: dict[int, bytes] = {}
        self._newest = 0
        self._looked_at = float("-inf")

    def forget(self) -> None:
        """As at the start."""
        with self._lock:
            self._keys, self._newest, self._looked_at = {}, 0, float("-inf")

    def newest(self) -> tuple[int, bytes]:
        """The key that seals what is written now, with its number. Raises ``Unreadable`` when there is none."""
        now = time.monotonic()
        if now - self._looked_at > FRESH_SECONDS:
            self._open_all()
            self._looked_at = now
        if not self._newest:
            raise Unreadable("there is no data key yet. Run: milium manage migrate")
        return self._newest, self._keys[self._newest]

    def key(self, number: int) -> bytes:
        """The key of that number. Raises ``Unreadable`` when there is none."""
        if number not in self._keys:
            self._open_all()
        try:
            return self._keys[number]
        except KeyError as error:
            raise Unreadable(f"there is no data key {number} in this database") from error

    def _open_all(self) -> None:
        opened = {
            stored.pk: key_named(stored.master, settings.MILIUM_ENCRYPTION_KEYS).unwrap(
                stored.wrapped
            )
            for stored in DataKey.objects.exclude(pk__in=list(self._keys))
        }
        with self._lock:
            self._keys = self._keys | opened
            self._newest = max(self._keys, default=0)


KEYRING = Keyring()


def sealed(text: str) -> str:
    """The text as the database keeps it."""
    return text if text in SAYS_NOTHING else seal_text(*KEYRING.newest(), text)


def opened(stored: str) -> str:
    """The text that the database kept. Raises ``Unreadable``, for one that was never sealed too."""
    if stored in SAYS_NOTHING:
        return stored
    return unseal_text(KEYRING.key(_number(number_in_text(stored))), stored)


def sealed_file(content: bytes) -> bytes:
    """The content as a store keeps it."""
    return seal_file(*KEYRING.newest(), content)


def opened_file(stored: bytes) -> bytes:
    """The content that a store kept. Raises ``Unreadable``."""
    return unseal_file(KEYRING.key(_number(number_in_file(stored))), stored)


def _number(number: int | None) -> int:
    if number is None:
        raise Unreadable("a private value is stored without a seal. Run: milium manage rotate_keys")
    return number
