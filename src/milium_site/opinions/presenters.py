"""What the case page and the specialist's pages show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import cast

from milium.api import (
    Comparison,
    Note,
    Position,
    Quote,
    Row,
    Stance,
    Tried,
)
from milium_site.cases.corrections import RESPONSES
from milium_site.foundation.evidence import Published
from milium_site.foundation.explained import Explained, capital, explained
from milium_site.opinions.columns import Column, Replied, columns_of, replies_by_row
from milium_site.opinions.forms import STANCE_WORDS
from milium_site.opinions.models import Opinion
from milium_site.opinions.papers import Papers, naming


# A shape beside every word, so that nothing hangs on colour.
MARKS: dict[Stance | None, str] = {
    "likely": "●",
    "recommended": "●",
    "possible": "○",
    "option": "○",
    "conditional": "◐",
    "unlikely": "✕",
    "avoid": "✕",
    "unneeded": "✕",
    None: "●",
}
SECTIONS = (
    ("do_first", "do-first", "Do first"),
    ("diagnoses", "may-be", "What it may be"),
    ("options", "options", "Options"),
    ("avoid", "avoid", "Avoid"),
    ("outlook", "expect", "What to expect"),
)
COUNTS = ("None", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
# So that the sentence stays one: the table below shows the rest.
MOST_SHARED = 2
# What a note is about, the gravest first; the gravest of all is never folded away.
TOPICS = {
    "withdrawn": "not sold everywhere",
    "pregnancy": "pregnancy",
    "age": "age",
    "interaction": "other medicines",
    "monitoring": "checks",
    "skin-tone": "skin colour",
    "misuse": "right use",
}
ORDER = tuple(TOPICS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One position: its shape and word, and its quote inside the whole answer.

    ``below``: it was said of a member of the class, whose own row holds the quote, too.
    """

    mark: str
    word: str
    tone: str
    detail: str
    purpose: str
    before: str
    quote: str
    after: str
    below: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One opinion's part of a row; without ``said`` it did not mention it."""

    column: Column
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """A row's notes: what must be read at once, and what opens at a tap under its topics."""

    open: tuple[Note, ...] = ()
    folded: tuple[Note, ...] = ()

    @property
    def topics(self) -> str:
        """What the folded notes are about: ``pregnancy, skin colour``."""
        return ", ".join(dict.fromkeys(TOPICS.get(note.kind, note.kind) for note in self.folded))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row of the table, with what stands under it."""

    id: str
    name: str
    is_member: bool
    cells: tuple[Cell, ...]
    tried: str
    tried_words: str
    notes: Notes
    what: Explained | None = None
    evidence: Published | None = None
    replies: tuple[Replied, ...] = ()

    @property
    def silent(self) -> str:
        """Who did not mention it, in one line: ``Dr A and Dr C``."""
        return _and(cell.column.name for cell in self.cells if not cell.said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part of the comparison."""

    id: str
    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A piece of the sentence on top; ``href`` leads to the cells that were counted."""

    number: str
    rest: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parting:
    """A difference: the concept, and each opinion's word on it."""

    name: str
    href: str
    views: tuple[tuple[str, str], ...]
    row: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedBySome:
    """What only these authors name, each with the link to its row; ``rows`` are the same as replies name them."""

    who: str
    items: tuple[tuple[str, str], ...]
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SideBySide:
    """The whole comparison, ready to be drawn."""

    columns: tuple[Column, ...]
    counts: tuple[Count, ...]
    sections: tuple[Section, ...]
    partings: tuple[Parting, ...]
    only: tuple[NamedBySome, ...]
    questions: tuple[str, ...]
    notes: Notes

    @property
    def differences(self) -> tuple[tuple[str, str], ...]:
        """Every row on which they differ, as replies name it, with its name: what they part on first."""
        parted = [(parting.row, parting.name) for parting in self.partings]
        named = [
            (row, item[0]) for s in self.only for item, row in zip(s.items, s.rows, strict=True)
        ]
        return tuple((row, capital(name)) for row, name in (*parted, *named))


def side_by_side(
    comparison: Comparison,
    opinions: Sequence[Opinion],
    *,
    own: int | None = None,
    named: Sequence[str] = (),
) -> SideBySide:
    """The comparison as a page shows it; ``own`` is the reader's own opinion, where they have one.

    ``named`` are the ids of the conditions that the asker named: what was published on them counts, too.
    """
    columns = columns_of(opinions, own=own)
    once, papers = _NotesOnce(comparison), Papers(comparison, named)
    replies = replies_by_row(opinions, own=own)
    sections = tuple(
        Section(
            id=anchor,
            heading=heading,
            lines=tuple(
                replace(
                    _line(anchor, r, columns, once, papers), replies=replies.get(row_name(r), ())
                )
                for r in rows
            ),
        )
        for field, anchor, heading in SECTIONS
        if (rows := getattr(comparison, field))
    )
    return SideBySide(
        columns=columns,
        counts=tuple(_counts(comparison)),
        sections=sections,
        partings=tuple(_partings(comparison, columns)),
        only=tuple(_named_by_some(comparison, columns)),
        questions=comparison.questions_to_ask,
        notes=once.rest(),
    )


