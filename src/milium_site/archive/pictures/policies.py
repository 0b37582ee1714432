"""Which photos may stand in the archive. Pure but for what it is given."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from milium_site.archive.models import Publication
from milium_site.photos.models import Photo


# A moderator's answer to whether a face or another mark is visible.
UNMARKED, MARKED = "no", "yes"


def why_not(photo: Photo) -> str:
    """Why the photo can never be published, in words for its asker; empty when it can."""
    if photo.intimate != "no":
        return "It shows an intimate area. Such a photo is never published."
    if photo.knowable == "yes":
        return "You told us that somebody could know the person by it."
    if photo.knowable != "no":
        return "You were not sure whether somebody could know the person by it."
    return ""


def print_of(photo: Photo) -> str:
    """A digest of the picture and its words: what somebody saw when they said yes."""
    seen = f"{photo.sizes['full']['sha256']} {photo.alt} {photo.knowable} {photo.intimate}"
    return hashlib.sha256(seen.encode()).hexdigest()


def name_of(photo: Photo) -> str:
    """Its name among what was agreed to."""
    return f"photo:{photo.key}"


def chosen_of(publication: Publication, photos: Iterable[Photo]) -> list[Photo]:
    """The photos that the asker wants beside the words, as far as they may stand there."""
    return [p for p in photos if p.key in publication.chosen and not why_not(p)]


def agreed_photos(
    publication: Publication, now: Mapping[str, str], photos: Iterable[Photo]
) -> list[Photo]:
    """The chosen photos that are still those the asker said yes to."""
    return [
        p
        for p in chosen_of(publication, photos)
        if publication.agreed.get(name_of(p)) == now[name_of(p)]
    ]


def unmarked(publication: Publication, photos: Iterable[Photo]) -> list[Photo]:
    """The photos on which a moderator saw no face and no other mark."""
    return [p for p in photos if publication.judged.get(p.key) == UNMARKED]


def not_judged(publication: Publication, photos: Sequence[Photo]) -> list[Photo]:
    """The photos that no moderator has looked at."""
    return [p for p in photos if p.key not in publication.judged]
