"""Predicted readings against a gold file: the figures the guidelines define, how sure they are, and the errors."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from milium.statements import Statement, StatementKind


# A concept's id for a name of a kind; ``None`` for a name the vocabulary does not know.
Resolve = Callable[[StatementKind, str], str | None]
_UNSTANCED = "outlook"
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldStatement:
    """What annotators wrote down; ``names``, ``stances`` and ``routes`` hold all that is accepted, the first preferred."""

    kind: StatementKind
    names: tuple[str, ...]
    stances: tuple[str | None, ...]
    routes: tuple[str, ...] = ()
    optional: bool = False
    quote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldAnswer:
    """One annotated answer."""

    id: str
    text: str
    statements: tuple[GoldStatement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Micro precision, recall and F1 from counts; ``low`` and ``high`` bound F1 at 95 % where it was resampled."""

    right: int
    extra: int
    missed: int
    low: float | None = None
    high: float | None = None

    @property
    def precision(self) -> float:
        """The share of what was read that is right."""
        return self.right / (self.right + self.extra) if self.right + self.extra else 0.0

    @property
    def recall(self) -> float:
        """The share of what is to be read that was read."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingError:
    """One disagreement: ``sort`` is ``missed``, ``extra`` or ``stance``."""

    answer: str
    sort: str
    kind: StatementKind
    concept: str
    expected: str | None
    read: str | None
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """Everything measured on one gold file. ``route`` is the share right of the matched that have one."""

    answers: int
    concept: Figure
    stance: Figure
    kinds: Mapping[StatementKind, Figure]
    route: float | None
    quotes: int
    bad_quotes: int
    errors: tuple[ReadingError, ...]


@dataclass(slots=True)
class _Tally:
    """The counts of one answer, so that answers can be drawn again."""

    concept: Counter[str]
    stance: Counter[str]
    kinds: Counter[tuple[StatementKind, str]]
    routes: Counter[bool]
    quotes: Counter[bool]
    errors: list[ReadingError]


def gold_answer(data: Mapping[str, Any]) -> GoldAnswer:
    """One line of a gold file, as the guidelines define it. Raises ``KeyError`` or ``TypeError`` on another shape."""
    return GoldAnswer(
        id=data["id"],
        text=data["text"],
        statements=tuple(_gold_statement(entry) for entry in data["statements"]),
    )


def _gold_statement(entry: Mapping[str, Any]) -> GoldStatement:
    route = entry.get("route")
    return GoldStatement(
        kind=entry["kind"],
        names=(entry["concept"], *entry.get("also", ())),
        stances=(entry.get("stance"), *entry.get("stance_also", ())),
        routes=(route, *entry.get("route_also", ())) if route else (),
        optional=bool(entry.get("optional")),
        quote=entry.get("quote", ""),
    )


def score_answers(
    gold: Sequence[GoldAnswer],
    predictions: Mapping[str, Sequence[Statement]],
    resolve: Resolve,
    *,
    draws: int = 1000,
    seed: int = 20260822,
) -> Evaluation:
    """Score ``predictions`` (by answer id). Intervals come from ``draws`` resamplings of whole answers, seeded."""
    tallies = [_score(answer, predictions.get(answer.id, ()), resolve) for answer in gold]
    kinds = summed(tally.kinds for tally in tallies)
    routes = summed(tally.routes for tally in tallies)
    quotes = summed(tally.quotes for tally in tallies)
    return Evaluation(
        answers=len(gold),
        concept=figure([tally.concept for tally in tallies], draws, seed),
        stance=figure([tally.stance for tally in tallies], draws, seed),
        kinds={
            kind: Figure(
                right=kinds[kind, "right"], extra=kinds[kind, "extra"], missed=kinds[kind, "missed"]
            )
            for kind in sorted({kind for kind, _ in kinds})
        },
        route=routes[True] / routes.total() if routes else None,
        quotes=quotes.total(),
        bad_quotes=quotes[False],
        errors=tuple(error for tally in tallies for error in tally.errors),
    )


def _score(answer: GoldAnswer, read: Sequence[Statement], resolve: Resolve) -> _Tally:
    tally = _Tally(Counter(), Counter(), Counter(), Counter(), Counter(), [])
    mine: dict[tuple[str, str], Statement] = {}
    for statement in read:
        quote = statement.quote
        tally.quotes[answer.text[quote.start : quote.end] == quote.text] += 1
        mine.setdefault((statement.kind, statement.concept.id), statement)
    used: set[tuple[str, str]] = set()
    for expected in answer.statements:
        keys = ((expected.kind, resolve(expected.kind, name)) for name in expected.names)
        key = next((k for k in keys if k in mine and k not in used), None)
        if key is None:
            _miss(tally, answer, expected)
        else:
            used.add((expected.kind, str(key[1])))
            _match(tally, answer, expected, mine[expected.kind, str(key[1])])
    for read_key, statement in mine.items():
        if read_key not in used:
            _extra(tally, answer, statement)
    return tally


def _miss(tally: _Tally, answer: GoldAnswer, expected: GoldStatement) -> None:
    if expected.optional:
        return
    tally.concept["missed"] += 1
    tally.stance["missed"] += 1
    tally.kinds[expected.kind, "missed"] += 1
    tally.errors.append(_error(answer, "missed", expected, None))


def _match(tally: _Tally, answer: GoldAnswer, expected: GoldStatement, read: Statement) -> None:
    tally.concept["right"] += 1
    tally.kinds[expected.kind, "right"] += 1
    if expected.kind == _UNSTANCED or read.stance in expected.stances:
        tally.stance["right"] += 1
    else:
        tally.stance["missed"] += 1
        tally.stance["extra"] += 1
        tally.errors.append(_error(answer, "stance", expected, read))
    if expected.routes:
        tally.routes[read.route in expected.routes] += 1


def _extra(tally: _Tally, answer: GoldAnswer, read: Statement) -> None:
    tally.concept["extra"] += 1
    tally.stance["extra"] += 1
    tally.kinds[read.kind, "extra"] += 1
    tally.errors.append(
        ReadingError(
            answer=answer.id,
            sort="extra",
            kind=read.kind,
            concept=read.concept.name,
            expected=None,
            read=read.stance,
            quote=read.quote.text,
        )
    )


def _error(
    answer: GoldAnswer, sort: str, expected: GoldStatement, read: Statement | None
) -> ReadingError:
    return ReadingError(
        answer=answer.id,
        sort=sort,
        kind=expected.kind,
        concept=expected.names[0],
        expected=expected.stances[0],
        read=read.stance if read else None,
        quote=read.quote.text if read else expected.quote,
    )


def summed(counters: Iterable[Counter[Key]]) -> Counter[Key]:
    """The counts of all, added up."""
    total: Counter[Key] = Counter()
    for counter in counters:
        total.update(counter)
    return total


def figure(counts: Sequence[Counter[str]], draws: int, seed: int) -> Figure:
    """The figure of the texts' counts (``right``, ``extra``, ``missed``), with its interval from ``draws`` resamplings."""
    drawing = random.Random(seed)  # noqa: S311 - resampling, not secrecy
    found = sorted(
        _counted(summed(drawing.choices(counts, k=len(counts)))).f1
        for _ in range(draws if counts else 0)
    )
    low, high = (found[int(draws * 0.025)], found[int(draws * 0.975)]) if found else (None, None)
    whole = _counted(summed(counts))
    return Figure(right=whole.right, extra=whole.extra, missed=whole.missed, low=low, high=high)


def _counted(counts: Counter[str]) -> Figure:
    return Figure(right=counts["right"], extra=counts["extra"], missed=counts["missed"])
