"""The reader of askers' questions: text to history, in stages that can each be looked at."""

from __future__ import annotations

from milium.reading.history_asks import asks
from milium.reading.history_clauses import Find, Token, sentences
from milium.reading.history_duration import duration
from milium.reading.history_findings import Findings
from milium.reading.history_lexicon import HistoryLexicon, load_history_lexicon
from milium.reading.history_person import age, sex
from milium.reading.history_tried import Uses
from milium.statements import History
from milium.vocabulary import Vocabulary


class QuestionReader:
    """Reads questions against one vocabulary. Built once; safe to share, as reading changes nothing."""

    def __init__(self, vocabulary: Vocabulary, lexicon: HistoryLexicon | None = None) -> None:
        self._vocabulary = vocabulary
        self.lexicon = lexicon or load_history_lexicon(vocabulary)

    def read(self, text: str) -> History:
        """What ``text`` tells and asks; every quote is an exact span of it."""
        tokens, finds = self.lexicon.findings.scan(text)
        findings = Findings(text, tokens, self.lexicon)
        uses = Uses(text, tokens, self._vocabulary)
        for number, sentence in enumerate(sentences(tokens, finds)):
            findings.read(sentence)
            uses.read(number, sentence)
        treated = _treated(tokens, finds)
        return History(
            sites=findings.of("site"),
            symptoms=findings.of("symptom"),
            absent=findings.of("absent"),
            duration=duration(text, treated),
            age=age(text),
            sex=sex(text),
            tried=uses.tried(),
            asks=asks(text, self.lexicon, treated),
        )


def _treated(tokens: list[Token], finds: list[Find]) -> list[tuple[int, int]]:
    """Where in the text treatments are named."""
    return [
        (tokens[first].start(), tokens[past - 1].end())
        for first, past, word in finds
        if word.refs("treatment")
    ]
