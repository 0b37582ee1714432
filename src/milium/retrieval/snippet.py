"""The passage of an entry that answers a query best, with the words that match."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from milium.retrieval.words import spans, term


# Words of the passage, and words of an entry that are looked at for it.
_LENGTH, _LOOKED_AT = 32, 3000


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """``text`` on one line, without control characters; ``marks`` are the ``(start, end)`` of the matching words in it."""

    text: str
    marks: tuple[tuple[int, int], ...]

    def marked(self, before: str, after: str) -> str:
        """The text with ``before`` and ``after`` around each mark."""
        pieces, at = [], 0
        for start, end in self.marks:
            pieces += [self.text[at:start], before, self.text[start:end], after]
            at = end
        return "".join((*pieces, self.text[at:]))


def snippet(text: str, terms: AbstractSet[str]) -> Snippet:
    """The passage of ``text`` that holds the most different ``terms``, the first of equals."""
    flat = "".join(c for c in " ".join(text.split()) if c.isprintable())
    words = spans(flat)[:_LOOKED_AT]
    if not words:
        return Snippet(text="", marks=())
    matching = [(n, t) for n, word in enumerate(words) if (t := term(word[0])) in terms]
    first = _best_start(matching, len(words))
    last = min(first + _LENGTH, len(words)) - 1
    start, end = words[first].start(), words[last].end()
    opening = "… " if first else ""
    closing = " …" if last < len(words) - 1 else flat[end : end + 1].strip()
    shift = len(opening) - start
    marks = [words[n].span() for n, _ in matching if first <= n <= last]
    return Snippet(
        text=opening + flat[start:end] + closing,
        marks=tuple((a + shift, b + shift) for a, b in marks),
    )


def _best_start(matching: list[tuple[int, str]], words: int) -> int:
    best, best_start = 0, 0
    for at, (first, _) in enumerate(matching):
        held = {t for n, t in matching[at : at + _LENGTH] if n < first + _LENGTH}
        if len(held) > best:
            best, best_start = len(held), first
    # A few words before the first match tell what it is about.
    return max(0, min(best_start - 4, words - _LENGTH))
