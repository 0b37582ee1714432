"""What a question is after: the cause, the treatment, the outlook ..."""

from __future__ import annotations

import csv
from functools import lru_cache

from milium.retrieval.words import DATA, normal_words


@lru_cache(maxsize=1)
def _cues() -> dict[str, list[tuple[list[str], str]]]:
    """By the first word of a cue: its other words, and what it asks for."""
    found: dict[str, list[tuple[list[str], str]]] = {}
    with (DATA / "focus.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            for cue in row["cues"].split("|"):
                first, *rest = normal_words(cue)
                found.setdefault(first, []).append((rest, row["focus"]))
    return found


def focuses(words: list[str]) -> tuple[str, ...]:
    """What normal words ask for, in the order of asking.

    >>> focuses(normal_words("Is it contagious, and what causes it?"))
    ('contagion', 'cause')
    """
    cues = _cues()
    found: dict[str, None] = {}
    for at, word in enumerate(words):
        for rest, focus in cues.get(word, ()):
            if not rest or words[at + 1 : at + 1 + len(rest)] == rest:
                found[focus] = None
    return tuple(found)
