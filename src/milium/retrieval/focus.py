"""What a question is after: the cause, the treatment, the outlook ..."""

from __future__ import annotations

import csv
import re
from functools import lru_cache

from milium.retrieval.words import DATA, normal_words


_SENTENCE = re.compile(r"[^.?!;\n]+[.?!;\n]*")
_OPENER = re.compile(
    r"(?:wh(?:at|ich|o|om|ose|y|en|ere)|how|is|are|am|was|were|do|does|did|can|could|should|would|will|may|might|has|have)\b",
    re.IGNORECASE,
)
_REQUEST = re.compile(
    r"\?|\b(?:tell me|(?:like|want|need) to (?:know|learn)|please|wondering|looking for)\b",
    re.IGNORECASE,
)


def asking(message: str) -> str:
    """The sentences of a message that ask something; the whole of it when none does.

    >>> asking("I was prescribed a cream. It burns. Can it scar?")
    'Can it scar?'
    """
    sentences = (part.strip() for part in _SENTENCE.findall(message))
    asked = [part for part in sentences if _OPENER.match(part) or _REQUEST.search(part)]
    return " ".join(asked) or message


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
    """What normal words ask for, in the order of asking; the definition only when they ask for nothing else.

    >>> focuses(normal_words("Is it contagious, and what causes it?"))
    ('contagion', 'cause')
    >>> focuses(normal_words("What are the symptoms?"))
    ('symptom',)
    """
    cues = _cues()
    found: dict[str, None] = {}
    for at, word in enumerate(words):
        for rest, focus in cues.get(word, ()):
            if not rest or words[at + 1 : at + 1 + len(rest)] == rest:
                found[focus] = None
    if len(found) > 1:
        found.pop("definition", None)
    return tuple(found)
