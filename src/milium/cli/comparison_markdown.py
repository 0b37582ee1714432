"""A comparison as Markdown: a table a part, the notes and questions below."""

from __future__ import annotations

import re
from collections.abc import Iterator

from milium.cli import words
from milium.cli.sheet import Cell, Line, Part, Sheet, capital


# What Markdown would take for markup, wherever it stands in a line, and what opens a block at its start.
_MARKUP = re.compile(r"([\\`*_\[\]<>|&~])")
_BLOCK = re.compile(r"^(\s*)([#+=-]|\d+[.)])")


def comparison_markdown(sheet: Sheet) -> str:
    """The sheet as Markdown with tables (CommonMark and the pipe tables that most readers know)."""
    return "\n\n".join(block for block in _blocks(sheet) if block) + "\n"


def _blocks(sheet: Sheet) -> Iterator[str]:
    yield f"# {_text(sheet.case.title or f'Case {sheet.case.id}')}"
    if sheet.case.question.strip():
        who = f"{_text(sheet.asker)} asks" if sheet.asker else "Asked"
        yield f"> {who}: {_quoted(sheet.case.question)}"
    if sheet.history:
        yield "## Understood from the question"
        yield "\n".join(f"- {name}: {_text(capital(value))}" for name, value in sheet.history)
    yield f"**{_text(sheet.counts)}**"
    yield "\n\n".join(f"*{_text(remark)}*" for remark in sheet.remarks)
    for part in sheet.parts:
        yield f"## {part.heading}"
        yield part.hint
        yield "\n".join(_table(part, sheet))
    if sheet.differences:
        yield "## Where they differ"
        yield _list(filter(None, [*sheet.differences, sheet.agreement]))
    yield from _milium(sheet)


def _milium(sheet: Sheet) -> Iterator[str]:
    if sheet.notes:
        yield "## Notes of Milium"
        yield words.NOTES_HINT
        yield "\n".join(
            f"{number}. {_text(note.statement)} "
            + ", ".join(
                f"[{_text(source.title)}](<{_address(source.url)}>)" for source in note.sources
            )
            for number, note in enumerate(sheet.notes, start=1)
        )
    if sheet.questions:
        yield "## Questions to ask"
        yield words.QUESTIONS_HINT
        yield _list(sheet.questions)
    yield f"*{words.CLOSING}*"


def _table(part: Part, sheet: Sheet) -> Iterator[str]:
    yield _row("", *(_text(name) for name in sheet.labels.values()))
    yield _row("---", *("---" for _ in sheet.labels))
    for line in part.lines:
        cells = (_cell(line.cells.get(opinion)) for opinion in sheet.labels)
        yield _row(_name(line), *cells)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _name(line: Line) -> str:
    below = [_text(line.tried)] if line.tried else []
    below += [f"! {_text(warning)}" for warning in line.warnings]
    below += [f"Notes of Milium: {', '.join(map(str, line.notes))}"] if line.notes else []
    indent = "&nbsp;&nbsp;" * line.depth
    return "<br>".join([f"{indent}**{_text(line.name)}**", *below])


def _cell(cell: Cell | None) -> str:
    if cell is None:
        return "not mentioned"
    stance = ", ".join(filter(None, (cell.stance, cell.detail)))
    said = _quoted(cell.quote.text)
    if cell.purpose:
        said += f" … {_quoted(cell.purpose.text)}"
    return "<br>".join(filter(None, (_text(stance), said)))


def _list(items: Iterator[str] | tuple[str, ...]) -> str:
    return "\n".join(f"- {_text(item)}" for item in items)


def _quoted(text: str) -> str:
    return _text(words.quoted(text))


def _text(text: str) -> str:
    """The text on one line, each mark standing for itself."""
    escaped = _MARKUP.sub(r"\\\1", words.shown(text))
    return _BLOCK.sub(lambda match: f"{match[1]}{_escaped(match[2])}", escaped)


def _escaped(opening: str) -> str:
    return f"\\{opening}" if len(opening) == 1 else f"{opening[:-1]}\\{opening[-1]}"


def _address(url: str) -> str:
    return re.sub(r"[<>\s]", "", url)
