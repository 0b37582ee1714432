"""A reading with its reasons, for the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from milium import api
from milium.cli import reading_text, words


def explanation(explained: api.Explanation) -> str:
    """Sentence by sentence what was seen and what was read, then the statements that remain."""
    lines = [line for sentence in explained.sentences for line in _sentence(sentence)]
    return words.plain("\n".join(lines) + "\n") + reading_text.statements(explained.statements)


def _sentence(seen: api.SentenceExplanation) -> Iterator[str]:
    yield from _wrapped(words.quoted(seen.quote.text), indent="")
    if len(seen.clauses) > 1:
        yield from _wrapped("clauses  " + " | ".join(words.shown(c.text) for c in seen.clauses))
    for mention in seen.mentions:
        yield from _wrapped(
            f"name     {words.quoted(mention.quote.text)} {', '.join(mention.concepts)}"
        )
    for cue in seen.cues:
        direction = f", looks {cue.direction}" if cue.direction else ""
        yield from _wrapped(
            f"cue      {words.quoted(cue.quote.text)} {cue.category}{direction} ({cue.rule})"
        )
    for read in seen.read:
        statement = read.statement
        stance = f": {words.STANCES[statement.stance]}" if statement.stance else ""
        why = f"by {read.rule}" if read.rule else "by its name alone"
        kept = "" if read.kept else "; another statement on it stands instead"
        yield from _wrapped(
            f"read     {statement.kind} {statement.concept.name}{stance}, {why}{kept}"
        )
    yield ""


def _wrapped(text: str, *, indent: str = "  ") -> list[str]:
    return textwrap.wrap(
        text, reading_text.WIDTH, initial_indent=indent, subsequent_indent=f"{indent}         "[:11]
    )
