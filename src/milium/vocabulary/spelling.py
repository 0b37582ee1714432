"""Slips of the keyboard: an unknown word that is one letter away from a known one."""

from __future__ import annotations

from collections.abc import Mapping


_LETTERS = "abcdefghijklmnopqrstuvwxyz"
# Shorter words are too close to one another for a guess.
_SHORTEST = 8


def one_slip_away(word: str, known: Mapping[str, int]) -> str | None:
    """The known word that differs by one letter dropped, doubled, swapped or mistaken; ``None`` when there is none.

    ``known`` says how many names hold each word: the commonest is meant, unless another is as common.
    The first letter is taken to be right.

    >>> one_slip_away("opthalmologist", {"ophthalmologist": 1})
    'ophthalmologist'
    """
    if len(word) < _SHORTEST or not word.isalpha():
        return None
    found = sorted((known[slip], slip) for slip in _slips(word) if slip in known)
    if not found or (len(found) > 1 and found[-1][0] == found[-2][0]):
        return None
    return found[-1][1]


def _slips(word: str) -> set[str]:
    parts = [(word[:at], word[at:]) for at in range(1, len(word) + 1)]
    return {
        *(head + tail[1:] for head, tail in parts if tail),
        *(head + tail[1] + tail[0] + tail[2:] for head, tail in parts if len(tail) > 1),
        *(head + letter + tail[1:] for head, tail in parts if tail for letter in _LETTERS),
        *(head + letter + tail for head, tail in parts for letter in _LETTERS),
    }
