"""The body as it is drawn: its regions, which of them a reading marks, and what choosing others changes. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from milium.api import ConceptRef, vocabulary
from milium_site.cases.corrections import Added, Corrections


DRAWING = Path(__file__).with_name("data") / "body.json"
Figure = Literal["body", "head", "list"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A path of the drawing, and where it stands (an SVG transform)."""

    d: str
    transform: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A place that can be chosen: a site of the vocabulary, drawn on a figure or only in the list beside it."""

    site: str
    name: str
    words: str
    figure: Figure
    shapes: tuple[Shape, ...]

    @property
    def id(self) -> str:
        """How a page names it."""
        return self.site.replace(":", "-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """One figure with its regions; ``width`` and ``height`` are those of its SVG view box."""

    id: Figure
    name: str
    width: int
    height: int
    regions: tuple[Region, ...]


@lru_cache(maxsize=1)
def regions() -> tuple[Region, ...]:
    """Every region, head to foot."""
    return tuple(_region(row) for row in _table()["regions"])


@lru_cache(maxsize=1)
def drawings() -> tuple[Drawing, ...]:
    """The figures, then the places that are on none."""
    drawn = (
        Drawing(id=name, regions=_on(name), **figure)
        for name, figure in _table()["figures"].items()
    )
    return (*drawn, Drawing(id="list", name="Other places", width=0, height=0, regions=_on("list")))


def is_region(site: str) -> bool:
    """Whether the site is a region itself, and not a place within one."""
    return any(region.site == site for region in regions())


def region_of(site: str) -> Region | None:
    """The region a site belongs to: its own, else the nearest above it; None when no region holds it."""
    by_site = {region.site: region for region in regions()}
    level = [site]
    while level:
        if found := next((by_site[s] for s in level if s in by_site), None):
            return found
        level = [above for s in level for above in vocabulary().concept(s).is_a]
    return None


def marked(sites: Iterable[str]) -> frozenset[str]:
    """The sites of the regions that hold any of ``sites``."""
    return frozenset(region.site for site in sites if (region := region_of(site)))


def moved(
    corrections: Corrections, *, known: Iterable[str], before: frozenset[str], after: frozenset[str]
) -> Corrections:
    """The corrections after regions were ticked and unticked on the drawing.

    ``known`` are the sites read or added so far, whether kept or not; ``before`` the regions the page showed ticked.
    """
    known = list(known)
    gone = {s for s in known if (r := region_of(s)) and r.site in before - after}
    new = [r for r in regions() if r.site in after - before]
    back = {s for s in known if (r := region_of(s)) and r in new}
    fresh = (r for r in new if r.site not in marked(back))
    added = {a.name: a for a in (*corrections.added, *map(_added, fresh))}
    return replace(
        corrections,
        removed=(corrections.removed | _names(gone)) - _names(back),
        added=tuple(added.values()),
    )


def _names(sites: Iterable[str]) -> frozenset[str]:
    return frozenset(f"sites/{site}" for site in sites)


def _added(region: Region) -> Added:
    concept = vocabulary().concept(region.site)
    return Added(
        part="sites", words=region.words, concept=ConceptRef(id=concept.id, name=concept.name)
    )


def _on(figure: str) -> tuple[Region, ...]:
    return tuple(region for region in regions() if region.figure == figure)


def _region(row: Mapping[str, Any]) -> Region:
    shapes = [shape for drawn in row["shapes"] for shape in _shapes(drawn)]
    return Region(
        site=row["site"],
        name=row["name"],
        words=row["words"],
        figure=row["figure"],
        shapes=tuple(shapes),
    )


def _shapes(drawn: Mapping[str, Any]) -> Iterable[Shape]:
    at = drawn["at"]
    yield Shape(d=drawn["d"], transform=f"translate({at} 0)")
    if drawn["mirror"]:
        yield Shape(d=drawn["d"], transform=f"matrix(-1 0 0 1 {at} 0)")


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(DRAWING.read_text(encoding="utf-8"))
    return table
