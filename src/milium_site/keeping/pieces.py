"""What a backup is made of, one after another: a start, blocks of rows, files, an end. Pure.

Each piece is a head, which is JSON, and a body. Before them stand their lengths. A reader holds one piece at a time.
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from milium_site.keeping.sealing import Damaged


START, ROWS, FILE, END = "start", "rows", "file", "end"
LENGTHS = struct.Struct(">IQ")


class Sink(Protocol):
    """What pieces are written to."""

    def write(self, content: bytes, /) -> object:
        """Takes all of it."""


class Source(Protocol):
    """What pieces are read from."""

    def read(self, size: int, /) -> bytes:
        """So many bytes, fewer only at the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """``kind`` is one of START, ROWS, FILE, END; ``about`` is what JSON can hold."""

    kind: str
    about: dict[str, Any]
    body: bytes = b""


@dataclass(slots=True)
class Tally:
    """How many there are, and a digest that does not depend on their order: no two databases sort alike."""

    count: int = 0
    total: int = 0

    def add(self, content: bytes) -> None:
        """One more."""
        self.count += 1
        self.total = (self.total + int.from_bytes(hashlib.sha256(content).digest(), "big")) % 2**256

    def as_json(self) -> dict[str, object]:
        """For the end of a backup."""
        return {"count": self.count, "sha256": f"{self.total:064x}"}


def write_piece(sink: Sink, piece: Piece) -> None:
    """Writes one piece."""
    head = json.dumps({"kind": piece.kind} | piece.about).encode()
    sink.write(LENGTHS.pack(len(head), len(piece.body)))
    sink.write(head)
    sink.write(piece.body)


def read_pieces(source: Source) -> Iterator[Piece]:
    """Every piece up to the end. Raises ``Damaged``."""
    while lengths := source.read(LENGTHS.size):
        if len(lengths) != LENGTHS.size:
            raise Damaged("it was cut short")
        of_head, of_body = LENGTHS.unpack(lengths)
        about = json.loads(_exactly(source, of_head))
        yield Piece(kind=about.pop("kind"), about=about, body=_exactly(source, of_body))


def _exactly(source: Source, size: int) -> bytes:
    content = source.read(size)
    if len(content) != size:
        raise Damaged("it was cut short")
    return content
