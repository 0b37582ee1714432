"""Phrases of the rule files: words with choices, spelled out into every wording they stand for.

``(a|one) (good)? (way to|)`` stands for each choice of each group; a question mark lets a group be left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product

from milium.errors import BadData
from milium.vocabulary import NUMBER, normal_name


_PART = re.compile(r"\(([^()]*)\)(\??)|([^()\s]+)")
Wording = tuple[str, ...]


def choices(phrase: str) -> list[list[Wording]]:
    """The parts of ``phrase``, each with its choices as normal words; ``#`` is any number.

    >>> choices("keep (it)? (dry|nice and clean)")
    [[('keep',)], [('it',), ()], [('dry',), ('nice', 'and', 'clean')]]
    """
    if phrase.count("(") != phrase.count(")") or not phrase.strip():
        raise BadData("is empty or leaves a bracket open", file="rules", entry=phrase)
    return [_choices(part) for part in _PART.finditer(phrase)]


def wordings(phrase: str) -> Iterator[Wording]:
    """Each wording of ``phrase``: one choice of every part."""
    for chosen in product(*choices(phrase)):
        yield tuple(word for words in chosen for word in words)


def _choices(part: re.Match[str]) -> list[Wording]:
    group, optional, word = part.groups()
    if word is not None:
        return [_words(word)]
    return [_words(choice) for choice in group.split("|")] + ([()] if optional else [])


@lru_cache(maxsize=4096)
def _words(text: str) -> Wording:
    return tuple(
        word
        for chunk in text.split()
        for word in ((chunk,) if chunk.startswith(NUMBER) else normal_name(chunk))
    )
