"""Photos in the archive: chosen by the asker, looked at by a moderator, gone with the publication."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests import factories as make

from milium_site.archive.actions import unpublish_case
from milium_site.archive.models import Publication, PublishedCase, PublishedPhoto
from milium_site.archive.pictures import store
from milium_site.archive.pictures.actions import choose_photos, sweep_pictures
from milium_site.archive.policies import NotNow
from milium_site.casebook.actions import erase_case, withdraw_consent
from milium_site.cases.models import Case
from milium_site.consents.actions import withdraw_consent as end_consent
from milium_site.consents.queries import has_consent
from milium_site.consents.texts import ARCHIVE_PHOTOS, ARCHIVE_TEXT
from milium_site.photos.actions import Shows, remove_photo


# What hangs on the end of a transaction happens in these tests, too.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _a_store_of_ones_own(settings: Settings, tmp_path: Path) -> None:
    """Tables are emptied after each of these tests, and files are not: a shared store would hold what others left."""
    settings.MEDIA_ROOT = str(tmp_path)


def address_of(shown: PublishedPhoto, size: str = "view") -> str:
    return reverse("published-photo", args=[shown.page.name, shown.key, size])


def original_of(shown: PublishedPhoto) -> Case:
    return shown.photo.case


def files_of(key: str) -> list[str]:
    return [k for k, _ in store.every_file() if k == key]


def test_a_chosen_photo_stands_beside_the_case_and_anybody_can_see_it(client: Client) -> None:
    shown = make.published_photo(make.specialist())

    page = client.get(shown.page.get_absolute_url()).content.decode()
    picture = client.get(address_of(shown))

    assert address_of(shown, "thumb") in page
    assert picture.status_code == 200
    assert picture.content[:4] == b"RIFF"
    assert picture.headers["Cache-Control"] == "public, no-cache"
    again = client.get(address_of(shown), headers={"If-None-Match": picture.headers["ETag"]})
    assert again.status_code == 304
    assert shown.photo.key not in page
    assert has_consent(original_of(shown), ARCHIVE_PHOTOS)


@pytest.mark.parametrize("way", ["photos", "words", "taken back", "erased", "photo", "unticked"])
def test_a_photo_goes_with_its_consent_its_page_its_case_or_its_original(
    way: str, client: Client
) -> None:
    shown = make.published_photo(make.specialist())
    case, address, page = original_of(shown), address_of(shown), shown.page
    assert client.get(address).status_code == 200
    assert page.publication

    match way:
        case "photos":
            withdraw_consent(case=case, purpose=ARCHIVE_PHOTOS)
        case "words":
            withdraw_consent(case=case, purpose=ARCHIVE_TEXT)
        case "taken back":
            unpublish_case(case=case, because="asker")
        case "erased":
            erase_case(case=case)
        case "photo":
            remove_photo(photo=shown.photo)
        case _:
            choose_photos(publication=page.publication, keys=[])

    assert client.get(address).status_code == 410
    assert files_of(shown.key) == []
    assert not PublishedPhoto.objects.exists()
    if way in {"photos", "photo", "unticked"}:
        left = client.get(page.get_absolute_url())
        assert left.status_code == 200
        assert shown.key not in left.content.decode()


@pytest.mark.parametrize(
    "shows",
    [
        Shows(view="close", knowable="yes", alt="A neck", site="site:neck"),
        Shows(view="close", knowable="unsure", alt="A neck", site="site:neck"),
        Shows(view="close", knowable="no", intimate="chosen", alt="Skin", site="site:breast"),
    ],
)
def test_a_photo_that_may_tell_who_it_is_or_is_intimate_is_never_published(shows: Shows) -> None:
    asked = make.photographed(make.specialist(), shows=shows)

    page = make.approved(asked)

    assert Publication.objects.get(case=asked.case).chosen == []
    assert not page.photos.exists()
    assert not has_consent(asked.case, ARCHIVE_PHOTOS)


def test_nothing_is_published_before_a_moderator_looked_at_each_photo() -> None:
    asked = make.photographed(make.specialist())

    with pytest.raises(NotNow, match="1 to go"):
        make.approved(asked)
    assert not PublishedCase.objects.exists()


def test_what_shows_a_mark_stays_private_and_the_words_are_published() -> None:
    page = make.approved(make.judged(make.photographed(make.specialist()), "yes"))

    assert not page.photos.exists()
    assert list(store.every_file()) == []


def test_without_the_consent_for_photos_the_words_are_published_alone() -> None:
    asked = make.judged(make.photographed(make.specialist()))
    end_consent(case=asked.case, purpose=ARCHIVE_PHOTOS)

    assert not make.approved(asked).photos.exists()


def test_the_words_for_who_cannot_see_it_are_masked(client: Client) -> None:
    shows = Shows(
        view="close", knowable="no", alt="Neck of Anna Petrova, close up", site="site:neck"
    )
    asked = make.judged(make.photographed(make.specialist(), shows=shows))

    page = make.approved(asked)

    assert "Petrova" not in page.photos.get().alt
    assert "Petrova" not in client.get(page.get_absolute_url()).content.decode()


def test_the_asker_chooses_on_their_page_and_the_moderator_judges_on_theirs(
    client: Client,
) -> None:
    asked = make.open_case()
    photo = make.photo(asked.case)
    make.signed(asked.case, make.specialist())
    address = reverse("publication", args=[asked.link])
    client.post(address, {"do": "photos", "photo": [photo.key, "not-mine"]})
    shown = client.get(address)
    client.post(address, {"do": "yes", "seen": shown.context["seen"]})
    moderator = make.user("Mo", is_moderator=True)
    client.force_login(moderator)
    publication = Publication.objects.get(case=asked.case)
    review = reverse("publication-review", args=[publication.pk])

    assert photo.key in client.get(review).content.decode()
    client.post(review, {"do": "photo", "photo": photo.key, "marks": "no"})
    client.post(review, {"do": "publish"})

    assert PublishedPhoto.objects.get().photo == photo


def test_a_copy_that_no_row_speaks_of_is_swept_away(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = make.published_photo(make.specialist())
    store.write("leftover", {"view": b"x", "thumb": b"y"})
    # Nothing here is an hour old.
    monkeypatch.setattr(
        "milium_site.archive.pictures.actions.SURELY_LEFT_OVER", timedelta(hours=-1)
    )

    assert sweep_pictures() == 1

    assert files_of("leftover") == []
    assert len(files_of(shown.key)) == len(store.SIZES)
    assert default_storage.exists(f"published/{shown.key}.view.webp")
