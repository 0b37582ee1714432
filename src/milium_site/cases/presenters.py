"""What the asker's pages show of a case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from milium.api import Finding, History, Tried
from milium_site.cases import durations
from milium_site.cases.answers import Told, answered, not_answered, not_asked
from milium_site.cases.body import Drawing, drawings, marked, regions
from milium_site.cases.corrections import PARTS, RESPONSES, Corrections, Part, name_of
from milium_site.cases.countries import (
    Line,
    crisis_line,
    crisis_lines,
    emergency_lines,
    emergency_number,
)
from milium_site.cases.models import Case
from milium_site.cases.plain_names import headline_of
from milium_site.cases.policies import SELF_HARM
from milium_site.cases.queries import answers_of
from milium_site.cases.questions import problem


HEADINGS: dict[Part, str] = {
    "sites": "Where",
    "symptoms": "What you feel or see",
    "absent": "What you do not have",
    "tried": "What you tried",
}
SEX_LETTER = {"female": "F", "male": "M"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """One thing understood. ``added`` holds the form value of something the asker added themselves."""

    name: str
    label: str
    words: str
    on: bool
    response: str = ""
    added: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Chips of one kind, under their heading."""

    part: Part
    heading: str
    chips: tuple[Chip, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What the reader made of a text, with the asker's corrections ticked in."""

    groups: tuple[Group, ...]
    duration: str
    responses: tuple[tuple[str, str], ...] = tuple(RESPONSES.items())

    @property
    def empty(self) -> bool:
        """Whether nothing was recognised."""
        return not self.groups and not self.duration


def understood(read: History, corrections: Corrections) -> Understood:
    """The chips of a reading: as read, then as added."""
    found = ((part, tuple(_chips(part, read, corrections))) for part in PARTS)
    groups = tuple(Group(part=p, heading=HEADINGS[p], chips=c) for p, c in found if c)
    return Understood(groups=groups, duration=durations.in_words(read.duration))


def _chips(part: Part, read: History, corrections: Corrections) -> Iterator[Chip]:
    for item in getattr(read, part):
        yield _read_chip(part, item, corrections)
    for added in corrections.added:
        if added.part == part:
            yield Chip(
                name=added.name,
                label=added.concept.name,
                words=added.words,
                on=added.name not in corrections.removed,
                response=corrections.responses.get(added.name, "unknown")
                if part == "tried"
                else "",
                added=f"{part}/{added.concept.id}/{added.words}",
            )


def _read_chip(part: Part, item: Finding | Tried, corrections: Corrections) -> Chip:
    name = name_of(part, item)
    response = item.response if isinstance(item, Tried) else ""
    return Chip(
        name=name,
        label=item.concept.name,
        words=item.quote.text,
        on=name not in corrections.removed,
        response=corrections.responses.get(name, response) if response else "",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpNow:
    """An emergency, for the page that says where to go. ``number`` is empty where we know none.

    ``care`` is set when the words may speak of self-harm: it is met with a calm box of its own.
    """

    flags: tuple[dict[str, Any], ...]
    number: str
    care: dict[str, Any] | None
    crisis: Line | None

    @property
    def numbers(self) -> tuple[Line, ...]:
        """The emergency numbers of all countries."""
        return emergency_lines()

    @property
    def crises(self) -> tuple[Line, ...]:
        """The crisis lines of all countries."""
        return crisis_lines()


def help_now(flags: list[dict[str, Any]], country: str) -> HelpNow:
    """The emergency flags among ``flags``, each piece of advice once."""
    emergencies = [flag for flag in flags if flag["urgency"] == "emergency"]
    once = {flag["advice"]: flag for flag in emergencies if flag["rule"] != SELF_HARM}
    return HelpNow(
        flags=tuple(once.values()),
        number=emergency_number(country),
        care=next((flag for flag in emergencies if flag["rule"] == SELF_HARM), None),
        crisis=crisis_line(country),
    )


def pseudonym(case: Case) -> str:
    """How the panel and the page name the asker: ``F, Maine``."""
    parts = [SEX_LETTER.get(case.sex, ""), case.place]
    return ", ".join(filter(None, parts)) or "Somebody"


def age_in_words(case: Case) -> str:
    """``42 years``, ``a baby under one``, or nothing when not said."""
    if case.age is None:
        return ""
    return "under 1 year" if case.age == 0 else f"{case.age} year{'' if case.age == 1 else 's'}"


def headline(case: Case) -> str:
    """A few plain words to know the case by: ``Bumps behind the ear and along the hairline``."""
    return headline_of(
        [f["concept"]["name"] for f in case.history["symptoms"]],
        [f["concept"]["name"] for f in case.history["sites"]],
    )


def told(case: Case) -> list[tuple[str, list[str]]]:
    """The history as headed lists, for the specialist's page and the asker's."""
    rows: list[tuple[str, list[str]]] = []
    for part in PARTS:
        items = [_in_words(part, item) for item in case.history[part]]
        if items:
            rows.append((PANEL_HEADINGS[part], items))
    if lasted := durations.in_words(case.history["duration"]):
        rows.insert(0, ("For", [lasted]))
    return [*rows, *_answers_told(case)]


def _answers_told(case: Case) -> list[tuple[str, list[str]]]:
    """What was asked beside the text; "no", not answered and not asked are three things. Empty when nothing was asked."""
    answers = answers_of(case).for_problem(case.problem, case.sex)
    if not answers.asked:
        return []
    kind = problem(case.problem)
    rows = [
        ("Kind of problem", [kind.label] if kind else []),
        ("Answered", [_answer_in_words(a) for a in answered(answers)]),
        ("Asked, not answered", not_answered(answers)),
        ("Not asked", not_asked(case.problem, answers, case.sex)),
    ]
    return [(heading, items) for heading, items in rows if items]


def _answer_in_words(told: Told) -> str:
    left = f" (not ticked: {told.not_ticked})" if told.not_ticked else ""
    return f"{told.name}: {told.answer}{left}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The figures with the regions that are marked, and all marked regions by name."""

    drawings: tuple[Drawing, ...]
    marked: frozenset[str]
    names: str


def body_of(case: Case) -> Body:
    """The body as the asker's words and corrections mark it."""
    sites = marked(f["concept"]["id"] for f in case.history["sites"])
    names = ", ".join(r.name.lower() for r in regions() if r.site in sites)
    return Body(drawings=drawings(), marked=sites, names=names)


PANEL_HEADINGS: dict[Part, str] = {
    "sites": "Where", "symptoms": "Present", "absent": "Not present", "tried": "Tried"
}  # fmt: skip


def _in_words(part: Part, item: dict[str, Any]) -> str:
    name = str(item["concept"]["name"])
    return f"{name}: {RESPONSES[item['response']]}" if part == "tried" else name


def flags_as_json(flags: tuple[Any, ...]) -> list[dict[str, Any]]:
    """Flags in the shape a case keeps them."""
    return [asdict(flag) for flag in flags]
