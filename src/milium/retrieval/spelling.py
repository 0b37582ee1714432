"""Words that the index does not hold: the word that was meant, as far as the index knows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property


_LETTERS = "abcdefghijklmnopqrstuvwxyz"
# Shorter words are too close to one another for a guess; longer ones may have more slips.
_SHORTEST, _TWO_SLIPS, _THREE_SLIPS = 5, 8, 11
_BEGINNING, _BEGUN_SLIPS = 5, 4


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
        near = self.near(word)
        return near or (self._further(word) if len(word) >= _TWO_SLIPS else None)

    def near(self, word: str) -> str | None:
        """The commonest term one slip away, whatever the word's length."""
        near = [other for other in _one_slip(word) if other in self._counts]
        return max(near, key=lambda other: (self._counts[other], other), default=None)

    def _further(self, word: str) -> str | None:
        slips = 2 if len(word) < _THREE_SLIPS else 3
        letters, places, best = _letters(word), _places(word), None
        for size in range(len(word) - slips, len(word) + slips + 1):
            for other, its in self._groups.get((word[0], size), ()):
                if (letters ^ its).bit_count() <= 2 * slips:
                    key = (edits(places, len(word), other), -self._counts[other], other)
                    if key[0] <= slips and (best is None or key < best):
                        best = key
        return best[2] if best else self._begun(word)

    def _begun(self, word: str) -> str | None:
        """The closest word of the same beginning, within four slips: the start of a long name is what people remember."""
        places, best = _places(word), None
        for size in range(len(word) - _BEGUN_SLIPS, len(word) + _BEGUN_SLIPS + 1):
            for other, _ in self._groups.get((word[0], size), ()):
                if other.startswith(word[:_BEGINNING]):
                    key = (edits(places, len(word), other), -self._counts[other], other)
                    if key[0] <= _BEGUN_SLIPS and (best is None or key < best):
                        best = key
        return best[2] if best else None

    @cached_property
    def _groups(self) -> dict[tuple[str, int], list[tuple[str, int]]]:
        groups: dict[tuple[str, int], list[tuple[str, int]]] = {}
        for word in self._counts:
            groups.setdefault((word[0], len(word)), []).append((word, _letters(word)))
        return groups


def edits(places: Mapping[str, int], length: int, other: str) -> int:
    """How many letters must be put in, left out or changed to turn a word into ``other``.

    The word is given by the ``places`` of its letters, as bits. G. Myers, Journal of the ACM 46:395, 1999.

    >>> edits(_places("kitten"), 6, "sitting")
    3
    """
    every = (1 << length) - 1
    last = 1 << (length - 1)
    more, less, count = every, 0, length
    for letter in other:
        same = places.get(letter, 0)
        down = same | less
        across = (((same & more) + more) ^ more) | same
        rises = less | (~(across | more) & every)
        falls = more & across
        if rises & last:
            count += 1
        elif falls & last:
            count -= 1
        rises = ((rises << 1) | 1) & every
        more = ((falls << 1) | ~(down | rises)) & every
        less = rises & down
    return count


def _places(word: str) -> dict[str, int]:
    """Where each letter stands in a word, as bits."""
    places: dict[str, int] = {}
    for at, letter in enumerate(word):
        places[letter] = places.get(letter, 0) | 1 << at
    return places


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
