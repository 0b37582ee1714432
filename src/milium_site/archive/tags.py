"""What a published case can be found by, from what its author told and what specialists were confirmed to say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from milium.api import vocabulary
from milium_site.archive.models import Position, PublishedCase, PublishedOpinion, Tag
from milium_site.cases.body import region_of


LIKELY, OFFERED = (
    frozenset({"likely", "possible"}),
    frozenset({"recommended", "option", "conditional"}),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One facet's value; ``detail`` says of what was tried how it went."""

    facet: str
    value: str
    detail: str = ""


def tags_of(page: PublishedCase, opinions: Iterable[PublishedOpinion]) -> list[Tag]:
    """Every tag of the page, each facet's value once; to be kept."""
    every = [*_told(page), *_said(opinions)]
    once = {(t.facet, t.value): t for t in reversed(every)}
    return [Tag(page=page, facet=t.facet, value=t.value, detail=t.detail) for t in once.values()]


def positions_of(page: PublishedCase, opinions: Iterable[PublishedOpinion]) -> list[Position]:
    """What each answer says of each concept, to be kept and counted."""
    return [
        Position(
            page=page,
            opinion=opinion,
            kind=item["kind"],
            concept=item["concept"]["id"],
            stance=item["stance"] or "",
        )
        for opinion in opinions
        for item in opinion.reading
    ]


def _told(page: PublishedCase) -> Iterator[Found]:
    for finding in page.history.get("sites", ()):
        site = finding["concept"]["id"]
        yield Found(facet="site", value=site)
        if site in vocabulary() and (region := region_of(site)):
            yield Found(facet="region", value=region.site)
    for tried in page.history.get("tried", ()):
        yield Found(facet="tried", value=tried["concept"]["id"], detail=tried["response"])
    if page.age_band:
        yield Found(facet="age", value=page.age_band)
    if page.skin_type:
        yield Found(facet="skin", value=page.skin_type)
    if page.outcomes:
        yield Found(facet="outcome", value="reported")


def _said(opinions: Iterable[PublishedOpinion]) -> Iterator[Found]:
    for opinion in opinions:
        for item in opinion.reading:
            kind, concept, stance = item["kind"], item["concept"]["id"], item["stance"]
            if kind == "diagnosis" and stance in LIKELY and concept.startswith("condition:"):
                yield Found(facet="condition", value=concept)
            elif kind == "treatment" and stance in OFFERED:
                yield Found(facet="treatment", value=concept)
            elif kind == "referral" and concept.startswith("specialty:"):
                yield Found(facet="specialty", value=concept)
