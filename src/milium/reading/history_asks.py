"""What the asker wants to know."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from milium.reading.history_clauses import Find, Sentence, Token, sentences
from milium.reading.history_lexicon import HistoryLexicon
from milium.reading.history_rules import ASKS
from milium.statements import Ask


# A question of so few words that asks nothing known names a disease: "Ringworm?", "psoriasis or eczema?"
_SHORT = 4


def asks(
    text: str, lexicon: HistoryLexicon, treated: Sequence[tuple[int, int]] = ()
) -> tuple[Ask, ...]:
    """The kinds of question in ``text``, in the order of ``ASKS``; ``treated`` are the places of treatments' names."""
    tokens, finds = lexicon.asks.scan(text)
    cut = sentences(tokens, finds)
    asked = {ask for sentence in cut for ask in _asked(sentence)}
    asked |= set(_asked_of_treatments(cut, tokens, treated))
    asked = asked or {ask for sentence in cut for ask in _pleas(sentence, tokens)}
    asked = asked or {_unknown(sentence) for sentence in cut if _is_question(sentence)}
    return tuple(ask for ask in ASKS if ask in asked)


def _asked(sentence: Sentence) -> Iterator[str]:
    for find in sentence.finds:
        yield from _of(find, "ask-")
        if sentence.mark == "?":
            yield from _of(find, "query-")


def _asked_of_treatments(
    cut: list[Sentence], tokens: list[Token], treated: Sequence[tuple[int, int]]
) -> Iterator[str]:
    """A short question that only names a treatment asks whether that is right: "Botox?" """
    starts = [start for start, _ in treated]
    for sentence in cut:
        if _is_question(sentence) and sentence.past - sentence.first <= _SHORT:
            first, last = tokens[sentence.first].start(), tokens[sentence.past - 1].end()
            is_named = bisect_left(starts, first) < bisect_left(starts, last)
            if is_named and not any(_asked(sentence)):
                yield "is_this_treatment_right"


def _pleas(sentence: Sentence, tokens: list[Token]) -> Iterator[str]:
    """What a cry for help asks; the verb alone ("nothing helps") is none unless it begins its sentence."""
    for find in sentence.finds:
        alone = find[1] - find[0] == 1
        if not alone or (find[0] == sentence.first and tokens[find[0]][0].lower() != "helps"):
            yield from _of(find, "plea-")


def _of(find: Find, prefix: str) -> Iterator[str]:
    for category, _ in find[2].cues:
        if category.startswith(prefix):
            yield category.removeprefix(prefix)


def _is_question(sentence: Sentence) -> bool:
    return sentence.mark == "?" and sentence.past > sentence.first


def _unknown(sentence: Sentence) -> str:
    return "what_is_it" if sentence.past - sentence.first <= _SHORT else "other"
