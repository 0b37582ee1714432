"""A comparison as it is laid out for people, the same in the terminal, in Markdown and on a page.

It adds the words around the values (headings, "not mentioned by"), and decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from milium import api
from milium.cli import words


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One opinion's position on a row. ``stance`` is a word and its shape, empty for an outlook; ``detail`` is route, condition, member."""

    opinion: str
    kind: str
    stance: str
    detail: str
    quote: api.Quote
    purpose: api.Quote | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of a part. ``depth`` is how deep it stands in its group; ``notes`` are numbers of notes.

    ``warnings`` are what cannot wait until the notes are read: that the thing cannot be had.
    """

    name: str
    depth: int
    cells: dict[str, Cell]
    tried: str
    warnings: tuple[str, ...]
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the comparison."""

    id: str
    heading: str
    hint: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Everything that is shown of one case."""

    case: api.Case
    asker: str
    labels: dict[str, str]
    counts: str
    history: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    differences: tuple[str, ...]
    agreement: str
    notes: tuple[api.Note, ...]
    questions: tuple[str, ...]
    remarks: tuple[str, ...]


# Each note by its id, with the number it is shown under.
Notes = Mapping[str, tuple[int, api.Note]]

PARTS = (
    ("do_first", "Do first", "Tests and whom to see. What only one asks for stands here as well."),
    ("diagnoses", "What it may be", ""),
    ("options", "Options", "In the order in which they were first named. The order is no ranking."),
    ("avoid", "Avoid", "To leave, or not needed."),
    ("outlook", "What to expect", ""),
)


def sheet_of(case: api.Case, comparison: api.Comparison) -> Sheet:
    """The case's comparison, laid out."""
    labels = {opinion.id: label(opinion) for opinion in case.opinions}
    notes = {note.id: (number, note) for number, note in enumerate(comparison.notes, start=1)}
    return Sheet(
        case=case,
        asker=asker(case.asker),
        labels=labels,
        counts=" ".join(api.count_sentences(comparison)),
        history=tuple(history(comparison.history)),
        parts=tuple(
            Part(id=name, heading=heading, hint=hint, lines=_lines(rows, notes))
            for name, heading, hint in PARTS
            if (rows := getattr(comparison, name))
        ),
        differences=tuple(_differences(comparison)),
        agreement=_agreement(comparison),
        notes=comparison.notes,
        questions=comparison.questions_to_ask,
        remarks=comparison.remarks,
    )


def label(opinion: api.Opinion) -> str:
    """How an opinion heads its column: its id, who it is by where that is known, and the specialty."""
    who = opinion.specialist if opinion.specialist != opinion.id else None
    return ", ".join(filter(None, (opinion.id, who, opinion.specialty)))


def asker(known: api.Asker) -> str:
    """What is known of the asker beside their text: ``F, 34, Maine``."""
    sex = {"female": "F", "male": "M", None: None}[known.sex]
    age = f"{known.age:g}" if known.age is not None else None
    return ", ".join(filter(None, (sex, age, known.place)))


def history(read: api.History) -> Iterator[tuple[str, str]]:
    """What was understood of the question: a heading and what stands under it, with the asker's words."""
    found = (("Where", read.sites), ("Signs", read.symptoms), ("Not there", read.absent))
    for heading, findings in found:
        if findings:
            yield heading, "; ".join(_with_words(f.concept.name, f.quote) for f in findings)
    if read.duration:
        yield "Since", words.duration(read.duration)
    if known := asker(api.Asker(sex=read.sex, age=read.age)):
        yield "Who", {"F": "female", "M": "male"}.get(known, known)
    for tried in read.tried:
        yield (
            "Tried",
            f"{_with_words(tried.concept.name, tried.quote)}: {words.RESPONSES[tried.response]}",
        )
    if read.asks:
        yield "Asks", ", ".join(words.ASKS[ask] for ask in read.asks)


def capital(text: str) -> str:
    """The text with its first letter large."""
    return text[:1].upper() + text[1:]


def _with_words(name: str, quote: api.Quote) -> str:
    said = words.shown(quote.text)
    return name if name.lower() == said.lower() else f"{name} (“{said}”)"


