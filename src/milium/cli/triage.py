"""``milium triage``: a text, and the warning signs in it."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Callable
from functools import partial

from milium import api
from milium.cli import words
from milium.cli.command import add_country, add_file, add_format
from milium.cli.sink import Account, json_line, json_text, write, write_data
from milium.cli.source import Line, identified_text, is_lines, json_lines, label, read_text
from milium.errors import UnusableInput


DESCRIPTION = """\
Each warning sign is a named rule with a version and a source; it says which of
the person's words it stands on and where to go now. No sign means that none was
found, not that nothing is wrong.

The input is one text, or JSON Lines (--format jsonl, or a file named .jsonl):
one object {"id", "text"} a line. One text with an emergency sign ends with exit
code 3; of JSON Lines, each line says its own urgency and the exit code is 0."""
EXAMPLES = """\
examples:
  milium triage question.txt
  echo "My lips are swelling and I can't breathe" | milium triage --country US"""
STOPPED = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    add_country(parser, "where the person lives, such as US: it decides the number to call")
    add_format(parser, "text", "json", "jsonl")
    add_file(parser, "the person's text; - or nothing means standard input")


def execute(args: argparse.Namespace) -> int:
    """Triage one text, or every line of a JSON Lines file."""
    if args.format == "jsonl" or (args.format is None and is_lines(args.file)):
        return _triage_lines(args)
    text = read_text(args.file)
    api.check_length(text, "the text", source=label(args.file))
    found = api.triage(text, country=args.country)
    if args.format == "json":
        write_data(json_text(api.to_dict(found)))
    else:
        write(_text(found))
    return STOPPED if found.urgency == "emergency" else 0


def _triage_lines(args: argparse.Namespace) -> int:
    source = label(args.file)
    account = Account(source)
    work: Callable[[Line], str | UnusableInput] = partial(
        _line, country=args.country, source=source
    )
    for line in json_lines(args.file):
        account.take(work(line))
    return account.close()


def _line(line: Line, *, country: str | None, source: str) -> str | UnusableInput:
    try:
        name, text = identified_text(line, source)
    except UnusableInput as error:
        return error
    return json_line({"id": name, **api.to_dict(api.triage(text, country=country))})


def _text(found: api.Triage) -> str:
    lines = [f"Urgency: {words.URGENCIES[found.urgency]}"]
    if not found.flags:
        lines.append("No warning sign was found. That is not to say that nothing is wrong.")
    for flag in found.flags:
        said = words.quoted(flag.quote.text) if flag.quote else "from the answers given"
        lines.append("")
        lines.append(
            f"{flag.rule}, version {flag.version} ({words.URGENCIES[flag.urgency]}): {said}"
        )
        lines.append(_filled(flag.advice))
        lines.append(_filled(f"Source: {flag.source.title}, {flag.source.url}"))
    return words.plain("\n".join(lines) + "\n")


def _filled(text: str) -> str:
    return textwrap.fill(
        words.shown(text),
        80,
        initial_indent="  ",
        subsequent_indent="  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
