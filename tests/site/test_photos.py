"""Photos of a case: who may add which, that sending twice is sending once, and that what is erased is gone."""

from __future__ import annotations

import io
import os
import re
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from PIL import Image
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from tests import factories as make
from tests.site import photo_files as files

from milium_site.cases.actions import About, withdraw_case
from milium_site.cases.models import Case
from milium_site.foundation import uploads
from milium_site.moderation.actions import move_case
from milium_site.photos import store, views, workshop
from milium_site.photos.actions import erase_photos, remove_photo
from milium_site.photos.cleaning import Refused
from milium_site.photos.limits import MOST_OF_A_CASE, SIZES
from milium_site.photos.models import Photo
from milium_site.photos.presenters import ByLink, ByPanel, photos_shown
from milium_site.photos.queries import new_key, picture
from milium_site.record.models import Entry


pytestmark = pytest.mark.django_db
ADULT = About(who_for="self", age=40, sex="female", place="Maine", country="US")


def sent(data: bytes | None = None, **changed: str) -> dict[str, object]:
    """What the form sends."""
    data = files.saved(files.picture(), "JPEG", exif=files.exif()) if data is None else data
    return {
        "photo": SimpleUploadedFile("photo.jpg", data, "image/jpeg"),
        "upload": new_key(),
        "view": "close",
        "site": "site:neck",
        "side": "left",
        "knowable": "no",
        "intimate": "no",
        "alt": "",
    } | changed


def add(client: Client, asked: make.Asked, *, part: bool = False, **changed: str) -> int:
    headers = {"X-Photo": "part"} if part else {}
    address = reverse("photos", args=[asked.link])
    return client.post(address, sent(**changed), headers=headers).status_code


def on_disk(case: Case) -> list[Path]:
    return sorted(Path(settings.MEDIA_ROOT).glob(f"photos/{case.key}/*"))


def test_a_photo_with_a_place_goes_in_and_none_is_kept_or_served(client: Client) -> None:
    asked = make.draft_case()

    assert add(client, asked) == 302

    (photo,) = asked.case.photos.all()
    for size in SIZES:
        response = client.get(reverse("photo", args=[asked.link, photo.key, size]))
        assert response.headers["Content-Type"] == "image/webp"
        assert response.headers["Cache-Control"] == "private, no-store"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert files.SECRET.encode() not in response.content
        assert not Image.open(io.BytesIO(response.content)).getexif()
    assert all(files.SECRET.encode() not in file.read_bytes() for file in on_disk(asked.case))
    assert photo.alt == "Left neck, close up"


def test_the_same_form_sent_twice_is_one_photo(client: Client) -> None:
    asked = make.draft_case()
    upload = new_key()

    assert [add(client, asked, part=True, upload=upload) for _ in range(2)] == [201, 201]

    assert asked.case.photos.count() == 1
    assert len(on_disk(asked.case)) == len(SIZES)


@pytest.mark.parametrize("data", [b"", b"hello", b"<svg xmlns='http://www.w3.org/2000/svg'/>"])
def test_what_cannot_be_cleaned_leaves_nothing_behind(data: bytes, client: Client) -> None:
    asked = make.draft_case()

    response = client.post(reverse("photos", args=[asked.link]), sent(data))

    assert response.status_code == 422
    assert not asked.case.photos.exists()
    assert on_disk(asked.case) == []


def test_what_is_too_long_is_refused_by_its_head(client: Client) -> None:
    asked = make.draft_case()

    response = client.post(
        reverse("photos", args=[asked.link]),
        b"",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(settings.FILE_UPLOAD_MAX_MEMORY_SIZE + 1),
    )

    assert response.status_code == 413


def test_so_many_photos_are_received_at_once_and_pages_go_on(client: Client) -> None:
    asked = make.draft_case()
    head = {"content_type": "multipart/form-data; boundary=x", "CONTENT_LENGTH": str(10**6)}
    address = reverse("photos", args=[asked.link])
    for _ in range(uploads.RECEIVED_AT_ONCE):
        uploads._places.acquire()
    try:
        refused = client.post(address, b"", **head)  # type: ignore[arg-type] # a head
        page = client.get(address)
    finally:
        for _ in range(uploads.RECEIVED_AT_ONCE):
            uploads._places.release()

    assert (refused.status_code, refused.headers["Retry-After"]) == (503, str(uploads.AFTER))
    assert page.status_code == 200
    assert add(client, asked) == 302


