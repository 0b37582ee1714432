"""The reading of one answer with its reasons."""

from __future__ import annotations

from milium.api.reading import answer_reader
from milium.reading.explaining import explain as _explain
from milium.reading.explanation import Explanation


def explain(text: str) -> Explanation:
    """The reading of one answer with its reasons: sentences, clauses, mentions, cues, statements."""
    return _explain(answer_reader(), text)
