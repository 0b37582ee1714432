"""``milium lookup``: a name, and the concept it stands for."""

from __future__ import annotations

import argparse
from typing import Any

from milium import api
from milium.cli.command import add_format
from milium.cli.sink import Account, json_line, json_text, write, write_data
from milium.cli.source import Line, decoded, is_lines, json_lines, label, opened
from milium.errors import UnusableInput


DESCRIPTION = """\
Any name will do: everyday or clinical, a brand, British or American spelling,
singular or plural. A name that is not known comes back with the id null.

With --format jsonl, standard input holds one object {"name", "kind"?} a line."""
EXAMPLES = """\
examples:
  milium lookup "CO2 laser" "skin doctor" Accutane
  echo '{"name": "hives", "kind": "diagnosis"}' | milium lookup --format jsonl"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    add_format(parser, "text", "json", "jsonl")
    parser.add_argument(
        "--kind", choices=sorted(api.LOOKUP_KINDS), metavar="KIND", help="only names of this kind"
    )
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help="the names to look up; - or nothing reads them from standard input, one a line",
    )


def execute(args: argparse.Namespace) -> int:
    """Look up the names given, or those that stand on standard input."""
    named = [name for name in args.names if name != "-"]
    if named and "-" not in args.names and not _is_file(args):
        return _show([_found(name, args.kind) for name in named], args.format)
    source = named[0] if named else "-"
    if args.format == "jsonl" or is_lines(source):
        return _look_up_lines(source)
    with opened(source) as file:
        text = decoded(file.read(), source=label(source))
    names = [line.strip() for line in text.splitlines() if line.strip()]
    if not names:
        raise UnusableInput("holds no name to look up", source=label(source))
    return _show([_found(name, args.kind) for name in names], args.format)


def _is_file(args: argparse.Namespace) -> bool:
    return len(args.names) == 1 and is_lines(args.names[0])


def _found(name: str, kind: str | None) -> dict[str, Any]:
    concept = api.lookup(name, kind)
    return {
        "name": name,
        "kind": kind or (concept.kind if concept else None),
        "id": concept.id if concept else None,
        "preferred": concept.name if concept else None,
    }


def _show(found: list[dict[str, Any]], form: str | None) -> int:
    if form == "jsonl":
        write_data("".join(json_line(item) for item in found))
    elif form == "json":
        write_data(json_text(found))
    else:
        write("".join(_text(item) for item in found))
    return 0


def _text(item: dict[str, Any]) -> str:
    if item["id"] is None:
        return f"{item['name']}: not known\n"
    return f"{item['name']}: {item['preferred']} ({item['kind']}, {item['id']})\n"


def _look_up_lines(source: str) -> int:
    account = Account(label(source))
    for line in json_lines(source):
        account.take(_line(line, label(source)))
    return account.close()


def _line(line: Line, source: str) -> str | UnusableInput:
    if line.error:
        return line.error
    value = line.value
    if not isinstance(value, dict) or not isinstance(value.get("name"), str):
        reason = 'a line must be an object {"name": "..."}, with "kind" where it is known'
        return UnusableInput(reason, source=source, line=line.number)
    kind = value.get("kind")
    if kind is not None and kind not in api.LOOKUP_KINDS:
        reason = f"there is no kind {kind!r}; it is one of {', '.join(sorted(api.LOOKUP_KINDS))}"
        return UnusableInput(reason, source=source, line=line.number)
    return json_line(_found(value["name"], kind))
