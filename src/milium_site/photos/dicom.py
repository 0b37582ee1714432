"""A kept photo as the DICOM file that goes to a clinic."""

from __future__ import annotations

from typing import Any, cast

from milium.api import ConceptRef, Photograph, vocabulary, write_dicom
from milium_site.photos.limits import LARGEST
from milium_site.photos.models import Photo
from milium_site.photos.queries import picture


def as_dicom(photo: Photo, *, number: int) -> bytes:
    """The photo as the ``number``-th of its case, under the case's key and no name. Its day is the one it came on."""
    known = vocabulary()
    site = known.concept(photo.site) if photo.site in known else None
    return write_dicom(
        Photograph(
            picture=picture(photo, LARGEST),
            case=photo.case.key,
            key=photo.key,
            number=number,
            site=ConceptRef(id=site.id, name=site.name) if site else None,
            side=cast("Any", photo.side),
            view=cast("Any", photo.view),
            text=photo.alt,
            taken_on=photo.added_at.date().isoformat(),
            sex=cast("Any", photo.case.sex or None),
            # Who is not sure whether somebody could be known counts as sure.
            is_knowable=photo.knowable != "no",
        )
    )
