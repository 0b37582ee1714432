"""What the case page and the specialist's pages show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from milium.api import (
    STANCES,
    Comparison,
    Note,
    Position,
    Quote,
    Row,
    Stance,
    Statement,
    StatementKind,
    Tried,
)
from milium_site.cases.corrections import RESPONSES
from milium_site.opinions.forms import KIND_WORDS, STANCE_WORDS
from milium_site.opinions.models import Opinion
from milium_site.opinions.review import Review, candidates, name_of


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
CONTEXT = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One opinion, as the head of a column and as a whole answer below."""

    id: str
    name: str
    profession: str
    credential: str
    checked_on: str
    is_demo: bool
    signed_at: datetime | None
    text: str
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One position: its shape and word, and its quote inside the whole answer."""

    mark: str
    word: str
    tone: str
    detail: str
    before: str
    quote: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One opinion's part of a row; without ``said`` it did not mention it."""

    column: Column
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row of the table, with what stands under it."""

    id: str
    name: str
    is_member: bool
    cells: tuple[Cell, ...]
    tried: str
    tried_words: str
    notes: tuple[Note, ...]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class SideBySide:
    """The whole comparison, ready to be drawn."""

    columns: tuple[Column, ...]
    counts: tuple[Count, ...]
    sections: tuple[Section, ...]
    partings: tuple[Parting, ...]
    questions: tuple[str, ...]
    notes: tuple[Note, ...]


def side_by_side(
    comparison: Comparison, opinions: Sequence[Opinion], *, own: int | None = None
) -> SideBySide:
    """The comparison as a page shows it; ``own`` is the reader's own opinion, where they have one."""
    columns = columns_of(opinions, own=own)
    notes = {note.id: note for note in comparison.notes}
    sections = tuple(
        Section(
            id=anchor, heading=heading, lines=tuple(_line(anchor, r, columns, notes) for r in rows)
        )
        for field, anchor, heading in SECTIONS
        if (rows := getattr(comparison, field))
    )
    return SideBySide(
        columns=columns,
        counts=tuple(_counts(comparison, sections)),
        sections=sections,
        partings=tuple(_partings(comparison, columns)),
        questions=comparison.questions_to_ask,
        notes=comparison.notes,
    )


def columns_of(opinions: Iterable[Opinion], *, own: int | None = None) -> tuple[Column, ...]:
    """The heads of the columns, from what was known of each author on the day they signed."""
    return tuple(
        Column(
            id=str(o.pk),
            name=o.credential["name"],
            profession=o.credential["profession"],
            credential=o.credential["credential"],
            checked_on=o.credential["checked_on"],
            is_demo=bool(o.credential["demo"]),
            signed_at=o.signed_at,
            text=o.text,
            own=o.pk == own,
        )
        for o in opinions
    )


def _line(section: str, row: Row, columns: tuple[Column, ...], notes: dict[str, Note]) -> Line:
    return Line(
        id=_anchor(section, row),
        name=row.concept.name[:1].upper() + row.concept.name[1:],
        is_member=row.group is not None,
        cells=tuple(Cell(column=c, said=tuple(_said_in(c, row))) for c in columns),
        tried=_tried(row.tried),
        tried_words=row.tried.quote.text if row.tried else "",
        notes=tuple(notes[i] for i in row.notes if i in notes),
    )


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
    detail = ", ".join(filter(None, (position.route, position.condition)))
    return Said(
        mark=MARKS[position.stance],
        word=STANCE_WORDS[position.stance],
        tone=position.stance or "mentioned",
        detail=detail,
        before=text[: quote.start],
        quote=quote.text,
        after=text[quote.end :],
    )


