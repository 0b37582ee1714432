"""A comparison as one page that needs nothing else: no script, no other file, no network.

Phone and desktop, light and dark, print. A quote opens in its own paragraph; the whole answers stand at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

from milium import api
from milium.cli import words
from milium.cli.sheet import Cell, Line, Part, Sheet, capital


_CSS = Path(__file__).with_name("comparison.css")
# With more opinions than this a table no longer fits a screen, and each row lists who speaks of it.
COLUMNS = 4
# How much of a long paragraph is shown around a quote, in characters.
AROUND = 400


def comparison_html(sheet: Sheet) -> str:
    """The sheet as an HTML page."""
    title = _text(sheet.case.title or f"Case {sheet.case.id}")
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            # Whatever stands in the answers: this page loads nothing and runs nothing.
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            f"<title>{title}: the answers side by side</title>",
            f"<style>\n{_CSS.read_text(encoding='utf-8')}</style>",
            "</head>",
            "<body>",
            *_nav(sheet),
            "<main>",
            f"<h1>{title}</h1>",
            *_question(sheet),
            *(line for part in sheet.parts for line in _part(part, sheet)),
            *_differences(sheet),
            *_milium(sheet),
            *_answers(sheet),
            "</main>",
            f"<footer><p>{_text(words.CLOSING)}</p></footer>",
            "</body>",
            "</html>\n",
        ]
    )


def _nav(sheet: Sheet) -> Iterator[str]:
    places = [(part.id, part.heading) for part in sheet.parts]
    places += [("differences", "Where they differ")] if sheet.differences else []
    places += [("questions", "Questions to ask")] if sheet.questions else []
    places.append(("answers", "Full answers"))
    links = "".join(f'<li><a href="#{name}">{_text(heading)}</a></li>' for name, heading in places)
    yield f'<nav aria-label="Parts of this page"><ul>{links}</ul></nav>'


def _question(sheet: Sheet) -> Iterator[str]:
    if sheet.case.question.strip():
        who = f"{_text(sheet.asker)} asks:" if sheet.asker else "The question:"
        yield f"<p>{who}</p><blockquote>{_text(sheet.case.question)}</blockquote>"
    if sheet.history:
        rows = "".join(
            f"<dt>{_text(name)}</dt><dd>{_text(capital(value))}</dd>"
            for name, value in sheet.history
        )
        yield f'<h2>Understood from the question</h2><dl class="known">{rows}</dl>'
    yield f'<p class="counts">{_text(sheet.counts)}</p>'
    for remark in sheet.remarks:
        yield f'<p class="remark">{_text(remark)}</p>'


def _part(part: Part, sheet: Sheet) -> Iterator[str]:
    yield f'<section aria-labelledby="{part.id}"><h2 id="{part.id}">{_text(part.heading)}</h2>'
    if part.hint:
        yield f'<p class="hint">{_text(part.hint)}</p>'
    yield from _table(part, sheet) if len(sheet.labels) <= COLUMNS else _entries(part, sheet)
    yield "</section>"


def _table(part: Part, sheet: Sheet) -> Iterator[str]:
    heads = "".join(f'<th scope="col">{_text(name)}</th>' for name in sheet.labels.values())
    yield f"<table><thead><tr><td></td>{heads}</tr></thead><tbody>"
    for line in part.lines:
        depth = ("", ' class="deep"', ' class="deeper"')[min(line.depth, 2)]
        cells = "".join(f"<td>{_cell(line.cells.get(o), o, sheet)}</td>" for o in sheet.labels)
        yield f'<tr><th scope="row"{depth}>{_text(line.name)}{_asides(line)}</th>{cells}</tr>'
    yield "</tbody></table>"


def _entries(part: Part, sheet: Sheet) -> Iterator[str]:
    for line in part.lines:
        depth = (" ", " deep", " deeper")[min(line.depth, 2)]
        said = "".join(f"<li>{_cell(cell, o, sheet)}</li>" for o, cell in line.cells.items())
        silent = len(sheet.labels) - len(line.cells)
        rest = f'<li class="silent">not mentioned by {words.others(silent)}</li>' if silent else ""
        yield (
            f'<div class="entry{depth.rstrip()}"><h3>{_text(line.name)}</h3>{_asides(line)}'
            f'<ul class="positions">{said}{rest}</ul></div>'
        )


def _cell(cell: Cell | None, opinion: str, sheet: Sheet) -> str:
    who = f'<span class="who">{_text(sheet.labels[opinion])}: </span>'
    if cell is None:
        return f'{who}<span class="silent">not mentioned</span>'
    stance = f'<span class="stance {cell.kind}">{_text(cell.stance)}</span>' if cell.stance else ""
    detail = f"{', ' if stance else ''}{_text(cell.detail)}" if cell.detail else ""
    return f"{who}{stance}{detail}{_quote(cell, sheet)}"


def _quote(cell: Cell, sheet: Sheet) -> str:
    said = words.quoted(cell.quote.text)
    if cell.purpose:
        said += f" … {words.quoted(cell.purpose.text)}"
    text = next(opinion.text for opinion in sheet.case.opinions if opinion.id == cell.opinion)
    return (
        f"<details><summary>{_text(said)}</summary><blockquote>{_around(text, cell.quote)}</blockquote>"
        f'<a href="#{_anchor(cell.opinion, sheet)}">The whole answer</a></details>'
    )


def _around(text: str, quote: api.Quote) -> str:
    """The quote, marked, in its paragraph, or in as much of it as is read at a glance."""
    start = max(text.rfind("\n\n", 0, quote.start) + 1, quote.start - AROUND, 0)
    end = text.find("\n\n", quote.end)
    end = min(end if end >= 0 else len(text), quote.end + AROUND)
    before, after = text[start : quote.start], text[quote.end : end]
    before = ("…" if start and text[start - 1] != "\n" else "") + before.lstrip()
    after = after.rstrip() + ("…" if end < len(text) and text[end] != "\n" else "")
    return f"{escape(before)}<mark>{escape(quote.text)}</mark>{escape(after)}"


def _asides(line: Line) -> str:
    said = [line.tried] if line.tried else []
    said += [f"! {warning}" for warning in line.warnings]
    asides = "".join(f'<p class="aside">{_text(text)}</p>' for text in said)
    if line.notes:
        links = ", ".join(f'<a href="#note-{number}">{number}</a>' for number in line.notes)
        asides += f'<p class="aside notes">Notes of Milium: {links}</p>'
    return asides


def _differences(sheet: Sheet) -> Iterator[str]:
    if sheet.differences:
        yield '<section aria-labelledby="differences"><h2 id="differences">Where they differ</h2>'
        yield _list(filter(None, [*sheet.differences, sheet.agreement]))
        yield "</section>"


def _milium(sheet: Sheet) -> Iterator[str]:
    if sheet.notes:
        yield '<section aria-labelledby="notes"><h2 id="notes">Notes of Milium</h2>'
        yield f'<p class="hint">{_text(words.NOTES_HINT)}</p><ol>'
        for number, note in enumerate(sheet.notes, start=1):
            sources = ", ".join(_link(source) for source in note.sources)
            yield f'<li id="note-{number}">{_text(note.statement)} <span class="sources">{sources}</span></li>'
        yield "</ol></section>"
    if sheet.questions:
        yield '<section aria-labelledby="questions"><h2 id="questions">Questions to ask</h2>'
        yield f'<p class="hint">{_text(words.QUESTIONS_HINT)}</p>{_list(sheet.questions)}</section>'


def _answers(sheet: Sheet) -> Iterator[str]:
    yield '<section aria-labelledby="answers"><h2 id="answers">Full answers</h2>'
    for opinion in sheet.case.opinions:
        yield f'<h3 id="{_anchor(opinion.id, sheet)}">{_text(sheet.labels[opinion.id])}</h3>'
        yield f'<p class="answer">{escape(opinion.text)}</p>'
    yield "</section>"


def _anchor(opinion: str, sheet: Sheet) -> str:
    """An id's place in the list: whatever the id holds, this is good for an address."""
    return f"answer-{list(sheet.labels).index(opinion) + 1}"


def _link(source: api.Source) -> str:
    if not source.url.startswith(("https://", "http://")):
        return _text(source.title)
    return f'<a href="{escape(source.url)}" rel="noreferrer">{_text(source.title)}</a>'


def _list(items: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{_text(item)}</li>' for item in items)}</ul>"


def _text(text: str) -> str:
    return escape(words.shown(text))
