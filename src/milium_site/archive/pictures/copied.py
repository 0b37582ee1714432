"""A photo as it would be published."""

from __future__ import annotations

from dataclasses import dataclass

from milium_site.archive.masking import Covered
from milium_site.photos.models import Photo


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One photo of the copy; ``photo`` is the original, ``alt`` its words for who cannot see it."""

    photo: Photo
    alt: Covered
    caption: str