def _counts(comparison: Comparison, sections: tuple[Section, ...]) -> Iterator[Count]:
    total = len(comparison.opinions)
    yield Count(
        number=COUNTS[total] if total < len(COUNTS) else str(total),
        rest="specialist answered." if total == 1 else "specialists answered.",
        href="#answers",
    )
    for row in [r for r in comparison.do_first if r.kind == "test"][:2]:
        asking = len({p.opinion for p in row.positions})
        verb = "asks" if asking == 1 else "ask"
        yield Count(
            number=_how_many(asking, total),
            rest=f"{verb} for this first: {row.concept.name}.",
            href=f"#{_anchor('do-first', row)}",
        )
    shared = [
        r
        for r in comparison.options
        if total > 1 and len({p.opinion for p in r.positions}) == total
    ]
    for row in sorted(shared, key=_strength)[:1]:
        yield Count(
            number=_how_many(total, total),
            rest=f"name {row.concept.name}.",
            href=f"#{_anchor('options', row)}",
        )
    if comparison.differences:
        points = len(comparison.differences)
        yield Count(
            number=f"{points} {'point' if points == 1 else 'points'}",
            rest="where they differ.",
            href="#differ",
        )


def _how_many(some: int, total: int) -> str:
    if some == total:
        return {1: "They", 2: "Both"}.get(
            total, f"All {COUNTS[total].lower() if total < len(COUNTS) else total}"
        )
    return COUNTS[some] if some < len(COUNTS) else str(some)


def _strength(row: Row) -> tuple[int, int]:
    # The most recommended first; among equals the member before its class: it says more.
    recommended = sum(p.stance == "recommended" for p in row.positions)
    return (-recommended, 0 if row.group else 1)


def _partings(comparison: Comparison, columns: tuple[Column, ...]) -> Iterator[Parting]:
    places = {
        (row.kind, row.concept.id): (anchor, row)
        for field, anchor, _ in SECTIONS
        for row in cast("tuple[Row, ...]", getattr(comparison, field))
    }
    for difference in comparison.differences:
        anchor, row = places.get((difference.kind, difference.concept.id), ("", None))
        yield Parting(
            name=difference.concept.name,
            href=f"#{_anchor(anchor, row)}" if row else "",
            views=tuple(_views(row, columns, difference.opinions)),
        )


def _views(
    row: Row | None, columns: tuple[Column, ...], opinions: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    for column in columns:
        said = tuple(_said_in(column, row)) if row else ()
        if said:
            yield column.name, ", ".join(filter(None, (said[0].word, said[0].detail)))
        elif column.id in opinions:
            yield column.name, "named it"
        else:
            yield column.name, "not mentioned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """One statement on the review page, with a few words around its quote."""

    name: str
    concept: str
    kind: str
    stance: Stance | None
    stances: tuple[tuple[str, str], ...]
    detail: str
    before: str
    quote: str
    after: str
    on: bool


def review_list(
    text: str, read: tuple[Statement, ...], review: Review
) -> tuple[tuple[str, tuple[Reviewed, ...]], ...]:
    """The reading under its headings, in the order of the text."""
    ordered = sorted(candidates(text, read, review), key=lambda s: s.quote.start)
    grouped = (
        (words, tuple(_reviewed(text, s, review) for s in ordered if s.kind == kind))
        for kind, words in KIND_WORDS.items()
    )
    return tuple((words, statements) for words, statements in grouped if statements)


def _reviewed(text: str, statement: Statement, review: Review) -> Reviewed:
    quote, name = statement.quote, name_of(statement)
    return Reviewed(
        name=name,
        concept=statement.concept.name,
        kind=statement.kind,
        stance=statement.stance,
        stances=_choices(statement.kind),
        detail=", ".join(filter(None, (statement.route, statement.condition))),
        before=_tail(text[: quote.start]),
        quote=quote.text,
        after=_head(text[quote.end :]),
        on=name not in review.removed,
    )


def _choices(kind: StatementKind) -> tuple[tuple[str, str], ...]:
    return tuple((s, STANCE_WORDS[s]) for s in reversed(STANCES[kind]) if s)


def _tail(text: str) -> str:
    return text if len(text) <= CONTEXT else "…" + text[-CONTEXT:].partition(" ")[2]


def _head(text: str) -> str:
    return text if len(text) <= CONTEXT else text[:CONTEXT].rpartition(" ")[0] + "…"
