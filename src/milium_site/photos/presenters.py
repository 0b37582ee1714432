"""What pages show of photos: to the asker, the panel and moderators, each by addresses of their own."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from milium_site.cases.models import Case
from milium_site.photos.models import Photo
from milium_site.photos.quality import ADVICE
from milium_site.photos.queries import photos_for_panel, photos_of
from milium_site.photos.words import words_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One photo for a page: addresses of its three sizes, its words, and how large ``thumb`` and ``full`` are."""

    key: str
    number: int
    thumb: str
    view: str
    full: str
    alt: str
    caption: str
    width: int
    height: int
    thumb_width: int
    thumb_height: int
    is_late: bool
    waits: bool
    knowable: str
    intimate: str
    advice: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ByLink:
    """The asker's way to a photo. ``link`` is the case's secret link."""

    link: str

    def address(self, photo: Photo, size: str) -> str:
        """The address of one size."""
        return reverse("photo", args=[self.link, photo.key, size])


@dataclass(frozen=True, slots=True, kw_only=True)
class ByPanel:
    """The way of a specialist with a seat."""

    def address(self, photo: Photo, size: str) -> str:
        """The address of one size."""
        return reverse("panel-photo", args=[photo.case.key, photo.key, size])


@dataclass(frozen=True, slots=True, kw_only=True)
class ByModerator:
    """A moderator's way."""

    def address(self, photo: Photo, size: str) -> str:
        """The address of one size."""
        return reverse("moderator-photo", args=[photo.case.key, photo.key, size])


Way = ByLink | ByPanel | ByModerator


def photos_shown(case: Case, way: Way) -> list[Shown]:
    """The photos of a case, as ``photos/_viewer.html`` takes them; empty where there are none."""
    photos = photos_for_panel(case) if isinstance(way, ByPanel) else photos_of(case)
    return [shown(photo, way, number) for number, photo in enumerate(photos, 1)]


def shown(photo: Photo, way: Way, number: int = 1) -> Shown:
    """One photo."""
    full, thumb = photo.sizes["full"], photo.sizes["thumb"]
    return Shown(
        key=photo.key,
        number=number,
        **{size: way.address(photo, size) for size in ("thumb", "view", "full")},
        alt=photo.alt,
        caption=words_for(site=photo.site, view=photo.view, side=photo.side),
        width=full["width"],
        height=full["height"],
        thumb_width=thumb["width"],
        thumb_height=thumb["height"],
        is_late=photo.is_late,
        waits=photo.waits,
        knowable=photo.knowable,
        intimate=photo.intimate,
        advice=tuple(ADVICE[doubt] for doubt in photo.quality["doubts"]),
    )
