"""A question cut into sentences and clauses, over the finds of one walk."""

from __future__ import annotations

import re
from dataclasses import dataclass

from milium.reading.history_lexicon import Word


Token = re.Match[str]
Find = tuple[int, int, Word]

_ENDS = frozenset(".!?;\n")
_PARTS = frozenset(":()[]–—")
# No real sentence holds as many finds; a text without an end is cut there, so that what a sentence costs by
# its length squared stays linear in the text.
_MOST_FINDS = 80
# A full stop after these ends no sentence.
_ABBREVIATED = frozenset("e g i dr vs approx no mr mrs ms st cf".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """``finds`` between the tokens ``first`` and ``past``; ``mark`` ended it (``""`` at the text's end)."""

    finds: tuple[Find, ...]
    first: int
    past: int
    mark: str


def sentences(tokens: list[Token], finds: list[Find]) -> list[Sentence]:
    """Every sentence of the text, in order, those without a find included."""
    cut: list[Sentence] = []
    held: list[Find] = []
    first = 0
    for find in finds:
        if len(held) == _MOST_FINDS:
            cut.append(Sentence(finds=tuple(held), first=first, past=find[0], mark=""))
            held, first = [], find[0]
        mark = mark_of(find)
        if mark in _ENDS and _ends(tokens, find[0], mark):
            cut.append(Sentence(finds=tuple(held), first=first, past=find[0], mark=mark))
            held, first = [], find[1]
        else:
            held.append(find)
    cut.append(Sentence(finds=tuple(held), first=first, past=len(tokens), mark=""))
    return cut


def mark_of(find: Find) -> str:
    """The mark that the find is, or an empty string."""
    return next((rule for category, rule in find[2].cues if category == "mark"), "")


def parts_clauses(find: Find) -> bool:
    """Whether a clause ends here for certain: a colon, a bracket, a contrast."""
    return mark_of(find) in _PARTS or find[2].is_cue("break")


def _ends(tokens: list[Token], at: int, mark: str) -> bool:
    if mark != "." or at == 0 or at + 1 == len(tokens):
        return True
    before, here, after = tokens[at - 1], tokens[at], tokens[at + 1]
    if after.start() == here.end() and after[0][0].isalnum() and before[0][-1].isdigit():
        return False
    return before[0].lower() not in _ABBREVIATED
