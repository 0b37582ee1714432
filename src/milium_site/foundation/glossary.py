"""The medical words of one page: where they stand in its texts, and each of them once for the list at its end. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from milium.api import vocabulary
from milium_site.foundation.explained import Explained, explained


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of a text, as it was written; ``what`` where it is a word that Milium explains."""

    text: str
    what: Explained | None = None


class Glossary:
    """What one page explains. A page's texts add to it while they are drawn, and its end draws it."""

    def __init__(self) -> None:
        self._words: dict[str, Explained] = {}

    def add(self, what: Explained) -> None:
        """The page has a link to this word."""
        self._words[what.id] = what

    @property
    def words(self) -> tuple[Explained, ...]:
        """Every word that was added, each once, by name."""
        return tuple(sorted(self._words.values(), key=lambda what: what.name.casefold()))


def pieces(text: str) -> Iterator[Piece]:
    """The whole text in pieces; joined, they are the text again. Of a word that comes again, the first place is marked.

    >>> [(p.text, p.what.id) for p in pieces("It may be milia. Milia are harmless.") if p.what]
    [('milia', 'condition:milia')]
    """
    at, marked = 0, set[str]()
    for mention in vocabulary().mentions(text):
        what = next(filter(None, map(explained, mention.concepts)), None)
        if what is None or what.id in marked:
            continue
        marked.add(what.id)
        yield Piece(text=text[at : mention.start])
        yield Piece(text=text[mention.start : mention.end], what=what)
        at = mention.end
    yield Piece(text=text[at:])
