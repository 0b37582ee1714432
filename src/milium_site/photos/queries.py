"""Reading photos. Whoever asks came in by a case that is theirs: a photo is never reached by its key alone."""

from __future__ import annotations

import secrets

from milium_site.cases.models import Case
from milium_site.cases.workflow import DRAFT, WITHDRAWN
from milium_site.photos import store
from milium_site.photos.models import Photo


def photos_of(case: Case) -> list[Photo]:
    """The photos of the case, in the order they were added."""
    return list(Photo.objects.filter(case=case))


def photos_for_panel(case: Case) -> list[Photo]:
    """Those of them that the panel sees: a late one waits for a moderator first, where cases do."""
    return list(Photo.objects.filter(case=case, waits=False))


def waiting_photos(case: Case) -> list[Photo]:
    """Those of them that wait for a moderator, the one added last at the end."""
    return list(Photo.objects.filter(case=case, waits=True).order_by("pk"))


def photo_of(case: Case, key: str) -> Photo:
    """One photo of this case. Raises ``Photo.DoesNotExist``, for a photo of another case too."""
    return Photo.objects.select_related("case").get(case=case, key=key)


def photo_for_panel(case: Case, key: str) -> Photo:
    """One photo of this case that its panel sees. Raises ``Photo.DoesNotExist``."""
    return Photo.objects.select_related("case").get(case=case, key=key, waits=False)


def case_for_moderator(key: str) -> Case:
    """A case whose photos moderators look at: one that was sent and not taken back. Raises ``Case.DoesNotExist``."""
    return Case.objects.exclude(state__in=[DRAFT, WITHDRAWN]).get(key=key)


def photo_sent_as(case: Case, upload: str) -> Photo | None:
    """The photo that a form's number led to, if it was sent before."""
    return Photo.objects.filter(case=case, upload=upload).first()


def picture(photo: Photo, size: str) -> bytes:
    """The WebP bytes of one size. Raises ``store.Missing`` when the store has lost it."""
    sha256 = photo.sizes[size]["sha256"]
    return store.read(photo.case.key, photo.key, size, sha256=sha256)


def new_key() -> str:
    """A name that cannot be guessed: 128 bits."""
    return secrets.token_urlsafe(16)
