"""Slips of the keyboard: an unknown word that is one letter away from a known one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


# Shorter words are too close to one another for a guess.
_SHORTEST = 8
# One slip in a word of that length leaves so many letters whole at its beginning or at its end.
_WHOLE = 3


class Slips:
    """Known words by their first and by their last letters: a slip leaves either whole."""

    def __init__(self, known: Mapping[str, int]) -> None:
        """``known`` says how many names hold each word."""
        self._known = known
        self._alike: dict[str, list[str]] = {}
        for word in known:
            if len(word) >= _SHORTEST - 1 and word.isalpha():
                for key in _keys(word):
                    self._alike.setdefault(key, []).append(word)

    @staticmethod
    def may_be(word: str) -> bool:
        """Whether the word is such that a slip in it can be told."""
        return len(word) >= _SHORTEST and word.isalpha()

    def meant(self, word: str) -> str | None:
        """The known word that differs by one letter dropped, added, swapped or mistaken; ``None`` when there is none.

        The commonest is meant, unless another is as common. The first letter is taken to be right.

        >>> Slips({"ophthalmologist": 1}).meant("opthalmologist")
        'ophthalmologist'
        """
        if not self.may_be(word):
            return None
        found = sorted({(self._known[near], near) for near in self._near(word)})
        if not found or (len(found) > 1 and found[-1][0] == found[-2][0]):
            return None
        return found[-1][1]

    def _near(self, word: str) -> Iterable[str]:
        alike = [near for key in _keys(word) for near in self._alike.get(key, ())]
        return [near for near in alike if -2 < len(near) - len(word) < 2 and _is_slip(word, near)]


def _keys(word: str) -> tuple[str, str]:
    return word[:_WHOLE], f"{word[0]}-{word[-_WHOLE:]}"


def _is_slip(word: str, near: str) -> bool:
    """Whether one letter, or two neighbours that changed places, is all that may differ."""
    at, end = 0, min(len(word), len(near))
    while at < end and word[at] == near[at]:
        at += 1
    word, near = word[at:], near[at:]
    return (
        word[1:] == near[1:]
        or word[1:] == near
        or word == near[1:]
        or (word[2:] == near[2:] and word[:2] == near[1::-1])
    )
