"""``milium search``: a question in anybody's words, and the answered cases like it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from milium import api
from milium.cli.command import add_format
from milium.cli.model import add_model, model_folder
from milium.cli.sink import Account, json_line, json_text, write, write_data
from milium.cli.source import Line, json_lines
from milium.cli.words import plain
from milium.errors import UnusableInput


DESCRIPTION = """\
The query may be a few words or a whole message; everyday names, clinical names,
misspellings and both spellings of English find the same cases. Without a query,
standard input holds one object {"id", "query"} a line, and each is answered by
one line {"id", "hits": [{"id", "score", "title"}]}."""
EXAMPLES = """\
examples:
  milium search --index archive "itchy white bumps behind ears"
  milium search --index archive --filter site=scalp --filter age=30-39 baldness
  milium search --index archive --format jsonl < queries.jsonl"""
_KINDS = {"condition": "condition", "site": "site", "treatment": "treatment", "tried": "treatment"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--index", required=True, metavar="DIR", help="the folder of the index")
    parser.add_argument(
        "--limit", type=int, default=10, metavar="N", help="at most N hits for a query (unset: 10)"
    )
    parser.add_argument(
        "--filter",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help=f"only cases with this value; may be given again; NAME is one of {', '.join(api.FACETS)}",
    )
    add_model(parser)
    add_format(parser, "text", "json", "jsonl")
    parser.add_argument("query", nargs="*", metavar="QUERY", help="what to look for")


def execute(args: argparse.Namespace) -> int:
    """Answer one query, or every line of standard input."""
    filters = [_filter(text) for text in args.filter]
    archive = api.open_archive(Path(args.index), model=model_folder(args))
    query = " ".join(args.query)
    if not args.query or args.query == ["-"]:
        if args.format != "jsonl" and not filters:
            raise UnusableInput(
                "no query was given; for queries on standard input add --format jsonl"
            )
        if args.format == "jsonl":
            return _answer_lines(archive, args.limit, filters)
        query = ""
    found = archive.search(query, limit=args.limit, filters=filters)
    if args.format == "jsonl":
        write_data(json_line({"id": None, "hits": [_hit(hit) for hit in found.hits]}))
    elif args.format == "json":
        write_data(json_text(_result(query, found)))
    else:
        write(plain(_text(query, found)))
    return 0


def _filter(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not value.strip():
        raise UnusableInput(f"a filter is NAME=VALUE, not {text!r}")
    if name in _KINDS and ":" not in value:
        concept = api.lookup(value, _KINDS[name])
        if concept is None:
            raise UnusableInput(f"there is no {_KINDS[name]} named {value!r}")
        value = concept.id
    return name, value


def _result(query: str, found: api.Found) -> dict[str, Any]:
    hits = [{**_hit(hit), "snippet": hit.snippet().marked("**", "**")} for hit in found.hits]
    return {"query": query, "mended": dict(found.mended), "hits": hits}


def _hit(hit: api.Hit) -> dict[str, Any]:
    return {"id": hit.id, "score": round(hit.score, 4), "title": hit.title}


def _text(query: str, found: api.Found) -> str:
    if not found.hits:
        return f"{_why_nothing(query, found)}\n"
    before, after = ("\033[1m", "\033[0m") if sys.stdout.isatty() else ("*", "*")
    blocks = []
    for number, hit in enumerate(found.hits, start=1):
        title = _printable(" ".join(hit.title.split())) or "(no title)"
        blocks.append(
            f"{number}. {title}  [{_printable(hit.id)}]\n   {hit.snippet().marked(before, after)}\n"
        )
    return "\n".join(blocks)


def _why_nothing(query: str, found: api.Found) -> str:
    shown = _printable(" ".join(query.split())[:80])
    if not found.understood:
        return f"No word of “{shown}” says what to look for; name the problem, the place or the treatment."
    return f"Nothing was found for “{shown}”."


def _printable(text: str) -> str:
    """Without the control characters that could play tricks on a terminal."""
    return "".join(c for c in text if c.isprintable())


def _answer_lines(archive: api.Archive, limit: int, filters: list[tuple[str, str]]) -> int:
    account = Account("standard input")
    for line in json_lines("-"):
        account.take(_line(line, archive, limit, filters))
    return account.close()


def _line(
    line: Line, archive: api.Archive, limit: int, filters: list[tuple[str, str]]
) -> str | UnusableInput:
    if line.error:
        return line.error
    value = line.value if isinstance(line.value, dict) else {}
    query = value.get("query")
    if not isinstance(query, str):
        reason = 'a line must be an object {"id": ..., "query": "..."}'
        return UnusableInput(reason, source="standard input", line=line.number)
    found = archive.search(query, limit=limit, filters=filters)
    return json_line({"id": value.get("id"), "hits": [_hit(hit) for hit in found.hits]})
