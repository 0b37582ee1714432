"""What a question is after: the cause, the treatment, the outlook ..."""

from __future__ import annotations

import csv
from functools import lru_cache

from milium.retrieval.words import DATA, normal_words


_LONGEST_CUE = 4


@lru_cache(maxsize=1)
def _cues() -> dict[str, tuple[str, ...]]:
    """From a cue, as normal words, to what it asks for."""
    found: dict[str, tuple[str, ...]] = {}
    with (DATA / "focus.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            for cue in row["cues"].split("|"):
                key = " ".join(normal_words(cue))
                if row["focus"] not in found.get(key, ()):
                    found[key] = (*found.get(key, ()), row["focus"])
    return found


def focuses(words: list[str]) -> tuple[str, ...]:
    """What normal words ask for, in the order of asking.

    >>> focuses(normal_words("Is it contagious, and what causes it?"))
    ('contagion', 'cause')
    """
    cues = _cues()
    found: dict[str, None] = {}
    for start in range(len(words)):
        for size in range(1, _LONGEST_CUE + 1):
            found |= dict.fromkeys(cues.get(" ".join(words[start : start + size]), ()))
    return tuple(found)
