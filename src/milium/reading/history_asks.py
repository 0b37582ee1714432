"""What the asker wants to know."""

from __future__ import annotations

from collections.abc import Iterator

from milium.reading.history_clauses import Sentence, sentences
from milium.reading.history_lexicon import HistoryLexicon
from milium.reading.history_rules import ASKS
from milium.statements import Ask


# A question of so few words that asks nothing known names a disease: "Ringworm?", "psoriasis or eczema?"
_SHORT = 4


def asks(text: str, lexicon: HistoryLexicon) -> tuple[Ask, ...]:
    """The kinds of question in ``text``, in the order of ``ASKS``."""
    tokens, finds = lexicon.asks.scan(text)
    cut = sentences(tokens, finds)
    asked = {ask for sentence in cut for ask in _asked(sentence)}
    asked = asked or {ask for sentence in cut for ask in _of(sentence, "plea-")}
    asked = asked or {_unknown(sentence) for sentence in cut if _is_question(sentence)}
    return tuple(ask for ask in ASKS if ask in asked)


def _asked(sentence: Sentence) -> Iterator[str]:
    yield from _of(sentence, "ask-")
    if sentence.mark == "?":
        yield from _of(sentence, "query-")


def _of(sentence: Sentence, prefix: str) -> Iterator[str]:
    for _, _, word in sentence.finds:
        for category, _ in word.cues:
            if category.startswith(prefix):
                yield category.removeprefix(prefix)


def _is_question(sentence: Sentence) -> bool:
    return sentence.mark == "?" and sentence.past > sentence.first


def _unknown(sentence: Sentence) -> str:
    return "what_is_it" if sentence.past - sentence.first <= _SHORT else "other"
