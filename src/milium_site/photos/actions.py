"""Every write to photos. Files are written before their row and removed after it: see ``store``."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from milium_site.cases.models import Case
from milium_site.cases.workflow import DRAFT
from milium_site.photos import store
from milium_site.photos.models import Photo
from milium_site.photos.policies import check_intimate, check_room, check_takes_photos, waits
from milium_site.record.actions import record


# A photo whose row is about to be written is younger than this.
SURELY_LEFT_OVER = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shows:
    """What the asker says a photo shows. ``site`` is a concept's id or empty; ``alt`` the words for who cannot see it."""

    view: str
    knowable: str
    intimate: str = "no"
    site: str = ""
    side: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """What the store keeps of a photo, and what was measured of it."""

    key: str
    sizes: dict[str, dict[str, object]]
    original: str
    quality: dict[str, object]


@transaction.atomic
def keep_photo(*, case: Case, upload: str, pictures: Pictures, shows: Shows) -> tuple[Photo, bool]:
    """The row of a cleaned photo, and whether it is new: the same ``upload`` again is the photo that is there.

    Raises ``PhotoRefused`` when the case takes no photo, or not this one.
    """
    case = Case.objects.select_for_update().get(pk=case.pk)
    check_takes_photos(case)
    check_intimate(case, site=shows.site, intimate=shows.intimate)
    if there := Photo.objects.filter(case=case, upload=upload).first():
        return there, False
    check_room(Photo.objects.filter(case=case).count())
    photo = Photo.objects.create(
        case=case,
        upload=upload,
        is_late=case.state != DRAFT,
        waits=waits(case, settings.MILIUM_SCREENING),
        added_at=timezone.now(),
        **asdict(pictures),
        **asdict(shows),
    )
    record(
        verb="added",
        kind="photo",
        key=photo.key,
        case=case.key,
        view=photo.view,
        late=photo.is_late,
    )
    return photo, True


@transaction.atomic
def replace_picture(*, photo: Photo, upload: str, pictures: Pictures) -> Photo:
    """The photo with another picture: cropped, or covered in part. What was said of it stays; the picture before is erased.

    It is a new row, so that whatever was agreed to or decided of the picture before is not said of this one.
    Raises ``PhotoRefused``, and ``Photo.DoesNotExist`` when it was removed or replaced meanwhile.
    """
    case = Case.objects.select_for_update().get(pk=photo.case_id)
    check_takes_photos(case)
    before = Photo.objects.select_related("case").get(pk=photo.pk)
    said = {field.name: getattr(before, field.name) for field in fields(Shows)}
    kept = replace(pictures, original=before.original)
    remove_photo(photo=before, because="replaced")
    after = Photo.objects.create(
        case=case,
        upload=upload,
        is_late=before.is_late,
        waits=waits(case, settings.MILIUM_SCREENING),
        added_at=before.added_at,
        **asdict(kept),
        **said,
    )
    record(verb="replaced", kind="photo", key=after.key, case=case.key, late=case.state != DRAFT)
    return after


@transaction.atomic
def show_to_panel(*, photo: Photo) -> Photo:
    """Lets the panel see a photo that waited."""
    return _waiting(photo, now=False)


@transaction.atomic
def keep_waiting(*, photo: Photo) -> Photo:
    """Takes a photo from the panel's eyes until a moderator shows it again."""
    return _waiting(photo, now=True)


def _waiting(photo: Photo, *, now: bool) -> Photo:
    photo.waits = now
    photo.save(update_fields=["waits"])
    record(verb="hid" if now else "showed", kind="photo", key=photo.key, case=photo.case.key)
    return photo


@transaction.atomic
def describe_photo(*, photo: Photo, shows: Shows) -> Photo:
    """What the photo shows, put right. Raises ``PhotoRefused``."""
    case = Case.objects.select_for_update().get(pk=photo.case_id)
    check_takes_photos(case)
    check_intimate(case, site=shows.site, intimate=shows.intimate)
    for name, value in asdict(shows).items():
        setattr(photo, name, value)
    photo.save(update_fields=list(asdict(shows)))
    record(verb="described", kind="photo", key=photo.key, case=case.key)
    return photo


@transaction.atomic
def remove_photo(*, photo: Photo, because: str = "asker") -> None:
    """Takes the photo away, row and files, whatever state its case is in. ``because`` is a word for the record."""
    case = photo.case
    record(verb="removed", kind="photo", key=photo.key, case=case.key, because=because)
    photo.delete()
    # What cannot be removed now, because the store is away, is swept within hours: no row leads to it any more.
    transaction.on_commit(lambda: store.remove(case.key, photo.key, photo.sizes), robust=True)


@transaction.atomic
def erase_photos(*, case: Case) -> int:
    """Erases every photo of the case, rows and files. Says how many there were."""
    photos = list(Photo.objects.select_related("case").filter(case=case))
    for photo in photos:
        remove_photo(photo=photo, because="erased")
    return len(photos)


@transaction.atomic
def sweep_photos() -> tuple[int, int]:
    """Removes files that no row speaks of; says how many, and how many rows lack a file.

    Files younger than an hour are left: their row may be on its way.
    """
    rows = {p.key: p for p in Photo.objects.select_related("case")}
    before = timezone.now() - SURELY_LEFT_OVER
    files = list(store.every_file())
    left_over = [f for f in files if f.photo not in rows and f.written < before]
    for file in left_over:
        store.delete(file)
    there = {file.name for file in files}
    lacking = [
        p for p in rows.values() if not there.issuperset(store.names(p.case.key, p.key, p.sizes))
    ]
    return len(left_over), len(lacking)
