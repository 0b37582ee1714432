"""Sealing private words and files: AES-256-GCM under a data key, which is itself sealed under a key of the operator's.

Pure. The database and the disk hold sealed values and sealed data keys; the operator's keys are in neither.
A sealed text reads ``m1:<number of the data key>:<base64 of nonce and ciphertext>``.
Source: NIST SP 800-38D for the mode and its 96-bit nonces; at one random nonce a value, a data key stays well under
the 2^32 values the standard allows.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM


KEY_BYTES = 32
NONCE_BYTES = 12
TEXT_MARK, FILE_MARK = "m1:", b"milium1\0"
NUMBER_BYTES = 4
# Stored as they are: they say no more than that there is nothing, and a table can have them before it has a key.
SAYS_NOTHING = frozenset({"", "{}", "[]", "null"})


class Unreadable(Exception):
    """A sealed value cannot be opened: it was changed, or the key is not the one it was sealed with."""


@dataclass(frozen=True, slots=True)
class MasterKey:
    """A key of the operator's. It seals data keys and nothing else."""

    secret: bytes

    @classmethod
    def parse(cls, text: str) -> MasterKey:
        """From 32 bytes written as URL-safe base64. Raises ``ValueError`` with what is wrong, never with the key."""
        try:
            secret = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        except (binascii.Error, ValueError) as error:
            raise ValueError("the key is no URL-safe base64") from error
        if len(secret) != KEY_BYTES:
            raise ValueError(f"the key has {len(secret)} bytes; it must have {KEY_BYTES}")
        return cls(secret)

    @property
    def name(self) -> str:
        """A fingerprint that gives nothing away: which key sealed a data key."""
        return hashlib.sha256(b"milium master key" + self.secret).hexdigest()[:16]

    def wrap(self, data_key: bytes) -> str:
        """The data key, sealed."""
        return base64.b64encode(_seal(self.secret, data_key, b"data key")).decode("ascii")

    def unwrap(self, wrapped: str) -> bytes:
        """The data key again. Raises ``Unreadable``."""
        return _unseal(self.secret, base64.b64decode(wrapped), b"data key")


def new_secret() -> str:
    """A new key of the operator's, as text."""
    return base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode("ascii").rstrip("=")


def new_data_key() -> bytes:
    """A new data key."""
    return secrets.token_bytes(KEY_BYTES)


def key_named(name: str, keys: Iterable[MasterKey]) -> MasterKey:
    """The key of that name. Raises ``Unreadable`` when the operator no longer gives it."""
    for key in keys:
        if key.name == name:
            return key
    raise Unreadable(
        f"a data key is sealed with the key {name}, which MILIUM_ENCRYPTION_KEY does not hold. "
        "Add that key behind the new one, then run: milium manage rotate_keys"
    )


def seal_text(number: int, data_key: bytes, text: str) -> str:
    """The text, sealed under the data key of that number. What says nothing stays as it is."""
    if text in SAYS_NOTHING:
        return text
    sealed = _seal(data_key, text.encode("utf-8"), b"text")
    return f"{TEXT_MARK}{number}:{base64.b64encode(sealed).decode('ascii')}"


def number_in_text(sealed: str) -> int | None:
    """Which data key a stored text is sealed under; ``None`` for one that is not sealed."""
    mark, _, rest = sealed.partition(":")
    number, colon, _ = rest.partition(":")
    return int(number) if f"{mark}:" == TEXT_MARK and colon and number.isdecimal() else None


def unseal_text(data_key: bytes, sealed: str) -> str:
    """The text again. Raises ``Unreadable``."""
    body = sealed.rpartition(":")[2]
    try:
        return _unseal(data_key, base64.b64decode(body, validate=True), b"text").decode("utf-8")
    except binascii.Error as error:
        raise Unreadable("a stored text is damaged") from error


def seal_file(number: int, data_key: bytes, content: bytes) -> bytes:
    """A file's content, sealed under the data key of that number."""
    return FILE_MARK + number.to_bytes(NUMBER_BYTES, "big") + _seal(data_key, content, b"file")


def number_in_file(sealed: bytes) -> int | None:
    """Which data key a stored file is sealed under; ``None`` for one that is not sealed."""
    head = len(FILE_MARK)
    if not sealed.startswith(FILE_MARK) or len(sealed) < head + NUMBER_BYTES:
        return None
    return int.from_bytes(sealed[head : head + NUMBER_BYTES], "big")


def unseal_file(data_key: bytes, sealed: bytes) -> bytes:
    """The content again. Raises ``Unreadable``."""
    return _unseal(data_key, sealed[len(FILE_MARK) + NUMBER_BYTES :], b"file")


def _seal(key: bytes, content: bytes, use: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, use)


def _unseal(key: bytes, sealed: bytes, use: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], use)
    except (InvalidTag, ValueError) as error:
        raise Unreadable("a sealed value was changed, or was sealed with another key") from error
