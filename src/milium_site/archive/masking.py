"""What of a text is published: which words are masked and why, and where the others come to stand. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from milium.api import Quote, deidentify


ASKED, MODERATED = "asker", "moderator"
SHOWN = "[taken out]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """``original[start:end]`` is not published; ``shown`` stands in its place. ``why`` is the kind of identifier, or who asked for it."""

    start: int
    end: int
    shown: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a text: published as it is, or covered."""

    text: str
    cover: Cover | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What people want beyond the rules: words to take out everywhere, and words that the rules must leave."""

    taken_out: tuple[str, ...] = ()
    masked: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """A text and what is covered of it, in order and without overlaps."""

    original: str
    covers: tuple[Cover, ...]

    @property
    def text(self) -> str:
        """What is published."""
        return "".join(p.cover.shown if p.cover else p.text for p in self.pieces())

    def pieces(self) -> Iterator[Piece]:
        """The whole original, cut where covers begin and end."""
        at = 0
        for cover in self.covers:
            if at < cover.start:
                yield Piece(text=self.original[at : cover.start])
            yield Piece(text=self.original[cover.start : cover.end], cover=cover)
            at = cover.end
        if at < len(self.original):
            yield Piece(text=self.original[at:])

    def moved(self, quote: Quote) -> Quote | None:
        """The quote where it stands in the published text; None when a word of it is covered."""
        if any(c.start < quote.end and quote.start < c.end for c in self.covers):
            return None
        shift = sum(len(c.shown) - (c.end - c.start) for c in self.covers if c.end <= quote.start)
        return Quote(text=quote.text, start=quote.start + shift, end=quote.end + shift)


def covered(text: str, wishes: Wishes) -> Covered:
    """The text with everything covered that the rules or anybody concerned want covered.

    What the asker or a moderator wants covered is covered whatever ``kept`` says.
    """
    kept = {word.casefold() for word in wishes.kept}
    found = [
        Cover(start=s.start, end=s.end, shown=s.shown, why=s.kind)
        for s in deidentify(text).spans
        if text[s.start : s.end].casefold() not in kept
    ]
    found += _everywhere(text, wishes.masked, MODERATED)
    found += _everywhere(text, wishes.taken_out, ASKED)
    return Covered(original=text, covers=_apart(found, text))


def _everywhere(text: str, words: Iterable[str], why: str) -> Iterator[Cover]:
    for word in words:
        # Spaces as the text has them: words marked on a page lose its line breaks.
        pattern = r"\s+".join(map(re.escape, word.split()))
        for match in re.finditer(pattern, text, re.IGNORECASE) if pattern else ():
            yield Cover(start=match.start(), end=match.end(), shown=SHOWN, why=why)


def _apart(found: Sequence[Cover], text: str) -> tuple[Cover, ...]:
    """Overlapping covers become one, shown as the first of the longest."""
    apart: list[Cover] = []
    for cover in sorted(found, key=lambda c: (c.start, -c.end)):
        if apart and cover.start < apart[-1].end:
            last = apart[-1]
            longer = cover if cover.end - cover.start > last.end - last.start else last
            apart[-1] = Cover(
                start=last.start,
                end=max(last.end, cover.end),
                shown=longer.shown,
                why=longer.why,
            )
        else:
            apart.append(cover)
    return tuple(apart)
