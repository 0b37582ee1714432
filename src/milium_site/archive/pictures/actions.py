"""Every write to published photos, and to what people say of them on the way."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone

from milium_site.archive.changes.actions import note_change
from milium_site.archive.models import Gone, Publication, PublishedCase, PublishedPhoto
from milium_site.archive.pictures import store
from milium_site.archive.pictures.copied import Picture
from milium_site.archive.pictures.policies import MARKED, UNMARKED, chosen_of
from milium_site.archive.policies import NotNow, check_chooses_photos
from milium_site.archive.workflow import WAITING
from milium_site.cases.links import new_key
from milium_site.cases.models import Case
from milium_site.photos.models import Photo
from milium_site.photos.queries import photos_of, picture
from milium_site.record.actions import record


# A copy whose row is about to be written is younger than this.
SURELY_LEFT_OVER = timedelta(hours=1)


@transaction.atomic
def choose_photos(*, publication: Publication, keys: Collection[str]) -> Publication:
    """The asker wants these photos beside the words, and no other: one that is public and not among them goes at once.

    What may never be published is left out. Raises ``NotNow`` while a moderator reads it.
    """
    publication = Publication.objects.select_for_update(of=("self",)).get(pk=publication.pk)
    check_chooses_photos(publication)
    publication.chosen = [*keys]
    publication.chosen = [p.key for p in chosen_of(publication, photos_of(publication.case))]
    publication.save(update_fields=["chosen"])
    _take_down(publication, but=publication.chosen)
    case, number = publication.case.key, len(publication.chosen)
    record(verb="chose", kind="publication", key=str(publication.pk), case=case, photos=number)
    return publication


@transaction.atomic
def unpublish_photos(*, case: Case, because: str) -> None:
    """Takes every photo of the case out of the archive; its words stay. ``because`` is a word, never a person's words."""
    publication = Publication.objects.select_for_update(of=("self",)).filter(case=case).first()
    if publication is None:
        return
    publication.chosen = []
    publication.save(update_fields=["chosen"])
    _take_down(publication, but=())
    record(
        verb="withdrew", kind="publication", key=str(publication.pk), case=case.key, because=because
    )


@transaction.atomic
def judge_photo(*, publication: Publication, photo: Photo, answer: str) -> Publication:
    """A moderator says whether a face or another mark is visible. Raises ``NotNow`` when it is no answer or not theirs."""
    publication = Publication.objects.select_for_update(of=("self",)).get(pk=publication.pk)
    if publication.state not in WAITING:
        raise NotNow("This publication waits for nobody's review any more.")
    if answer not in {MARKED, UNMARKED}:
        raise NotNow("Say whether a face or another mark is visible: yes or no.")
    publication.judged = {**publication.judged, photo.key: answer}
    publication.save(update_fields=["judged"])
    record(verb="judged", kind="photo", key=photo.key, case=publication.case.key, marks=answer)
    return publication


@transaction.atomic
def publish_pictures(*, page: PublishedCase, pictures: Sequence[Picture]) -> None:
    """The page shows these pictures and no other, each a copy with files of its own."""
    wanted = {p.photo.pk for p in pictures}
    page.photos.exclude(photo_id__in=wanted).delete()
    there = {shown.photo_id: shown for shown in page.photos.all()}
    for number, shown in enumerate(pictures, start=1):
        old = there.get(shown.photo.pk)
        row = old or PublishedPhoto(page=page, photo=shown.photo, key=new_key())
        row.number, row.alt, row.caption = number, shown.alt.text, shown.caption
        if old is None:
            store.write(row.key, {size: picture(shown.photo, size) for size in store.SIZES})
            row.sizes = {size: shown.photo.sizes[size] for size in store.SIZES}
        try:
            row.save()
        except Exception:
            if old is None:
                store.remove(row.key)
            raise
        record(verb="published", kind="photo", key=shown.photo.key, case=shown.photo.case.key)


@transaction.atomic
def note_removed_picture(*, shown: PublishedPhoto) -> None:
    """A published photo is being deleted, however that came about: its files go, and its address answers 410."""
    Gone.objects.get_or_create(key=shown.key, defaults={"at": timezone.now()})
    note_change(key=shown.page.key)
    transaction.on_commit(partial(store.remove, shown.key))


def _take_down(publication: Publication, but: Collection[str]) -> None:
    gone = PublishedPhoto.objects.filter(page__publication=publication).exclude(photo__key__in=but)
    gone.delete()


@transaction.atomic
def sweep_pictures() -> int:
    """Removes copies that no row speaks of, which a crash left; says how many. Younger than an hour they may be on their way."""
    known = set(PublishedPhoto.objects.values_list("key", flat=True))
    before = timezone.now() - SURELY_LEFT_OVER
    left = {key for key, written in store.every_file() if key not in known and written < before}
    for key in left:
        store.remove(key)
    return len(left)
