"""The reader of specialists' answers: text to statements, in stages that can each be looked at."""

from __future__ import annotations

from milium.reading.candidate import Candidate
from milium.reading.lexicon import Lexicon, load_lexicon
from milium.reading.merging import merged
from milium.reading.scopes import Scope
from milium.reading.sentences import Token, sentences
from milium.reading.settling import settle
from milium.statements import Quote, Statement
from milium.vocabulary import Vocabulary


class AnswerReader:
    """Reads answers against one vocabulary. Built once; safe to share, as reading changes nothing."""

    def __init__(self, vocabulary: Vocabulary, lexicon: Lexicon | None = None) -> None:
        self.lexicon = lexicon or load_lexicon(vocabulary)

    def read(self, text: str) -> tuple[Statement, ...]:
        """What ``text`` says of its case, in order of first mention; every quote is an exact span."""
        tokens, hits = self.lexicon.tree.scan(text)
        candidates: list[Candidate] = []
        for sentence in sentences(tokens, hits):
            if sentence.has_target:
                scope = Scope(tokens, hits, sentence)
                scope.run(sentence)
                candidates += settle(scope, sentence.mark)
        return tuple(_statement(candidate, tokens, text) for candidate in merged(candidates))


def _statement(candidate: Candidate, tokens: list[Token], text: str) -> Statement:
    span, condition = candidate.span, candidate.condition
    words = None
    if condition is not None and condition.past > condition.first:
        words = text[tokens[condition.first].start() : tokens[condition.past - 1].end()]
    return Statement(
        kind=candidate.target.kind,
        concept=candidate.target.ref,
        stance=candidate.stance,
        route=candidate.route if candidate.target.kind == "treatment" else None,
        condition=words,
        quote=Quote.of(text, tokens[span.first].start(), tokens[span.past - 1].end()),
    )
