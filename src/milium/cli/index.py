"""``milium index``: answered cases, and the index that finds them."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path

from milium import api
from milium.cli.many import each
from milium.cli.model import add_model, model_folder
from milium.cli.sink import Account, write
from milium.cli.source import Line, json_lines, label
from milium.errors import UnusableInput


DESCRIPTION = """\
Each line is one object {"id", "title", "synonyms"?, "question", "opinions"}; an
opinion is an object {"text"} or a text. Cases as milium compare takes them will
do, and so will a file packed with gzip. A line that cannot be used is reported
and left out; of two lines with one id the later holds.

The index is built beside the old one and takes its place when it is complete;
whoever searches meanwhile finds what was there before. With --update the lines
are added to the index, in place of those with their ids."""
EXAMPLES = """\
examples:
  milium index --index archive cases.jsonl
  milium index --index archive --update new.jsonl
  milium search --index archive "itchy white bumps behind ears\""""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--index", required=True, metavar="DIR", help="the folder of the index")
    parser.add_argument(
        "--update",
        action="store_true",
        help="add to the index, in place of the entries with their ids",
    )
    parser.add_argument(
        "--jobs",
        type=int,
        choices=range(1, 65),
        default=os.cpu_count() or 1,
        metavar="N",
        help="read with N processes (unset: one for each processor)",
    )
    add_model(parser)
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="JSON Lines, packed with gzip or not; - means standard input",
    )


def execute(args: argparse.Namespace) -> int:
    """Build or update the index; exit code 2 when a line had to be left out."""
    accounts = {name: Account(label(name)) for name in args.files}
    entries = chain.from_iterable(
        _entries(name, account, args.jobs) for name, account in accounts.items()
    )
    folder = Path(args.index)
    if args.update:
        count = _update(folder, entries)
    else:
        count = api.build_index(folder, entries, model=model_folder(args))
    write(f"{count:,} {'entries were written' if args.update else 'entries are in the index'}\n")
    return max([account.close() for account in accounts.values()])


def _update(folder: Path, entries: Iterable[api.IndexEntry]) -> int:
    updater, count = api.update_index(folder), 0
    try:
        for entry in entries:
            updater.put(entry)
            count += 1
        updater.commit()
    finally:
        updater.close()
    return count


def _entries(name: str, account: Account, jobs: int) -> Iterator[api.IndexEntry]:
    work = partial(_entry, source=label(name))
    for result in each(work, json_lines(name), jobs=jobs):
        if isinstance(result, UnusableInput):
            account.take(result)
        else:
            account.lines += 1
            yield result


def _entry(line: Line, *, source: str) -> api.IndexEntry | UnusableInput:
    if line.error:
        return line.error
    try:
        return api.index_entry(line.value, source=source, line=line.number)
    except UnusableInput as error:
        return error
