"""The tables that researchers are given: each column with its meaning, and the rows of one published case.

Only what stands on public pages, and of Milium's own cases only those whose asker agreed to research. Nothing is added
that no specialist wrote: a statement carries the exact words it was read from and where they stand in the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from django.db.models import Exists, OuterRef, QuerySet

from milium.api import STANCES, STATEMENT_KINDS
from milium_site.archive.models import PublishedCase
from milium_site.archive.queries import every_page
from milium_site.consents.models import Consent
from milium_site.consents.texts import RESEARCH


Values = tuple[object, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """``type`` is that of every value that is not missing; ``values`` what it can be, where that is a closed list."""

    name: str
    type: Literal["text", "integer"]
    meaning: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """``rows_of`` gives the rows of one published case, in the order of ``columns``; ``None`` is missing."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    rows_of: Callable[[PublishedCase], Iterator[Values]]


def pages_for_research() -> QuerySet[PublishedCase]:
    """Published cases whose asker agrees to research, in the order of their keys."""
    agreed = Consent.objects.filter(
        case=OuterRef("publication__case"), purpose=RESEARCH, ended_at__isnull=True
    )
    own = every_page().filter(publication__isnull=False)
    return own.filter(Exists(agreed)).prefetch_related("opinions", "tags").order_by("key")


def _cases(page: PublishedCase) -> Iterator[Values]:
    yield (
        page.key,
        page.published_at.year,
        page.sex or None,
        page.age_band or None,
        page.skin_type or None,
        page.country or None,
        page.history.get("duration"),
        len(page.opinions.all()),
        page.title,
        page.question,
    )


def _answers(page: PublishedCase) -> Iterator[Values]:
    for answer in page.opinions.all():
        of = answer.credential
        yield (
            page.key,
            answer.number,
            of.get("profession") or None,
            of.get("specialty") or None,
            of.get("country") or None,
            answer.signed_year,
            answer.text,
        )


def _statements(page: PublishedCase) -> Iterator[Values]:
    for answer in page.opinions.all():
        for number, said in enumerate(answer.reading, start=1):
            quote = said["quote"]
            yield (
                page.key,
                answer.number,
                number,
                said["kind"],
                said["concept"]["id"],
                said["concept"]["name"],
                said["stance"],
                said["route"],
                said["condition"],
                quote["start"],
                quote["end"],
                quote["text"],
            )


def _history(page: PublishedCase) -> Iterator[Values]:
    for part in ("sites", "symptoms", "absent", "tried"):
        for found in page.history.get(part, ()):
            concept = found["concept"]
            yield page.key, part, concept["id"], concept["name"], found.get("response")


def _outcomes(page: PublishedCase) -> Iterator[Values]:
    for told in page.outcomes:
        for chosen in told["chosen"] or [{}]:
            yield page.key, told["weeks"], chosen.get("id"), chosen.get("name"), told["helped"]


CASE = Column(name="case", type="text", meaning="The published case: the end of its page's address")
ANSWER = Column(
    name="answer", type="integer", meaning="Which answer of the case, counted from 1 as on its page"
)
CONCEPT = (
    Column(name="concept", type="text", meaning="Milium's identifier, such as condition:psoriasis"),
    Column(name="name", type="text", meaning="The concept's usual name"),
)
EVERY_STANCE = tuple(sorted({s for of in STANCES.values() for s in of if s}))

TABLES = (
    Table(
        name="cases",
        meaning="One row for each published case. Who asked, as broadly as the page says it.",
        columns=(
            CASE,
            Column(name="published", type="integer", meaning="Year in which it was published"),
            Column(
                name="sex",
                type="text",
                meaning="Of the person with the problem",
                values=("female", "male"),
            ),
            Column(name="age_band", type="text", meaning="Of the person, in years"),
            Column(name="skin_type", type="text", meaning="Fitzpatrick type as told, from 1 to 6"),
            Column(name="country", type="text", meaning="ISO 3166-1 alpha-2"),
            Column(name="duration", type="text", meaning="How long, in the asker's words"),
            Column(name="answers", type="integer", meaning="How many answers are published"),
            Column(name="title", type="text", meaning="The page's title"),
            Column(name="question", type="text", meaning="De-identified words of the asker"),
        ),
        rows_of=_cases,
    ),
    Table(
        name="answers",
        meaning="One row for each published answer, with its words.",
        columns=(
            CASE,
            ANSWER,
            Column(name="profession", type="text", meaning="Of the author"),
            Column(name="specialty", type="text", meaning="Of the author"),
            Column(name="country", type="text", meaning="Where the author's register is"),
            Column(name="signed", type="integer", meaning="Year in which it was signed"),
            Column(name="text", type="text", meaning="The answer; masked where it named somebody"),
        ),
        rows_of=_answers,
    ),
    Table(
        name="statements",
        meaning=(
            "One row for each thing an answer says: a cell of the comparison. An answer without a row for a concept does "
            "not mention it, which is not a no."
        ),
        columns=(
            CASE,
            ANSWER,
            Column(name="number", type="integer", meaning="Which statement of the answer, from 1"),
            Column(
                name="kind",
                type="text",
                meaning="What kind of thing it is about",
                values=STATEMENT_KINDS,
            ),
            *CONCEPT,
            Column(
                name="stance",
                type="text",
                meaning="What the author says of it; missing for an outlook",
                values=EVERY_STANCE,
            ),
            Column(
                name="route",
                type="text",
                meaning="How a treatment is given, where the words say so",
                values=("topical", "oral", "injected", "intralesional"),
            ),
            Column(name="condition", type="text", meaning="The words that the advice depends on"),
            Column(
                name="start",
                type="integer",
                meaning="Where the quote begins in the answer's text, in characters from 0",
            ),
            Column(name="end", type="integer", meaning="Where it ends: the first character after"),
            Column(name="quote", type="text", meaning="The exact words it was read from"),
        ),
        rows_of=_statements,
    ),
    Table(
        name="history",
        meaning="One row for each place, sign and treatment that the asker told of.",
        columns=(
            CASE,
            Column(
                name="part",
                type="text",
                meaning="Where it is, what it does, what it does not do, what was tried",
                values=("sites", "symptoms", "absent", "tried"),
            ),
            *CONCEPT,
            Column(name="response", type="text", meaning="How what was tried went"),
        ),
        rows_of=_history,
    ),
    Table(
        name="outcomes",
        meaning="What askers told later, one row for each option they say they took. Most askers tell nothing.",
        columns=(
            CASE,
            Column(name="weeks", type="integer", meaning="Asked after so many weeks"),
            *CONCEPT,
            Column(name="helped", type="text", meaning="What they say came of it"),
        ),
        rows_of=_outcomes,
    ),
)
