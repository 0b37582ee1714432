"""The reader of specialists' answers: text to statements, in stages that can each be looked at."""

from __future__ import annotations

from milium.reading.candidate import Candidate
from milium.reading.lexicon import Lexicon, load_lexicon
from milium.reading.merging import merged
from milium.reading.scopes import Scope
from milium.reading.sentences import Hit, Sentence, Token, sentences
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
                candidates += read_sentence(tokens, hits, sentence)
        return tuple(statement_of(candidate, tokens, text) for candidate in merged(candidates))


def read_sentence(tokens: list[Token], hits: list[Hit], sentence: Sentence) -> list[Candidate]:
    """What one sentence says, before it is set against the others."""
    scope = Scope(tokens, hits, sentence)
    scope.run(sentence)
    return settle(scope, sentence.mark)


def statement_of(candidate: Candidate, tokens: list[Token], text: str) -> Statement:
    """The candidate as a value, its quote the shortest run of words with concept and cue."""
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
