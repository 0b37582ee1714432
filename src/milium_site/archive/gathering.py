"""What specialists said of one thing over all published cases: counts of what was written, never a score.

Answers of other archives are left out: nobody checked who wrote them, and their authors confirmed no reading.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from milium.api import vocabulary
from milium_site.archive.models import Position, PublishedCase, PublishedOpinion, Tag
from milium_site.foundation.explained import capital


KINDS = {
    "conditions": "condition",
    "treatments": "treatment",
    "tests": "test",
    "specialties": "specialty",
}
ORDER = (
    "recommended",
    "option",
    "conditional",
    "avoid",
    "unneeded",
    "likely",
    "possible",
    "unlikely",
    "",
)
WORDS = {
    "": "mentioned",
    "conditional": "under a condition",
    "avoid": "advised against",
    "unneeded": "not needed",
    "option": "an option",
}
HEADINGS = (
    ("test", "Tests to do first"),
    ("referral", "Whom to see"),
    ("diagnosis", "What it may be"),
    ("treatment", "Treatments"),
    ("outlook", "What to expect"),
)
NEWEST = 20
CONDITION = "condition:"
HELPED = frozenset({"yes", "partly"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A concept, how many specialists named it, and how many with each stance."""

    id: str
    name: str
    specialists: int
    stances: tuple[tuple[str, int], ...]
    link: tuple[str, str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """How many askers told that they took an option, and how many of them say that it helped."""

    name: str
    reported: int
    helped: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """A concept's page. ``specialists`` answered in its ``cases``, whether they named it or not.

    Of ``cases``, ``told`` have said what came of it, ``silent`` have not, or found it too early.
    """

    id: str
    name: str
    cases: int
    newest: tuple[PublishedCase, ...]
    specialists: int
    parts: tuple[tuple[str, tuple[Named, ...]], ...]
    tried: tuple[tuple[str, int], ...]
    outcomes: tuple[Reported, ...]
    told: int
    silent: int


def gathered(concept: str) -> Gathered | None:
    """Everything said in the cases in which a specialist named the concept, for it or against it; None when none did.

    For a condition: the cases that a specialist holds it likely or possible in. Safety first, then by name.
    """
    pages, known = _cases_of(concept), vocabulary()
    count = pages.count()
    if not count or concept not in known:
        return None
    said = Position.objects.filter(page__in=pages.values("pk"))
    if not concept.startswith(CONDITION):
        said = said.filter(concept=concept)
    told = _told(pages)
    newest = pages.prefetch_related("opinions").order_by("-published_at", "-pk")[:NEWEST]
    return Gathered(
        id=concept,
        name=capital(known.concept(concept).name),
        cases=count,
        newest=tuple(newest),
        specialists=PublishedOpinion.objects.filter(page__in=pages.values("pk")).count(),
        parts=tuple(_parts(said)),
        tried=tuple(_tried(pages)),
        outcomes=tuple(_outcomes(told)),
        told=len(told),
        silent=count - len(told),
    )


def _cases_of(concept: str) -> QuerySet[PublishedCase]:
    own = PublishedCase.objects.filter(source_id__isnull=True)
    # By a subquery, so that a case counts once, however many of its answers name the concept.
    if concept.startswith(CONDITION):
        return own.filter(pk__in=_held([concept]).values("page"))
    return own.filter(pk__in=Position.objects.filter(concept=concept).values("page"))


def conditions_with_page(concepts: Iterable[str]) -> list[str]:
    """Those of the conditions that a specialist here holds likely or possible in a case, in their order: the others have no page."""
    given = list(concepts)
    own = _held(given).filter(page__source_id__isnull=True)
    found = set(own.values_list("value", flat=True))
    return [concept for concept in given if concept in found]


def _held(conditions: Iterable[str]) -> QuerySet[Tag]:
    return Tag.objects.filter(facet="condition", value__in=list(conditions))


def _parts(said: QuerySet[Position]) -> Iterator[tuple[str, tuple[Named, ...]]]:
    """Counted by the database: a large archive is never read row by row."""
    how_many = Count("opinion", distinct=True)
    stances: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for kind, concept, stance, n in said.values_list("kind", "concept", "stance").annotate(
        n=how_many
    ):
        stances[kind, concept][stance] = n
    named = {(k, c): n for k, c, n in said.values_list("kind", "concept").annotate(n=how_many)}
    linked = {c for _, c in named if not c.startswith(CONDITION)}
    linked |= {*conditions_with_page(c for _, c in named if c.startswith(CONDITION))}
    for kind, heading in HEADINGS:
        found = [
            _named(c, stances[k, c], n, linked=c in linked)
            for (k, c), n in named.items()
            if k == kind
        ]
        if found:
            yield heading, tuple(sorted(found, key=lambda one: one.name))


def _tried(pages: QuerySet[PublishedCase]) -> list[tuple[str, int]]:
    known = vocabulary()
    tags = Tag.objects.filter(page__in=pages.values("pk"), facet="tried")
    counted = tags.values_list("value").annotate(n=Count("page"))
    return sorted((known.concept(id_).name, n) for id_, n in counted if id_ in known)


def _told(pages: QuerySet[PublishedCase]) -> list[dict[str, Any]]:
    """The last thing each asker told of what came of it, where it was not too early to say."""
    told = Tag.objects.filter(facet="outcome").values("page")
    reports = pages.filter(pk__in=told).values_list("outcomes", flat=True)
    return [last for report in reports for last in report[-1:] if last["helped"] != "early"]


def _named(concept: str, found: dict[str, int], specialists: int, *, linked: bool) -> Named:
    known = vocabulary()
    kind, _, slug = concept.partition(":")
    link = next(((address, slug) for address, k in KINDS.items() if k == kind), None)
    return Named(
        id=concept,
        name=capital(known.concept(concept).name) if concept in known else concept,
        specialists=specialists,
        stances=tuple((WORDS.get(s, s), found[s]) for s in ORDER if s in found),
        link=link if linked else None,
    )


def _outcomes(told: list[dict[str, Any]]) -> Iterator[Reported]:
    """Per option: of those who told that they took it, how many say that it helped."""
    helped: dict[str, list[bool]] = defaultdict(list)
    for report in told:
        for option in report["chosen"]:
            helped[option["name"]].append(report["helped"] in HELPED)
    for name, said in sorted(helped.items()):
        yield Reported(name=capital(name), reported=len(said), helped=sum(said))
