"""A comparison for the terminal: a table while the opinions fit side by side, a list when they do not."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from milium.cli import words
from milium.cli.sheet import Cell, Line, Part, Sheet, capital


WIDTH = 80
# With more opinions than this a column has no room for a sentence.
COLUMNS = 3
# More silent opinions than this are counted, not named.
NAMED_SILENT = 4
COLOURS = {
    "recommended": "bold cyan",
    "likely": "bold cyan",
    "option": "cyan",
    "possible": "cyan",
    "conditional": "cyan",
    "avoid": "bold red",
    "unneeded": "red",
    "unlikely": "red",
}


def comparison_text(sheet: Sheet) -> str:
    """The sheet as text, with colour when standard output is a terminal that wants it."""
    terminal = Console(file=sys.stdout)
    console = Console(
        file=io.StringIO(),
        width=max(40, min(terminal.width, WIDTH)) if terminal.is_terminal else WIDTH,
        force_terminal=terminal.is_terminal,
        color_system="standard" if terminal.is_terminal and not terminal.no_color else None,
        no_color=terminal.no_color,
        highlight=False,
        emoji=False,
        markup=False,
    )
    with console.capture() as capture:
        for block in _blocks(sheet):
            console.print(block, soft_wrap=isinstance(block, Text) and bool(block.no_wrap))
    lines = (line.rstrip() for line in capture.get().splitlines())
    return words.plain("\n".join(lines) + "\n")


def _blocks(sheet: Sheet) -> Iterator[RenderableType]:
    yield Text(words.shown(sheet.case.title or f"Case {sheet.case.id}"), style="bold")
    yield from _question(sheet)
    yield ""
    yield Text(sheet.counts)
    for remark in sheet.remarks:
        yield Text(words.shown(remark), style="dim")
    for part in sheet.parts:
        yield from _heading(part.heading, part.hint)
        yield from _columns(part, sheet) if len(sheet.labels) <= COLUMNS else _list(part, sheet)
    if sheet.differences:
        yield from _heading("Where they differ")
        yield from map(_item, [*sheet.differences, sheet.agreement])
    yield from _milium(sheet)


def _question(sheet: Sheet) -> Iterator[RenderableType]:
    if sheet.case.question.strip():
        who = f"{sheet.asker} asks: " if sheet.asker else "Asked: "
        yield Text(f"{words.shown(who)} {words.quoted(sheet.case.question)}")
    if sheet.history:
        yield from _heading("Understood from the question")
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(no_wrap=True, min_width=10)
        table.add_column()
        for name, value in sheet.history:
            table.add_row(Text(name, style="dim"), Text(capital(value)))
        yield Padding(table, (0, 0, 0, 2))


def _milium(sheet: Sheet) -> Iterator[RenderableType]:
    """What Milium itself adds, apart from what specialists said."""
    if sheet.notes:
        yield from _heading("Notes of Milium", words.NOTES_HINT)
        for number, note in enumerate(sheet.notes, start=1):
            yield _item(note.statement, mark=f"[{number}]")
            for source in note.sources:
                # An address that is broken over lines can be neither clicked nor copied.
                yield Text(f"      {source.url}", style="dim", no_wrap=True, overflow="ignore")
    if sheet.questions:
        yield from _heading("Questions to ask", words.QUESTIONS_HINT)
        yield from map(_item, sheet.questions)
    yield ""
    yield Text(words.CLOSING, style="dim")


def _heading(name: str, hint: str = "") -> Iterator[RenderableType]:
    yield ""
    yield Text.assemble((name.upper(), "bold"), (f"   {hint}" if hint else "", "dim"))


def _item(text: str, *, mark: str = "-") -> RenderableType:
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column()
    grid.add_row(Text(mark), Text(text, overflow="fold"))
    return Padding(grid, (0, 0, 0, 2)) if text else Text("", end="")


def _columns(part: Part, sheet: Sheet) -> Iterator[RenderableType]:
    """Each row with a column for each opinion; what was tried and the notes run below it over the whole width."""
    heads = [Text(words.shown(name), style="underline") for name in sheet.labels.values()]
    yield _row(Text(""), heads)
    for line in part.lines:
        cells = [_cell(line.cells.get(opinion)) for opinion in sheet.labels]
        yield _row(Padding(_name(line), (0, 0, 0, 2 * line.depth + 2)), cells)
        for remark in _remarks(line):
            yield Padding(remark, (0, 0, 0, 2 * line.depth + 4))


def _row(name: RenderableType, cells: Sequence[RenderableType]) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    # With many columns all are narrow: the name then needs as much room as a cell.
    grid.add_column(ratio=3 if len(cells) < 3 else 4, overflow="fold")
    for _ in cells:
        grid.add_column(ratio=4, overflow="fold")
    grid.add_row(name, *cells)
    return grid


def _list(part: Part, sheet: Sheet) -> Iterator[RenderableType]:
    for line in part.lines:
        yield Padding(_name(line), (0, 0, 0, 2 * line.depth + 2))
        for opinion, cell in line.cells.items():
            yield Padding(
                Text.assemble(_stance(cell), f"  {words.shown(sheet.labels[opinion])}"),
                (0, 0, 0, 4),
            )
            yield Padding(_words(cell), (0, 0, 0, 8))
        if silent := [opinion for opinion in sheet.labels if opinion not in line.cells]:
            who = (
                words.joined(silent) if len(silent) <= NAMED_SILENT else f"the {len(silent)} others"
            )
            yield Padding(Text(f"not mentioned by {who}", style="dim"), (0, 0, 0, 4))
        for remark in _remarks(line):
            yield Padding(remark, (0, 0, 0, 4))


def _name(line: Line) -> Text:
    return Text(line.name, style="bold" if not line.depth else "")


def _cell(cell: Cell | None) -> RenderableType:
    if cell is None:
        return Text("not mentioned", style="dim")
    return Group(_stance(cell), _words(cell)) if cell.stance else _words(cell)


def _stance(cell: Cell) -> Text:
    detail = f", {cell.detail}" if cell.detail else ""
    return Text(f"{cell.stance}{detail}", style=COLOURS.get(cell.kind, ""))


def _words(cell: Cell) -> Text:
    purpose = f" … {words.quoted(cell.purpose.text)}" if cell.purpose else ""
    return Text(f"{words.quoted(cell.quote.text)}{purpose}")


def _remarks(line: Line) -> Iterator[Text]:
    if line.tried:
        yield Text(line.tried, style="yellow")
    for warning in line.warnings:
        yield Text(f"! {warning}", style="yellow")
    if line.notes:
        numbers = "".join(f"[{number}]" for number in line.notes)
        yield Text(f"Notes of Milium {numbers}", style="dim")
