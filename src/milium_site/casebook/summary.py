"""The visit summary: one case on a page or two, for the next appointment. Pure.

Every quote is a span of the opinion it came from; of the asker's own words, a span from their start. Nothing is put
in other words, and what nobody said is not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from string import ascii_uppercase
from typing import Any

from milium_site.opinions.columns import Column
from milium_site.opinions.presenters import Cell, Line, Notes, Said, Section, SideBySide


# So that the words of a long question leave room for the answers.
MOST_WORDS = 900
FIRST = "do-first"


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who answered, with the letter that stands for them in the table."""

    letter: str
    name: str
    profession: str
    credential: str
    checked_on: str
    signed_on: str
    is_demo: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """What one author says of a row. ``tone`` is the stance, ``quotes`` their words; none where a member's row holds them."""

    letter: str
    name: str
    tone: str
    word: str
    detail: str
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A row: its name, each author's place in the order of the authors (None: not mentioned), what was tried, and who did not mention it."""

    name: str
    is_member: bool
    voices: tuple[Voice | None, ...]
    tried: str
    silent: str

    @property
    def spoken(self) -> tuple[Voice, ...]:
        """The voices that said something."""
        return tuple(voice for voice in self.voices if voice)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A section of the comparison."""

    id: str
    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A note of Milium's own, with where it comes from."""

    text: str
    sources: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """All that stands on the page. Dates are written out; ``cut`` says that the asker's words go on."""

    title: str
    who: str
    sent_on: str
    made_on: str
    words: str
    cut: bool
    told: tuple[tuple[str, str], ...]
    authors: tuple[Author, ...]
    first: Part | None
    parts: tuple[Part, ...]
    facts: tuple[Fact, ...]
    questions: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """As the typesetter takes it."""
        return asdict(self)


def summary_of(
    *,
    who: str,
    sent_on: date,
    made_on: date,
    words: str,
    told: Iterable[tuple[str, Sequence[str]]],
    side: SideBySide | None,
) -> Summary:
    """The summary of a case as its asker sees it; without ``side`` nobody has answered yet."""
    shown = first_words(words)
    columns = side.columns if side else ()
    parts = tuple(_part(section, columns) for section in side.sections) if side else ()
    return Summary(
        title="For your next appointment",
        who=who,
        sent_on=_day(sent_on),
        made_on=_day(made_on),
        words=shown,
        cut=shown != words.strip(),
        told=tuple((heading, ", ".join(items)) for heading, items in told),
        authors=tuple(_author(n, column) for n, column in enumerate(columns)),
        first=next((part for part in parts if part.id == FIRST), None),
        parts=tuple(part for part in parts if part.id != FIRST),
        facts=tuple(_facts(side)) if side else (),
        questions=side.questions if side else (),
    )


def first_words(text: str) -> str:
    """The text from its start, cut behind a sentence or a word where it is long.

    >>> first_words("It itches. " * 200).endswith("itches.")
    True
    """
    text = text.strip()
    if len(text) <= MOST_WORDS:
        return text
    head = text[:MOST_WORDS]
    end = max(head.rfind(mark) for mark in (". ", "? ", "\n"))
    return head[: end + 1].rstrip() if end > MOST_WORDS // 2 else head.rpartition(" ")[0] or head


def letter(number: int) -> str:
    """``A`` for the first author, ``B`` for the second, ``A2`` for the one after Z."""
    turn, place = divmod(number, len(ascii_uppercase))
    return ascii_uppercase[place] + (str(turn + 1) if turn else "")


def _author(number: int, column: Column) -> Author:
    return Author(
        letter=letter(number),
        name=column.name,
        profession=column.profession,
        credential=column.credential,
        checked_on=_day(column.checked_on),
        signed_on=_day(column.signed_at.date()) if column.signed_at else "",
        is_demo=column.is_demo,
    )


def _part(section: Section, columns: Sequence[Column]) -> Part:
    letters = {column.id: letter(n) for n, column in enumerate(columns)}
    entries = tuple(_entry(line, letters) for line in section.lines)
    return Part(id=section.id, heading=section.heading, entries=entries)


def _entry(line: Line, letters: dict[str, str]) -> Entry:
    return Entry(
        name=line.name,
        is_member=line.is_member,
        voices=tuple(_voice(cell, letters[cell.column.id]) for cell in line.cells),
        tried=line.tried,
        silent=line.silent,
    )


def _voice(cell: Cell, by: str) -> Voice | None:
    if not cell.said:
        return None
    # What was said of a member of the class stands in the member's own row.
    own: tuple[Said, ...] = tuple(said for said in cell.said if not said.below) or cell.said
    quotes = () if own[0].below else tuple(dict.fromkeys(said.quote for said in own))
    return Voice(
        letter=by,
        name=cell.column.name,
        tone=own[0].tone,
        word=own[0].word,
        detail=own[0].detail,
        quotes=quotes,
    )


def _facts(side: SideBySide) -> Iterator[Fact]:
    of_rows = (line.notes for section in side.sections for line in section.lines)
    for notes in (*of_rows, side.notes):
        yield from _facts_of(notes)


def _facts_of(notes: Notes) -> Iterator[Fact]:
    for note in (*notes.open, *notes.folded):
        yield Fact(text=note.statement, sources="; ".join(source.title for source in note.sources))


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
