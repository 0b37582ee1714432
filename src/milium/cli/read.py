"""``milium read``: a text, and what it says."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial
from typing import Any

from milium import api
from milium.cli import explanation_text, reading_text
from milium.cli.chat import chat_reader
from milium.cli.command import add_file, add_format
from milium.cli.many import each
from milium.cli.sink import Account, json_line, json_text, write, write_data
from milium.cli.source import Line, identified_text, is_lines, json_lines, label, read_text
from milium.errors import UnusableInput


DESCRIPTION = """\
An answer becomes a list of statements: each diagnosis, treatment, test,
referral and outlook, what the specialist holds of it, and the exact words that
say so. With --question a person's own text becomes a history: where it is, what
it feels like, since when, what was tried and what is asked.

The input is one text, or JSON Lines (--format jsonl, or a file named .jsonl):
one object {"id", "text"} a line, answered by one line each as it is read."""
EXAMPLES = """\
examples:
  milium read answer.txt
  echo "Use a topical retinoid at night." | milium read
  milium read answer.txt --explain
  milium read --question question.txt --format json
  milium read answers.jsonl --jobs 2 > readings.jsonl"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--question", action="store_true", help="the text is a person's question, not an answer"
    )
    parser.add_argument(
        "--explain",
        action="store_true",
        help="also say which rule read what (one answer, as text or json)",
    )
    parser.add_argument(
        "--reader",
        choices=("built-in", "chat"),
        default="built-in",
        metavar="READER",
        help="built-in, or chat: the endpoint that MILIUM_CHAT_URL names (unset: built-in)",
    )
    parser.add_argument(
        "--jobs",
        type=_count,
        default=1,
        metavar="N",
        help="read JSON Lines with N processes; the order stays (unset: 1)",
    )
    add_format(parser, "text", "json", "jsonl")
    add_file(parser, "the text to read; - or nothing means standard input")


def execute(args: argparse.Namespace) -> int:
    """Read one text, or every line of a JSON Lines file."""
    if args.reader == "built-in":
        return _read(args, None)
    if args.question or args.explain or args.jobs > 1:
        raise UnusableInput("--reader chat goes without --question, --explain and --jobs")
    with chat_reader() as reader:
        return _read(args, reader)


def _read(args: argparse.Namespace, reader: api.Reader | None) -> int:
    lines = args.format == "jsonl" or (args.format is None and is_lines(args.file))
    if args.explain and (lines or args.question):
        raise UnusableInput("--explain is for one answer: no --question, no JSON Lines")
    if lines:
        return _read_lines(args, reader)
    text = read_text(args.file)
    api.check_length(text, "the text", source=label(args.file))
    if args.explain:
        _explain(text, args.format)
    elif args.format == "json":
        write_data(json_text(_result(text, question=args.question, reader=reader)))
    elif args.question:
        write(reading_text.history(api.read_question(text)))
    else:
        read = reader or api.built_in_reader()
        write(reading_text.statements(read.read(text).statements))
    return 0


def _explain(text: str, form: str | None) -> None:
    explanation = api.explain(text)
    if form == "json":
        write_data(json_text(api.to_dict(explanation)))
    else:
        write(explanation_text.explanation(explanation))


def _count(value: str) -> int:
    number = int(value)
    if not 1 <= number <= 64:
        raise argparse.ArgumentTypeError("must be from 1 to 64")
    return number


def _result(text: str, *, question: bool, reader: api.Reader | None) -> dict[str, Any]:
    if question:
        return {"history": api.to_dict(api.read_question(text))}
    if reader:
        return _second(reader.read(text))
    return {"statements": api.to_dict(api.read_answer(text))}


def _second(reading: api.Reading) -> dict[str, Any]:
    """The reading with an account of itself: who read, what was dropped, why another reader stood in."""
    return {
        "statements": api.to_dict(reading.statements),
        "reader": {
            "name": reading.reader,
            "version": reading.version,
            "dropped": dict(reading.dropped),
            "fallback": reading.fallback,
        },
    }


def _read_lines(args: argparse.Namespace, reader: api.Reader | None) -> int:
    account = Account(label(args.file))
    work: Callable[[Line], str | UnusableInput] = partial(
        _line, question=args.question, source=label(args.file), reader=reader
    )
    for result in each(work, json_lines(args.file), jobs=args.jobs):
        account.take(result)
    return account.close()


def _line(
    line: Line, *, question: bool, source: str, reader: api.Reader | None
) -> str | UnusableInput:
    try:
        name, text = identified_text(line, source)
    except UnusableInput as error:
        return error
    return json_line({"id": name, **_result(text, question=question, reader=reader)})
