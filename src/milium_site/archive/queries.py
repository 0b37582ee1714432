"""Reading the archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import QuerySet

from milium_site.archive.masking import Wishes
from milium_site.archive.models import (
    Change,
    Gone,
    Ledger,
    Publication,
    PublishedCase,
    PublishedPhoto,
)
from milium_site.archive.pictures.policies import chosen_of
from milium_site.archive.workflow import STALE, WAITING
from milium_site.cases.models import Case
from milium_site.opinions.models import Opinion
from milium_site.opinions.queries import opinions_seen_by
from milium_site.opinions.visibility import TheAsker
from milium_site.photos.models import Photo
from milium_site.photos.queries import photos_of


def publication_of(case: Case) -> Publication | None:
    """The case's way into the archive, where it has begun."""
    return Publication.objects.filter(case=case).first()


def page_of(case: Case) -> PublishedCase | None:
    """The case's published copy, where there is one."""
    return PublishedCase.objects.filter(publication__case=case).first()


def is_gone(key: str) -> bool:
    """Whether a page of this key was withdrawn."""
    return Gone.objects.filter(key=key).exists()


def ledger() -> tuple[str, int]:
    """Which archive this is, and how often it has changed."""
    found = Ledger.objects.values_list("identity", "changes").first()
    return (str(found[0]), found[1]) if found else ("", 0)


def changes_after(number: int) -> list[str]:
    """The keys of the pages that changed after the ``number``-th change, each once."""
    keys = Change.objects.filter(number__gt=number).order_by("number")
    return list(dict.fromkeys(keys.values_list("key", flat=True)))


def pages(keys: Iterable[str] | None = None) -> Iterator[PublishedCase]:
    """Every published case with its answers and tags, or those of these keys; never all in memory at once."""
    every = PublishedCase.objects.prefetch_related("opinions", "tags").order_by("pk")
    if keys is not None:
        every = every.filter(key__in=list(keys))
    return every.iterator(chunk_size=500)


def pages_in_order(keys: Sequence[str]) -> list[PublishedCase]:
    """The published cases of these keys in their order; one that is gone is left out."""
    found = {
        page.key: page
        for page in PublishedCase.objects.prefetch_related("opinions").filter(key__in=keys)
    }
    return [found[key] for key in keys if key in found]


def standing_opinions(case: Case) -> list[Opinion]:
    """The signed answers whose words stand, in the order they were signed."""
    return opinions_seen_by(TheAsker(), case)


def chosen_photos(publication: Publication) -> list[Photo]:
    """The photos that the asker wants beside the words, as far as they may stand there."""
    return chosen_of(publication, photos_of(publication.case)) if publication.chosen else []


def published_photo(key: str) -> PublishedPhoto | None:
    """A published photo by its key."""
    return PublishedPhoto.objects.select_related("page").filter(key=key).first()


def wishes_of(publication: Publication) -> Wishes:
    """What people want masked or shown beyond the rules."""
    return Wishes(
        taken_out=tuple(publication.taken_out),
        masked=tuple(publication.masked),
        kept=tuple(publication.kept),
    )


def latest(most: int) -> list[PublishedCase]:
    """The newest published cases."""
    return list(PublishedCase.objects.order_by("-published_at", "-pk")[:most])


def every_page() -> QuerySet[PublishedCase]:
    """The published cases, the newest first."""
    return PublishedCase.objects.order_by("-published_at", "-pk")


def page_by_key(key: str) -> PublishedCase | None:
    """The published case of this key."""
    found = PublishedCase.objects.select_related("publication").prefetch_related(
        "opinions", "tags", "photos"
    )
    return found.filter(key=key).first()


def waiting_publications() -> list[Publication]:
    """What moderators have to read, in the order in which it came."""
    found = Publication.objects.filter(state__in=WAITING).select_related("case", "decided_by")
    return list(found.order_by("proposed_at", "pk"))


def stale_publications() -> list[Publication]:
    """Published cases whose term is over, the longest over first."""
    found = Publication.objects.filter(state=STALE).select_related("page")
    return list(found.order_by("page__review_by", "pk"))


def amended_pages() -> list[PublishedCase]:
    """Published cases one of whose answers its author has changed since."""
    return list(PublishedCase.objects.filter(opinions__amended=True).distinct().order_by("pk"))
