"""Finding in the archive: the index gives keys, the database says what of them is there to be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from milium.api import Hit, Snippet
from milium.errors import BadIndex
from milium_site.archive.keeper import keeper
from milium_site.archive.models import PublishedCase
from milium_site.archive.queries import pages_in_order


Filters = Sequence[tuple[str, str]]
# How much of the best score a match must have to count as like a case.
ALIKE, MOST_ALIKE = 0.5, 3


class NotReady(Exception):
    """The index is being built: the site answers without it for a while."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A published case that was found."""

    page: PublishedCase
    hit: Hit

    @property
    def snippet(self) -> Snippet:
        """The passage that matches best: cut out only where it is shown."""
        return self.hit.snippet()


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """What was found, best first; ``more`` when there is another page; spellings that were mended on the way."""

    found: tuple[Match, ...]
    more: bool
    mended: tuple[tuple[str, str], ...]
    understood: bool


def search(query: str, *, filters: Filters = (), skip: int = 0, limit: int = 10) -> Matches:
    """The published cases that answer the query best. Raises ``NotReady``, and ``UnusableInput`` on a filter that is none."""
    kept = keeper()
    archive = kept.archive
    if archive is None:
        raise NotReady
    try:
        found = archive.search(query, limit=skip + limit + 1, filters=filters)
    except BadIndex as error:
        kept.lost()
        raise NotReady from error
    hits = found.hits[skip : skip + limit]
    return Matches(
        found=tuple(_matches(hits)),
        more=len(found.hits) > skip + limit,
        mended=found.mended,
        understood=found.understood,
    )


def _matches(hits: Sequence[Hit]) -> list[Match]:
    by_key = {hit.id: hit for hit in hits}
    return [Match(page=page, hit=by_key[page.key]) for page in pages_in_order([*by_key])]


def like_this(text: str) -> Matches | None:
    """Published cases like the text: those nearly as close as the closest; None while the index is being built."""
    try:
        found = search(text, limit=MOST_ALIKE)
    except NotReady:
        return None
    best = found.found[0].hit.score if found.found else 0.0
    near = tuple(match for match in found.found if match.hit.score >= ALIKE * best)
    return Matches(found=near, more=False, mended=found.mended, understood=found.understood)


def counted(query: str, filters: Filters) -> Mapping[str, Mapping[str, int]]:
    """How many of the cases that could be found have each facet's value. Raises ``NotReady``."""
    kept = keeper()
    archive = kept.archive
    if archive is None:
        raise NotReady
    try:
        return archive.facets(query, filters=filters)
    except BadIndex as error:
        kept.lost()
        raise NotReady from error


def suggested(typed: str) -> tuple[str, ...]:
    """Names in the archive that begin as typed; none while the index is being built."""
    kept = keeper()
    archive = kept.archive
    if archive is None:
        return ()
    try:
        return archive.suggest(typed)
    except BadIndex:
        kept.lost()
        return ()
