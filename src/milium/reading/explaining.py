"""The same stages as reading, with every stage's result kept."""

from __future__ import annotations

from itertools import pairwise

from milium.reading.answers import AnswerReader, read_sentence, statement_of
from milium.reading.candidate import Candidate
from milium.reading.explanation import (
    Explanation,
    ReadStatement,
    SeenCue,
    SeenMention,
    SentenceExplanation,
)
from milium.reading.merging import merged
from milium.reading.sentences import Hit, Sentence, Token, sentences
from milium.statements import Quote


def explain(reader: AnswerReader, text: str) -> Explanation:
    """What ``reader`` sees in ``text`` and why it says what it says."""
    tokens, hits = reader.lexicon.tree.scan(text)
    parts = [part for part in sentences(tokens, hits) if part.past > part.first]
    read = [read_sentence(tokens, hits, part) if part.has_target else [] for part in parts]
    kept = merged(candidate for candidates in read for candidate in candidates)
    return Explanation(
        sentences=tuple(
            _sentence(text, tokens, hits, part, candidates, kept)
            for part, candidates in zip(parts, read, strict=True)
        ),
        statements=tuple(statement_of(candidate, tokens, text) for candidate in kept),
    )


def _sentence(
    text: str,
    tokens: list[Token],
    hits: list[Hit],
    part: Sentence,
    candidates: list[Candidate],
    kept: list[Candidate],
) -> SentenceExplanation:
    met = hits[part.first_hit : part.past_hit]
    return SentenceExplanation(
        quote=_quote(text, tokens, part.first, part.past),
        clauses=_clauses(text, tokens, met, part),
        mentions=tuple(_mention(text, tokens, hit) for hit in met if hit[2].targets),
        cues=tuple(cue for hit in met for cue in _cues(text, tokens, hit)),
        read=tuple(
            ReadStatement(
                statement=statement_of(candidate, tokens, text),
                rule=candidate.rule,
                kept=any(candidate is other for other in kept),
            )
            for candidate in candidates
        ),
    )


def _clauses(text: str, tokens: list[Token], met: list[Hit], part: Sentence) -> tuple[Quote, ...]:
    starts = [first for first, _, leaf in met if any(s.category == "contrast" for s in leaf.senses)]
    bounds = sorted({part.first, *starts, part.past})
    return tuple(_quote(text, tokens, first, past) for first, past in pairwise(bounds))


def _mention(text: str, tokens: list[Token], hit: Hit) -> SeenMention:
    first, past, leaf = hit
    return SeenMention(
        quote=_quote(text, tokens, first, past),
        concepts=tuple(target.ref.id for target in leaf.targets),
    )


def _cues(text: str, tokens: list[Token], hit: Hit) -> tuple[SeenCue, ...]:
    first, past, leaf = hit
    return tuple(
        SeenCue(
            quote=_quote(text, tokens, first, past),
            rule=sense.rule,
            category=sense.category,
            direction=sense.direction,
        )
        for sense in leaf.senses
        if sense.category != "mark"
    )


def _quote(text: str, tokens: list[Token], first: int, past: int) -> Quote:
    return Quote.of(text, tokens[first].start(), tokens[past - 1].end())
