"""Words that the index does not hold: the word that was meant, as far as the index knows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property


_LETTERS = "abcdefghijklmnopqrstuvwxyz"
# Shorter words are too close to one another for a guess; longer ones may have more slips.
_SHORTEST, _TWO_SLIPS, _THREE_SLIPS = 5, 8, 11


class Spelling:
    """The terms of an index with how many entries hold each; finds the closest to a misspelt one."""

    def __init__(self, terms: Iterable[tuple[str, int]]) -> None:
        self._counts: Mapping[str, int] = {
            word: n for word, n in terms if len(word) >= _SHORTEST - 1 and word.isalpha()
        }

    def meant(self, word: str) -> str | None:
        """The commonest term one slip away, else the closest within two or three for longer words.

        A slip is a letter dropped, doubled, mistaken, or two swapped. From two slips on, the first letter is taken to be right.
        """
        if len(word) < _SHORTEST or not word.isalpha():
            return None
        near = [other for other in _one_slip(word) if other in self._counts]
        if near:
            return max(near, key=lambda other: (self._counts[other], other))
        return self._further(word) if len(word) >= _TWO_SLIPS else None

    def _further(self, word: str) -> str | None:
        slips = 2 if len(word) < _THREE_SLIPS else 3
        letters, best = _letters(word), None
        for size in range(len(word) - slips, len(word) + slips + 1):
            for other, its in self._groups.get((word[0], size), ()):
                if (letters ^ its).bit_count() <= 2 * slips:
                    distance = slips_between(word, other, slips)
                    key = (distance, -self._counts[other], other)
                    if distance <= slips and (best is None or key < best):
                        best = key
        return best[2] if best else None

    @cached_property
    def _groups(self) -> dict[tuple[str, int], list[tuple[str, int]]]:
        groups: dict[tuple[str, int], list[tuple[str, int]]] = {}
        for word in self._counts:
            groups.setdefault((word[0], len(word)), []).append((word, _letters(word)))
        return groups


def slips_between(one: str, other: str, limit: int) -> int:
    """How many slips turn one word into the other; ``limit + 1`` when there are more than ``limit``.

    >>> slips_between("ezcema", "eczema", 2), slips_between("wart", "melanoma", 2)
    (1, 3)
    """
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        last, before, row = before, row, [i]
        for j, b in enumerate(other, start=1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (a != b))
            if last and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


def _letters(word: str) -> int:
    """Which letters a word has, as bits."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits


def _one_slip(word: str) -> Iterator[str]:
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in _LETTERS:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]