class _NotesOnce:
    """Gives each note to the first row that has it: read once, it is not read again under every relative."""

    def __init__(self, comparison: Comparison) -> None:
        self.left = {note.id: note for note in comparison.notes}

    def of(self, row: Row) -> Notes:
        """The row's notes that no row above has, the gravest kinds first."""
        return self._folded([self.left.pop(i) for i in row.notes if i in self.left])

    def rest(self) -> Notes:
        """The notes of no row: on what the asker uses and no specialist speaks of."""
        return self._folded([self.left.pop(i) for i in tuple(self.left)])

    @staticmethod
    def _folded(notes: list[Note]) -> Notes:
        notes.sort(key=lambda n: ORDER.index(n.kind) if n.kind in ORDER else len(ORDER))
        grave = sum(note.kind == ORDER[0] for note in notes)
        return Notes(open=tuple(notes[:grave]), folded=tuple(notes[grave:]))


def _line(
    section: str, row: Row, columns: tuple[Column, ...], notes: _NotesOnce, papers: Papers
) -> Line:
    return Line(
        id=_anchor(section, row),
        name=capital(row.concept.name),
        is_member=row.group is not None,
        cells=tuple(Cell(column=c, said=tuple(_said_in(c, row))) for c in columns),
        tried=_tried(row.tried),
        tried_words=row.tried.quote.text if row.tried else "",
        notes=notes.of(row),
        what=explained(row.concept.id),
        evidence=papers.of(row),
    )


def row_name(row: Row) -> str:
    """How a reply names the row it speaks of: ``test/test:skin-biopsy``."""
    return f"{row.kind}/{row.concept.id}"


def _anchor(section: str, row: Row) -> str:
    return f"{section}-{row.kind}-{row.concept.id.partition(':')[2] or row.concept.id}"


def _tried(tried: Tried | None) -> str:
    return f"{tried.concept.name}: {RESPONSES[tried.response]}" if tried else ""


def _said_in(column: Column, row: Row) -> Iterator[Said]:
    for position in row.positions:
        if position.opinion == column.id:
            yield _said(column.text, position)


def _said(text: str, position: Position) -> Said:
    quote: Quote = position.quote
    through = position.through.name if position.through else None
    detail = ", ".join(filter(None, (through, position.route, position.condition)))
    return Said(
        mark=MARKS[position.stance],
        word=STANCE_WORDS[position.stance],
        tone=position.stance or "mentioned",
        detail=detail,
        purpose=position.purpose.text if position.purpose else "",
        before=text[: quote.start],
        quote=quote.text,
        after=text[quote.end :],
        below=position.through is not None,
    )


def _counts(comparison: Comparison) -> Iterator[Count]:
    """Counts only: they judge nothing. Each leads to the cells it counted."""
    total = len(comparison.opinions)
    yield Count(
        number=str(total),
        rest="specialist answered." if total == 1 else "specialists answered.",
        href="#answers",
    )
    for row in comparison.diagnoses[:1]:
        likely = sum(p.stance == "likely" and p.through is None for p in row.positions)
        if likely and total > 1:
            yield _count(
                likely, total, "hold", f"{row.concept.name} likely.", _anchor("may-be", row)
            )
    for row in [r for r in comparison.options if naming(r) == total > 1][:MOST_SHARED]:
        yield _count(total, total, "name", f"{row.concept.name}.", _anchor("options", row))
    for row in [r for r in comparison.do_first if r.kind == "test" and naming(r)]:
        what = f"a test to do first: {row.concept.name}."
        yield _count(naming(row), total, "name", what, _anchor("do-first", row))


def _count(some: int, total: int, verb: str, rest: str, anchor: str) -> Count:
    return Count(
        number=_how_many(some, total),
        rest=f"{verb}{'s' if some == 1 else ''} {rest}",
        href=f"#{anchor}",
    )


def _how_many(some: int, total: int) -> str:
    if some == total > 1:
        return "Both" if total == 2 else f"All {total}"
    return COUNTS[some] if some < len(COUNTS) else str(some)


def _places(comparison: Comparison) -> dict[tuple[str, str], tuple[str, Row]]:
    return {
        (row.kind, row.concept.id): (f"#{_anchor(anchor, row)}", row)
        for field, anchor, _ in SECTIONS
        for row in cast("tuple[Row, ...]", getattr(comparison, field))
    }


def _partings(comparison: Comparison, columns: tuple[Column, ...]) -> Iterator[Parting]:
    """What they hold against one another: opposed stances, and different people to see."""
    places = _places(comparison)
    for difference in comparison.differences:
        place = places.get((difference.kind, difference.concept.id))
        if place and difference.reason != "mention":
            href, row = place
            yield Parting(
                name=difference.concept.name,
                href=href,
                views=tuple(_views(row, columns)),
                row=row_name(row),
            )


def _views(row: Row, columns: tuple[Column, ...]) -> Iterator[tuple[str, str]]:
    for column in columns:
        said = tuple(_said_in(column, row))
        words = ", ".join(filter(None, (said[0].word, said[0].detail))) if said else "not mentioned"
        yield column.name, words


def _named_by_some(comparison: Comparison, columns: tuple[Column, ...]) -> Iterator[NamedBySome]:
    """What only some of them name, put together by who names it."""
    names, places = {c.id: c.name for c in columns}, _places(comparison)
    groups: dict[tuple[str, ...], list[tuple[str, str, str]]] = {}
    for difference in comparison.differences:
        place = places.get((difference.kind, difference.concept.id))
        if place and difference.reason == "mention" and difference.opinions:
            href, row = place
            item = (difference.concept.name, href, row_name(row))
            groups.setdefault(difference.opinions, []).append(item)
    for opinions, found in groups.items():
        yield NamedBySome(
            who=_and(names[o] for o in opinions),
            items=tuple((name, href) for name, href, _ in found),
            rows=tuple(row for *_, row in found),
        )


def _and(names: Iterable[str]) -> str:
    *first, last = [*names] or [""]
    return f"{', '.join(first)} and {last}" if first else last
