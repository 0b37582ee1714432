"""A photo's way in: checked, cleaned, its files written, then its row. On any failure nothing of it stays."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager

from milium_site.cases.models import Case
from milium_site.photos import store, workshop
from milium_site.photos.actions import Pictures, Shows, keep_photo, replace_picture
from milium_site.photos.models import Photo
from milium_site.photos.policies import check_intimate, check_room, check_takes_photos
from milium_site.photos.queries import new_key, photo_sent_as, photos_of


DIGEST = re.compile(r"[0-9a-f]{64}")


def take_photo(*, case: Case, upload: str, data: bytes, shows: Shows, original: str = "") -> Photo:
    """The photo, kept. The same ``upload`` again gives the photo that is there.

    ``original`` is the SHA-256 of the file before it was cropped or covered, as the browser took it; without it, that
    of ``data``. Raises ``PhotoRefused``, ``cleaning.Refused`` and ``workshop.Busy``.
    """
    if there := photo_sent_as(case, upload):
        return there
    # Refused before any work is done; ``keep_photo`` asks again, with the case held.
    check_takes_photos(case)
    check_intimate(case, site=shows.site, intimate=shows.intimate)
    check_room(len(photos_of(case)))
    with _pictures(case, data, original) as pictures:
        photo, is_new = keep_photo(case=case, upload=upload, pictures=pictures, shows=shows)
    if not is_new:
        store.remove(case.key, pictures.key, pictures.sizes)
    return photo


def retake_photo(*, photo: Photo, data: bytes) -> Photo:
    """The photo with another picture in its place, as when a part of it was covered after it was cleaned.

    Raises ``PhotoRefused``, ``cleaning.Refused``, ``workshop.Busy``, and ``Photo.DoesNotExist`` when it is gone meanwhile.
    """
    check_takes_photos(photo.case)
    with _pictures(photo.case, data) as pictures:
        return replace_picture(photo=photo, upload=new_key(), pictures=pictures)


@contextmanager
def _pictures(case: Case, data: bytes, original: str = "") -> Iterator[Pictures]:
    """The cleaned picture in the store; gone again when what follows fails."""
    cleaned = workshop.cleaned(data)
    key = new_key()
    pictures = Pictures(
        key=key,
        sizes=store.write(case.key, key, cleaned.sizes),
        original=original if DIGEST.fullmatch(original) else hashlib.sha256(data).hexdigest(),
        quality=cleaned.quality.as_json(),
    )
    try:
        yield pictures
    except Exception:
        store.remove(case.key, key, pictures.sizes)
        raise
