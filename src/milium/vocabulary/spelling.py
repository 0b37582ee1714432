"""Slips of the keyboard: an unknown word that is one letter away from a known one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


# Shorter words are too close to one another for a guess.
_SHORTEST = 8


class Slips:
    """Known words by what is left of them when one letter is dropped: a slip and its word share a remainder."""

    def __init__(self, known: Mapping[str, int]) -> None:
        """``known`` says how many names hold each word."""
        self._known = known
        self._by_rest: dict[str, list[str]] = {}
        for word in known:
            if len(word) >= _SHORTEST - 1 and word.isalpha():
                for rest in _rests(word):
                    self._by_rest.setdefault(rest, []).append(word)

    def meant(self, word: str) -> str | None:
        """The known word that differs by one letter dropped, added, swapped or mistaken; ``None`` when there is none.

        The commonest is meant, unless another is as common. The first letter is taken to be right.

        >>> Slips({"ophthalmologist": 1}).meant("opthalmologist")
        'ophthalmologist'
        """
        if len(word) < _SHORTEST or not word.isalpha():
            return None
        found = sorted({(self._known[near], near) for near in self._near(word)})
        if not found or (len(found) > 1 and found[-1][0] == found[-2][0]):
            return None
        return found[-1][1]

    def _near(self, word: str) -> Iterator[str]:
        yield from self._by_rest.get(word, ())
        for rest in _rests(word):
            if rest in self._known and len(rest) >= _SHORTEST - 1:
                yield rest
            yield from (near for near in self._by_rest.get(rest, ()) if _is_slip(word, near))


def _rests(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(1, len(word))}


def _is_slip(word: str, near: str) -> bool:
    """Whether two words of one length differ in one letter, or in two neighbours that changed places."""
    if len(word) != len(near):
        return False
    apart = [at for at in range(len(word)) if word[at] != near[at]]
    if len(apart) == 1:
        return True
    first, last = apart[0], apart[-1]
    swapped = len(apart) == 2 and last == first + 1
    return swapped and word[first] == near[last] and word[last] == near[first]