def _lines(rows: tuple[api.Row, ...], notes: Notes) -> tuple[Line, ...]:
    depths: dict[str, int] = {}
    told: set[str] = set()
    lines = []
    for row in rows:
        depth = depths[row.concept.id] = depths[row.group] + 1 if row.group else 0
        route = _common_route(row)
        lines.append(
            Line(
                name=capital(
                    f"{row.concept.name} {words.ROUTES[route]}" if route else row.concept.name
                ),
                depth=depth,
                cells={p.opinion: _cell(row.kind, p, shown=route) for p in row.positions},
                tried=_tried(row, told),
                warnings=_warnings(row, notes),
                notes=tuple(notes[note][0] for note in row.notes),
            )
        )
    return tuple(lines)


def _common_route(row: api.Row) -> api.Route | None:
    stated = {position.route for position in row.positions if position.through is None}
    return stated.pop() if len(stated) == 1 else None


def _cell(kind: str, position: api.Position, *, shown: api.Route | None) -> Cell:
    through = f"through {position.through.name}" if position.through else ""
    route = words.ROUTES[position.route] if position.route and position.route != shown else ""
    detail = ", ".join(filter(None, (through, route, words.shown(position.condition or ""))))
    inside = (
        position.purpose and position.quote.start <= position.purpose.start < position.quote.end
    )
    return Cell(
        opinion=position.opinion,
        kind=position.stance or kind,
        stance=words.stance(position.stance),
        detail=detail,
        quote=position.quote,
        purpose=None if inside else position.purpose,
    )


def _warnings(row: api.Row, notes: Notes) -> tuple[str, ...]:
    """The first sentence of each note that says what the row names cannot be had."""
    withdrawn = [notes[name] for name in row.notes if notes[name][1].kind == "withdrawn"]
    return tuple(f"{note.statement.partition('. ')[0].rstrip('.')}. [{n}]" for n, note in withdrawn)


def _tried(row: api.Row, told: set[str]) -> str:
    """What was tried, with the asker's words the first time."""
    if not row.tried:
        return ""
    name = row.tried.concept.name
    if name in told:
        return f"Tried already: {name}, as above"
    told.add(name)
    response = words.RESPONSES[row.tried.response]
    return f"Tried already: {name}, {response} ({words.quoted(row.tried.quote.text)})"


def _differences(comparison: api.Comparison) -> Iterator[str]:
    """What is opposed, concept by concept; then whom to see; then what only some name, by who names it."""
    rows = {
        (row.kind, row.concept.id): row for name, _, _ in PARTS for row in getattr(comparison, name)
    }
    for difference in comparison.differences:
        if difference.reason in ("stance", "class"):
            yield _opposed(difference, rows[difference.kind, difference.concept.id])
    referrals = [d for d in comparison.differences if d.reason == "referral"]
    if referrals:
        people = [f"{d.concept.name} ({', '.join(d.opinions)})" for d in referrals]
        yield f"Whom to see: {'; '.join(people)}"
    for opinions, names in _named_by(comparison).items():
        who = f"Only {opinions[0]}" if len(opinions) == 1 else f"{words.joined(opinions)}, not all"
        yield f"{who}: {', '.join(names)}"


def _opposed(difference: api.Difference, row: api.Row) -> str:
    held = {p.opinion: words.STANCES[p.stance] for p in row.positions if p.stance and not p.through}
    said = [f"{o} {held.get(o, 'advises against the whole class')}" for o in difference.opinions]
    return f"{capital(difference.concept.name)}: {', '.join(said)}"


def _named_by(comparison: api.Comparison) -> dict[tuple[str, ...], list[str]]:
    named: dict[tuple[str, ...], list[str]] = {}
    for difference in comparison.differences:
        if difference.reason == "mention":
            named.setdefault(difference.opinions, []).append(difference.concept.name)
    return named


def _agreement(comparison: api.Comparison) -> str:
    figures = (
        ("diagnosis", comparison.agreement_diagnosis),
        ("treatment", comparison.agreement_treatment),
    )
    said = [f"{name} {figure:.0%}" for name, figure in figures if figure is not None]
    scale = "Agreement, from 0% (nothing in common) to 100%"
    return f"{scale}: {', '.join(said)}. It ranks nothing." if said else ""
