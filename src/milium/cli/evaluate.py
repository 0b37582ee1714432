"""``milium evaluate``: the reader against texts that people have read."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from typing import Any, TypeVar, cast

from milium import api
from milium.cli import words
from milium.cli.command import add_file, add_format
from milium.cli.sink import json_text, write, write_data
from milium.cli.source import json_lines, label
from milium.errors import UnusableInput


DESCRIPTION = """\
GOLD.jsonl holds one text a line with what people read in it: {"id", "text",
"statements"} for answers, {"id", "text", "sites", "symptoms", "absent",
"duration", "age", "sex", "tried", "asks"} for questions. Names are compared
after the vocabulary has resolved them, so that synonyms cost nothing.

F1 comes with its 95 % interval, from drawing the texts again and again.
Every disagreement is listed: what was missed, what was read and is not there,
and where the stance differs."""
EXAMPLES = """\
examples:
  milium evaluate answers.jsonl
  milium evaluate questions.jsonl --questions --errors 0
  milium evaluate answers.jsonl --format json > figures.json"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--questions", action="store_true", help="the texts are questions")
    parser.add_argument(
        "--errors",
        type=int,
        metavar="N",
        help="list at most N disagreements of each sort (unset: all)",
    )
    add_format(parser, "text", "json")
    add_file(parser, "the gold file; - or nothing means standard input")


def execute(args: argparse.Namespace) -> int:
    """Read every text of the gold file, and score what was read."""
    show = _questions if args.questions else _answers
    data, lines = show(args.file, args.errors)
    if args.format == "json":
        write_data(json_text(data))
    else:
        write(words.plain("\n".join(lines) + "\n"))
    return 0


Shown = tuple[dict[str, Any], Iterator[str]]


def _answers(name: str, most: int | None) -> Shown:
    gold = list(_gold(name, api.gold_answer))
    found = api.score_answers(gold, {answer.id: api.read_answer(answer.text) for answer in gold})
    figures = {"concept": found.concept, "concept and stance": found.stance}
    shares = {
        "route": found.route,
        "exact quotes": _share(found.quotes - found.bad_quotes, found.quotes),
    }
    errors = [(error.sort, _answer_error(error)) for error in found.errors]
    data = {
        "answers": found.answers,
        "figures": {name: _figure(figure) for name, figure in figures.items()},
        "kinds": {kind: _figure(figure) for kind, figure in found.kinds.items()},
        "shares": shares,
        "errors": [asdict(error) for error in found.errors],
    }
    figures |= {f"  {kind}": figure for kind, figure in found.kinds.items()}
    return data, _text(
        words.counted(found.answers, "answer"), figures, shares, _first(errors, most)
    )


def _questions(name: str, most: int | None) -> Shown:
    gold = list(_gold(name, api.gold_question))
    read = {question.id: api.read_question(question.text) for question in gold}
    found = api.score_questions(gold, read)
    shares = {"response": found.response, **found.shares}
    errors = [(error.sort, _question_error(error)) for error in found.errors]
    data = {
        "questions": found.questions,
        "figures": {name: _figure(figure) for name, figure in found.fields.items()},
        "shares": shares,
        "errors": [asdict(error) for error in found.errors],
    }
    return data, _text(
        words.counted(found.questions, "question"), found.fields, shares, _first(errors, most)
    )


Gold = TypeVar("Gold")


def _gold(name: str, make: Callable[[Mapping[str, Any]], Gold]) -> Iterator[Gold]:
    """Every line of the gold file; a figure over part of a file would not be its figure, so that one bad line ends it."""
    for line in json_lines(name):
        if line.error:
            raise line.error
        try:
            yield make(cast("Mapping[str, Any]", line.value))
        except (KeyError, TypeError, AttributeError) as error:
            reason = f"is not a line of a gold file: {type(error).__name__} {error}"
            raise UnusableInput(reason, source=label(name), line=line.number) from None


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _figure(figure: api.Figure) -> dict[str, Any]:
    return {
        "precision": round(figure.precision, 4),
        "recall": round(figure.recall, 4),
        "f1": round(figure.f1, 4),
        "low": figure.low,
        "high": figure.high,
        "right": figure.right,
        "extra": figure.extra,
        "missed": figure.missed,
    }


def _text(
    title: str,
    figures: Mapping[str, api.Figure],
    shares: Mapping[str, float | None],
    errors: Mapping[str, list[str]],
) -> Iterator[str]:
    yield title
    yield f"{'':20} {'precision':>9} {'recall':>7} {'F1':>6}   95 % interval"
    for name, figure in figures.items():
        interval = f"   {figure.low:.3f} to {figure.high:.3f}" if figure.low and figure.high else ""
        yield f"{name:20} {figure.precision:9.3f} {figure.recall:7.3f} {figure.f1:6.3f}{interval}"
    for name, share in shares.items():
        if share is not None:
            yield f"{name:20} {share:9.3f}"
    for sort, lines in errors.items():
        yield f"\n{sort.upper()} ({len(lines)} shown)"
        yield from (f"  {line}" for line in lines)


def _first(errors: list[tuple[str, str]], most: int | None) -> dict[str, list[str]]:
    sorts: dict[str, list[str]] = {}
    for sort, line in errors:
        sorts.setdefault(sort, []).append(line)
    return {sort: lines[:most] for sort, lines in sorts.items() if lines[:most]}


def _answer_error(error: api.ReadingError) -> str:
    stance = error.read if error.sort == "extra" else error.expected
    if error.sort == "stance":
        stance = f"{error.expected}, read as {error.read}"
    said = f"{error.kind} {error.concept}" + (f" ({stance})" if stance else "")
    return f"{error.answer}: {said} {words.quoted(error.quote)}"


def _question_error(error: api.HistoryError) -> str:
    if error.sort == "differs":
        return f"{error.question}: {error.field} {error.expected}, read as {error.read}"
    return f"{error.question}: {error.field} {error.expected or error.read}"
