"""The sentence of counts above a comparison: it counts, and judges nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from milium.comparison.differences import holders
from milium.comparison.questions import joined
from milium.statements import Comparison, Row


_NUMBERS = ("None", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
# So that the sentence stays one: the grid below shows the rest.
_MOST = 3


def count_sentences(comparison: Comparison) -> tuple[str, ...]:
    """How many answered, what all of them name, and every test and urgent step that any of them asks for first."""
    total = len(comparison.opinions)
    sentences = [f"{total} {_plural(total)} answered."]
    for row in comparison.diagnoses[:1]:
        likely = sum(position.stance == "likely" for position in row.positions)
        if likely and total > 1:
            sentences.append(
                f"{_count(likely, total)} {_verb(likely, 'hold')} {row.concept.name} likely."
            )
    if shared := _shared(comparison.options, total):
        sentences.append(f"{_count(total, total)} {_verb(total, 'name')} {joined(shared)}.")
    sentences += _tests(comparison.do_first, total)
    return tuple(sentences)


def _tests(rows: Sequence[Row], total: int) -> Iterator[str]:
    """Every test, however few name it, by how many do."""
    tests: dict[int, list[str]] = {}
    for row in rows:
        if row.kind == "test":
            tests.setdefault(len(holders(row, against=False)), []).append(row.concept.name)
    for naming, names in tests.items():
        what = "a test" if len(names) == 1 else "tests"
        yield f"{_count(naming, total)} {_verb(naming, 'name')} {what} to do first: {joined(names)}."


def _shared(options: Sequence[Row], total: int) -> list[str]:
    named = [row.concept.name for row in options if len(holders(row, against=False)) == total]
    return named[:_MOST] if total > 1 else []


def _count(number: int, total: int) -> str:
    if number == total > 1:
        return "Both" if total == 2 else f"All {total}"
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def _plural(number: int) -> str:
    return "specialist" if number == 1 else "specialists"


def _verb(number: int, stem: str) -> str:
    return f"{stem}s" if number == 1 else stem
