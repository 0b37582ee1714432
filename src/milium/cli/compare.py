"""``milium compare``: a case, and its opinions side by side."""

from __future__ import annotations

import argparse
from dataclasses import dataclass, field

from milium import api
from milium.cli.case_input import holds_lines, read_case
from milium.cli.command import add_country, add_file, add_format
from milium.cli.sink import Account, json_line, json_text, write, write_data
from milium.cli.source import Line, json_lines, label
from milium.errors import UnusableInput


DESCRIPTION = """\
What to do first, what it may be, the options, what to avoid, what to expect and
where the specialists differ; each cell with the words it was read from. An
empty cell reads "not mentioned", never "no". Sourced notes and questions to ask
are Milium's own, and stand apart.

The input is a case (.case.json), a plain page (title, question, a line such as
"F, Maine", then the answers), a web page with schema.org QAPage markup, or JSON
Lines of cases (a file named .jsonl, or standard input with --format jsonl)."""
EXAMPLES = """\
examples:
  milium compare case.json
  milium compare page.txt --format html > comparison.html
  milium compare cases.jsonl > comparisons.jsonl"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    add_format(parser, "text", "json", "jsonl", "html", "markdown")
    add_country(parser, "where the person lives, such as US; unset, taken from the case's place")
    add_file(parser, "the case; - or nothing means standard input")


def execute(args: argparse.Namespace) -> int:
    """Compare one case, or every case of a JSON Lines file."""
    if holds_lines(args.file, args.format):
        return _compare_lines(args)
    case = read_case(args.file)
    _put(
        rendered(case, api.compare(case, country=args.country), args.format or "text"), args.format
    )
    return 0


def rendered(case: api.Case, comparison: api.Comparison, form: str) -> str:
    """The comparison in one of the formats."""
    if form == "json":
        return json_text(api.to_dict(comparison))
    if form == "jsonl":
        return json_line(api.to_dict(comparison))
    return _for_people(case, comparison, form)


def _for_people(case: api.Case, comparison: api.Comparison, form: str) -> str:
    # Programs that ask for JSON do not wait for what draws tables.
    from milium.cli.sheet import sheet_of  # noqa: PLC0415

    sheet = sheet_of(case, comparison)
    if form == "html":
        from milium.cli.comparison_html import comparison_html  # noqa: PLC0415

        return comparison_html(sheet)
    if form == "markdown":
        from milium.cli.comparison_markdown import comparison_markdown  # noqa: PLC0415

        return comparison_markdown(sheet)
    from milium.cli.comparison_text import comparison_text  # noqa: PLC0415

    return comparison_text(sheet)


def _put(text: str, form: str | None) -> None:
    write(text) if form in (None, "text") else write_data(text)


@dataclass(slots=True)
class _Lines:
    """Cases line by line; their ids are kept, since two cases of one id could not be told apart afterwards."""

    source: str
    form: str
    country: str | None
    seen: dict[str, int] = field(default_factory=dict)

    def compared(self, line: Line) -> str | UnusableInput:
        if line.error:
            return line.error
        try:
            case = api.case_from_json(line.value, source=self.source, line=line.number)
        except UnusableInput as error:
            return error
        if case.id in self.seen:
            reason = f"the case id {case.id!r} stands on line {self.seen[case.id]} already"
            return UnusableInput(reason, source=self.source, line=line.number)
        self.seen[case.id] = line.number
        text = rendered(case, api.compare(case, country=self.country), self.form)
        return text if self.form == "jsonl" else f"{text}\n"


def _compare_lines(args: argparse.Namespace) -> int:
    form = args.format or "jsonl"
    if form in ("json", "html"):
        raise UnusableInput(
            f"holds many cases, and --format {form} shows one; use jsonl, text or markdown",
            source=label(args.file),
        )
    lines = _Lines(source=label(args.file), form=form, country=args.country)
    account = Account(lines.source, as_data=form != "text")
    for line in json_lines(args.file):
        account.take(lines.compared(line))
    return account.close()
