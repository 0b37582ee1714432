"""The words of a text that may tell who somebody is, and the text without them. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from milium.api import deidentify


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of the text; one that may tell who somebody is has a ``kind``, and ``shown`` would stand in its place.

    ``of`` names the text where there are several.
    """

    text: str
    start: int
    end: int
    of: str = ""
    kind: str = ""
    shown: str = ""

    @property
    def name(self) -> str:
        """How a form names it."""
        return f"{self.of}.{self.start}-{self.end}"


def pieces(text: str, *, of: str = "") -> tuple[Piece, ...]:
    """The whole text in runs: joined, they are the text."""
    found, at = [], 0
    for span in deidentify(text).spans:
        if span.start > at:
            found.append(Piece(text=text[at : span.start], start=at, end=span.start, of=of))
        words = text[span.start : span.end]
        # What an earlier mask left is no find.
        kind = "" if words == span.shown else span.kind.replace("_", " ")
        found.append(
            Piece(text=words, start=span.start, end=span.end, of=of, kind=kind, shown=span.shown)
        )
        at = span.end
    if at < len(text):
        found.append(Piece(text=text[at:], start=at, end=len(text), of=of))
    return tuple(found)


def finds(text: str) -> tuple[Piece, ...]:
    """The runs that may tell who somebody is."""
    return tuple(piece for piece in pieces(text) if piece.kind)


def masked(text: str, names: Iterable[str], also: str = "", *, of: str = "") -> str:
    """The text with the finds of these ``names`` masked, and every place where the words ``also`` stand."""
    wanted = set(names)
    result = "".join(
        p.shown if p.kind and p.name in wanted else p.text for p in pieces(text, of=of)
    )
    return result.replace(also, "[masked]") if also.strip() else result
