"""A sealed stream: written and read piece by piece, and refused when it was cut short, changed or put together anew. Pure.

The content is cut into chunks of 64 KiB. Each is sealed with AES-256-GCM under a key drawn for this one stream, its nonce
being the chunk's number and whether it is the last: a chunk can be neither moved nor left out, and an end that was cut off
is no end. Source: Hoang, Reyhanitabar, Rogaway, Vizar, "Online authenticated-encryption and its nonce-reuse
misuse-resistance" (2015), the construction STREAM, with the nonces of the age format, version 1.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from typing_extensions import Buffer, override

from milium_site.foundation.envelope import MasterKey, Unreadable, key_named, new_data_key


MARK = b"milium backup 1\n"
CHUNK = 64 * 1024
TAG_BYTES = 16
# A head is three short lines; whoever reads one never reads far into something else.
LONGEST_LINE = 512


class Damaged(Exception):
    """The stream is not whole, or not what was written. The message says which."""


class SealedWriter:
    """Seals what is written to it into ``stream``. Only ``finish`` makes it whole."""

    def __init__(self, stream: BinaryIO, master: MasterKey) -> None:
        key = new_data_key()
        head = MARK + master.name.encode() + b"\n" + master.wrap(key).encode() + b"\n"
        stream.write(head)
        self._stream, self._sealer = stream, _Sealer(key, head)
        self._waiting = bytearray()

    def write(self, content: bytes) -> None:
        """Takes content of any length."""
        self._waiting += content
        # The last chunk is known only at the end: one is always held back.
        while len(self._waiting) > CHUNK:
            self._stream.write(self._sealer.seal(bytes(self._waiting[:CHUNK]), last=False))
            del self._waiting[:CHUNK]

    def finish(self) -> None:
        """Writes the end."""
        self._stream.write(self._sealer.seal(bytes(self._waiting), last=True))
        self._waiting.clear()


class SealedReader(io.RawIOBase):
    """Gives the content of a sealed stream. Raises ``Damaged``, and ``Unreadable`` when no key is the right one."""

    def __init__(self, stream: BinaryIO, masters: Iterable[MasterKey]) -> None:
        super().__init__()
        mark = stream.read(len(MARK))
        if mark != MARK:
            raise Damaged("this is no backup that Milium wrote")
        name, wrapped = stream.readline(LONGEST_LINE), stream.readline(LONGEST_LINE)
        self.sealed_with = name.strip().decode("ascii", "replace")
        try:
            key = _key_of(self.sealed_with, masters).unwrap(wrapped.decode("ascii"))
        except (UnicodeDecodeError, ValueError) as error:
            raise Damaged("its first lines were changed") from error
        self._stream, self._sealer = stream, _Sealer(key, mark + name + wrapped)
        self._open, self._ended = b"", False
        self._next = stream.read(CHUNK + TAG_BYTES)

    @override
    def readable(self) -> bool:
        return True

    @override
    def readinto(self, buffer: Buffer) -> int:
        if not self._open and not self._ended:
            self._open = self._chunk()
        view = memoryview(buffer)
        part = self._open[: len(view)]
        view[: len(part)] = part
        self._open = self._open[len(part) :]
        return len(part)

    def _chunk(self) -> bytes:
        sealed, self._next = self._next, self._stream.read(CHUNK + TAG_BYTES)
        self._ended = not self._next
        try:
            return self._sealer.unseal(sealed, last=self._ended)
        except InvalidTag as error:
            raise Damaged("it was cut short or changed") from error


class _Sealer:
    def __init__(self, key: bytes, head: bytes) -> None:
        self._cipher, self._head = AESGCM(key), hashlib.sha256(head).digest()
        self._number = 0

    def seal(self, chunk: bytes, *, last: bool) -> bytes:
        return self._cipher.encrypt(self._nonce(last=last), chunk, self._head)

    def unseal(self, sealed: bytes, *, last: bool) -> bytes:
        return self._cipher.decrypt(self._nonce(last=last), sealed, self._head)

    def _nonce(self, *, last: bool) -> bytes:
        nonce = self._number.to_bytes(11, "big") + bytes([last])
        self._number += 1
        return nonce


def _key_of(name: str, masters: Iterable[MasterKey]) -> MasterKey:
    try:
        return key_named(name, masters)
    except Unreadable as error:
        raise Unreadable(
            f"this backup is sealed with the key {name}. Give that key in MILIUM_BACKUP_KEY_FILE"
        ) from error