def test_a_crowd_is_asked_to_send_again(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = make.draft_case()
    monkeypatch.setattr(workshop, "_places", workshop.threading.Semaphore(0))

    response = client.post(
        reverse("photos", args=[asked.link]), sent(), headers={"X-Photo": "part"}
    )

    assert (response.status_code, response.headers["Retry-After"]) == (503, str(views.AFTER))
    monkeypatch.undo()
    assert add(client, asked) == 302


@pytest.mark.parametrize(
    ("about", "site", "intimate", "status"),
    [
        (ADULT, "site:neck", "no", 302),
        (ADULT, "site:neck", "asked", 302),
        (ADULT, "site:neck", "chosen", 302),
        (ADULT, "site:neck", "minor", 422),
        (About(who_for="self", age=17), "site:neck", "no", 302),
        (About(who_for="self", age=17), "site:neck", "asked", 422),
        (About(who_for="self", age=17), "site:neck", "minor", 422),
        (About(who_for="child", age=30), "site:neck", "chosen", 422),
        (About(who_for="child"), "site:neck", "chosen", 422),
        (About(who_for="self"), "site:neck", "chosen", 422),
        (About(who_for="other", age=18), "site:neck", "asked", 302),
    ],
)
def test_no_intimate_photo_of_a_minor_is_kept(
    about: About, site: str, intimate: str, status: int, client: Client
) -> None:
    asked = make.draft_case(about=about)

    assert add(client, asked, site=site, intimate=intimate) == status

    assert asked.case.photos.exists() is (status == 302)
    assert bool(on_disk(asked.case)) is (status == 302)


def test_an_intimate_place_counts_as_an_intimate_photo_whatever_was_ticked(client: Client) -> None:
    words = "My son has had a red rash on his penis for 3 days."
    child = make.draft_case(words, about=About(who_for="child", age=6))
    adult = make.draft_case(words, about=ADULT)

    for asked in (child, adult):
        assert add(client, asked, site="site:penis", intimate="no") == 422
        assert not asked.case.photos.exists()

    assert add(client, adult, site="site:penis", intimate="asked") == 302


def test_a_case_takes_so_many_photos_and_no_more(client: Client) -> None:
    asked = make.draft_case()
    for _ in range(MOST_OF_A_CASE):
        make.photo(asked.case)

    assert add(client, asked) == 422
    assert asked.case.photos.count() == MOST_OF_A_CASE
    assert len(on_disk(asked.case)) == MOST_OF_A_CASE * len(SIZES)


def test_a_photo_of_a_sent_case_is_marked_as_added_later(client: Client) -> None:
    make.specialist()
    draft, sent_case = make.draft_case(), make.open_case()

    for asked in (draft, sent_case):
        add(client, asked)

    assert [asked.case.photos.get().is_late for asked in (draft, sent_case)] == [False, True]
    assert [s.is_late for s in photos_shown(sent_case.case, ByPanel())] == [True]


def test_a_withdrawn_case_gives_no_photo_to_anybody(client: Client) -> None:
    specialist = make.specialist()
    asked = make.open_case()
    photo = make.photo(asked.case)
    ways = {
        reverse("photo", args=[asked.link, photo.key, "thumb"]): None,
        reverse("panel-photo", args=[asked.case.key, photo.key, "thumb"]): specialist.user,
        reverse("moderator-photo", args=[asked.case.key, photo.key, "thumb"]): make.user(
            is_moderator=True
        ),
    }
    for expected in (200, 404):
        for address, user in ways.items():
            client.logout()
            if user:
                client.force_login(user)
            assert client.get(address).status_code == expected
        if expected == 200:
            withdraw_case(case=asked.case)


def test_a_photo_is_not_reached_by_its_key_from_another_case(client: Client) -> None:
    asked, other = make.open_case(), make.open_case()
    photo = make.photo(asked.case)

    statuses = [
        client.get(reverse("photo", args=[a.link, photo.key, "thumb"])).status_code
        for a in (asked, other)
    ]

    assert statuses == [200, 404]


def test_every_read_and_write_of_a_photo_is_recorded(client: Client) -> None:
    asked = make.draft_case()
    add(client, asked)
    photo = asked.case.photos.get()
    client.get(reverse("photo", args=[asked.link, photo.key, "view"]))
    client.post(reverse("photo-page", args=[asked.link, photo.key]), {"remove": "yes"})

    entries = Entry.objects.filter(kind="photo", key=photo.key, case_key=asked.case.key)

    assert [e.verb for e in entries] == ["added", "read", "removed"]
    assert {e.actor_kind for e in entries} == {"asker"}


def test_what_a_photo_shows_can_be_put_right(client: Client) -> None:
    asked = make.draft_case()
    add(client, asked)
    photo = asked.case.photos.get()
    address = reverse("photo-page", args=[asked.link, photo.key])
    said = {k: v for k, v in sent().items() if k not in {"photo", "upload"}}

    client.post(address, said | {"alt": photo.alt, "view": "far"})
    photo.refresh_from_db()
    assert (photo.view, photo.alt) == ("far", "Left neck, from afar")

    client.post(address, said | {"alt": "Red patch under the ear", "view": "medium"})
    photo.refresh_from_db()
    assert (photo.view, photo.alt) == ("medium", "Red patch under the ear")


def test_a_removed_photo_is_gone_row_and_files(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    asked = make.draft_case()
    gone, stays = make.photo(asked.case), make.photo(asked.case)

    with django_capture_on_commit_callbacks(execute=True):
        remove_photo(photo=gone)

    assert [p.key for p in asked.case.photos.all()] == [stays.key]
    assert {f.name.partition(".")[0] for f in on_disk(asked.case)} == {stays.key}


def test_an_erased_case_keeps_no_file_and_no_folder(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    asked = make.draft_case()
    for _ in range(3):
        make.photo(asked.case)

    with django_capture_on_commit_callbacks(execute=True):
        assert erase_photos(case=asked.case) == 3

    assert not Photo.objects.filter(case=asked.case).exists()
    assert not Path(settings.MEDIA_ROOT, "photos", asked.case.key).exists()


def test_files_without_a_row_are_swept_and_those_of_a_row_stay() -> None:
    asked = make.draft_case()
    photo = make.photo(asked.case)
    lost, fresh = new_key(), new_key()
    for key in (lost, fresh):
        store.write(asked.case.key, key, make.picture().sizes)
    old = time.time() - 7200
    for file in on_disk(asked.case):
        if not file.name.startswith(fresh):
            os.utime(file, (old, old))

    call_command("sweep_photos", verbosity=0)

    assert {f.name.partition(".")[0] for f in on_disk(asked.case)} == {photo.key, fresh}
    on_disk(asked.case)[0].unlink()
    for file in on_disk(asked.case):
        file.unlink()
    with pytest.raises(CommandError):
        call_command("sweep_photos", verbosity=0)
    photo.delete()


def test_a_failed_row_leaves_no_file(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = make.draft_case()

    def broken(**_: object) -> None:
        raise RuntimeError("the database went away")

    monkeypatch.setattr("milium_site.photos.intake.keep_photo", broken)
    with pytest.raises(RuntimeError):
        add(client, asked)

    assert on_disk(asked.case) == []


def test_a_picture_that_was_changed_in_the_store_is_not_shown(client: Client) -> None:
    asked = make.draft_case()
    photo = make.photo(asked.case)
    sizes = photo.sizes | {"thumb": photo.sizes["thumb"] | {"sha256": "0" * 64}}

    assert picture(photo, "thumb")
    photo.sizes = sizes
    with pytest.raises(store.Missing):
        picture(photo, "thumb")


def test_the_viewer_is_plain_links_to_the_full_size(client: Client) -> None:
    from django.template.loader import render_to_string  # noqa: PLC0415 (templates load after the settings)

    asked = make.draft_case()
    make.photo(asked.case)
    shown = photos_shown(asked.case, ByLink(link=asked.link))

    html = render_to_string("photos/_viewer.html", {"photos": shown})

    (address,) = re.findall(r'<a href="([^"]+)"', html)
    assert client.get(address).status_code == 200
    assert 'alt="Neck, close up"' in html
    assert "style=" not in html


def test_refusals_have_words_for_the_person() -> None:
    assert str(Refused("broken")) == (
        "We could not clean this photo, so we did not keep it. Take it again or choose another."
    )


@pytest.mark.parametrize(
    ("what", "adds", "says"),
    [
        ("return", True, "Three help most"),
        ("hold", False, "A moderator is looking at your case."),
        ("remove", False, "A moderator took your case down."),
    ],
)
def test_a_case_with_a_moderator_says_why_it_takes_no_photo_and_lets_one_be_taken_away(
    what: str,
    adds: bool,  # noqa: FBT001 (a parameter of the test)
    says: str,
    client: Client,
    settings: Settings,
) -> None:
    settings.MILIUM_SCREENING = "moderator"
    asked = make.sent_case()
    photo, moderator = make.photo(asked.case), make.user("Mo", is_moderator=True)
    move_case(case=asked.case, what=what, by=moderator, reason="A face.", seen="screening")

    page = client.get(reverse("photos", args=[asked.link])).content.decode()
    assert says in page
    assert "This case is closed" not in page
    assert (add(client, asked) == 302) == adds
    address = reverse("photo-page", args=[asked.link, photo.key])
    assert client.post(address, {"remove": "yes"}).status_code == 302
    assert not Photo.objects.filter(key=photo.key).exists()
