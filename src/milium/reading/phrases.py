"""Phrases of the rule files: words with choices, spelled out into every wording they stand for.

``(a|one) (good)? (way to|)`` stands for each choice of each group; a question mark lets a group be left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from milium.errors import BadData
from milium.vocabulary import normal_name


_PART = re.compile(r"\(([^()]*)\)(\??)|([^()\s]+)")
_NUMBER = "#"


def wordings(phrase: str) -> Iterator[tuple[str, ...]]:
    """Each wording of ``phrase`` as normal words; ``#`` is any number.

    >>> sorted(wordings("keep (it)? (dry|clean)"))
    [('keep', 'clean'), ('keep', 'dry'), ('keep', 'it', 'clean'), ('keep', 'it', 'dry')]
    """
    if phrase.count("(") != phrase.count(")"):
        raise BadData("a bracket is left open", file="rules", entry=phrase)
    choices = [_choices(part) for part in _PART.finditer(phrase)]
    for chosen in product(*choices):
        words = tuple(word for words in chosen for word in words)
        if words:
            yield words


def _choices(part: re.Match[str]) -> list[tuple[str, ...]]:
    group, optional, word = part.groups()
    if word is not None:
        return [_words(word)]
    return [_words(choice) for choice in group.split("|")] + ([()] if optional else [])


def _words(text: str) -> tuple[str, ...]:
    return tuple(
        word
        for chunk in text.split()
        for word in ([_NUMBER] if chunk == _NUMBER else normal_name(chunk))
    )
