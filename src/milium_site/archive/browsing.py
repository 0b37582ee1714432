"""The published cases by the part of the body they are about."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from milium_site.archive.models import Tag
from milium_site.cases.body import Drawing, Region, drawings


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A region of the body and how many published cases are about it."""

    region: Region
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A drawing with the places on it, in its order."""

    drawing: Drawing
    places: tuple[Place, ...]

    @property
    def listed(self) -> tuple[Place, ...]:
        """The places that have a case."""
        return tuple(place for place in self.places if place.count)


def figures() -> list[Figure]:
    """The body with the number of published cases of each part."""
    tags = Tag.objects.filter(facet="region").values_list("value").annotate(n=Count("page"))
    counted = dict(tags)
    return [
        Figure(
            drawing=drawing,
            places=tuple(Place(region=r, count=counted.get(r.site, 0)) for r in drawing.regions),
        )
        for drawing in drawings()
    ]
