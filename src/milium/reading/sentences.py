"""Where sentences end, seen on the hits of the one walk over the text."""

from __future__ import annotations

import re
from typing import NamedTuple

from milium.reading.lexicon import Leaf


Token = re.Match[str]
Hit = tuple[int, int, Leaf]

_ENDS = frozenset(".!?;\n")
# No real sentence holds as many names and cues; a text without an end is cut there, so that what a sentence
# costs by its length squared stays linear in the text.
_MOST_HITS = 250
# A full stop after these is no sentence's end.
_ABBREVIATED = frozenset("e g i dr vs viz approx no fig mr mrs ms st cf resp ca".split())


class Sentence(NamedTuple):
    """``hits[first_hit:past_hit]`` over ``tokens[first:past]``; ``mark`` ended it (``""`` at the text's end)."""

    first_hit: int
    past_hit: int
    first: int
    past: int
    mark: str
    has_target: bool


def sentences(tokens: list[Token], hits: list[Hit]) -> list[Sentence]:
    """The sentences that hold at least one hit, in order."""
    found: list[Sentence] = []
    first_hit, first, has_target = 0, 0, False
    for number, (at, past, leaf) in enumerate(hits):
        if number - first_hit >= _MOST_HITS:
            found.append(Sentence(first_hit, number, first, at, "", has_target))
            first_hit, first, has_target = number, at, False
        if leaf.targets:
            has_target = True
        if past == at + 1 and leaf.senses and leaf.senses[0].category == "mark":
            mark = leaf.senses[0].rule
            if mark in _ENDS and _is_end(tokens, at, mark):
                found.append(Sentence(first_hit, number, first, at, mark, has_target))
                first_hit, first, has_target = number + 1, past, False
    found.append(Sentence(first_hit, len(hits), first, len(tokens), "", has_target))
    return found


def _is_end(tokens: list[Token], at: int, mark: str) -> bool:
    if mark == "?":
        return not _asks_of_next(tokens, at)
    if mark != "." or at == 0 or at + 1 == len(tokens):
        return True
    before, here, after = tokens[at - 1], tokens[at], tokens[at + 1]
    if after.start() == here.end() and (after[0][0].isdigit() or before[0].lower() in _ABBREVIATED):
        return False
    if before[0].lower() == "etc":
        return after[0][0].isupper()
    return before[0].lower() not in _ABBREVIATED


def _asks_of_next(tokens: list[Token], at: int) -> bool:
    """A question mark set before a word marks it as unsure and ends nothing."""
    here = tokens[at]
    before = tokens[at - 1].end() if at else -1
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    return (
        after is not None
        and before < here.start()
        and after.start() == here.end()
        and after[0][0].isalpha()
    )
