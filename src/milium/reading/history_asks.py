"""What the asker wants to know."""

from __future__ import annotations

from milium.reading.history_clauses import sentences
from milium.reading.history_lexicon import HistoryLexicon
from milium.reading.history_rules import ASKS
from milium.statements import Ask


def asks(text: str, lexicon: HistoryLexicon) -> tuple[Ask, ...]:
    """The kinds of question in ``text``, in the order of ``ASKS``."""
    tokens, finds = lexicon.asks.scan(text)
    asked: set[str] = set()
    for sentence in sentences(tokens, finds):
        prefixes = ("ask-", "query-") if sentence.mark == "?" else ("ask-",)
        for _, _, word in sentence.finds:
            asked.update(
                category.removeprefix(prefix)
                for category, _ in word.cues
                for prefix in prefixes
                if category.startswith(prefix)
            )
    return tuple(ask for ask in ASKS if ask in asked)
