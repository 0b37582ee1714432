"""Taking a case back and erasing it: what goes, what stays, and that twice is once. In every state a case can be in."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests import factories as make

from milium.api import case_from_json, read_dicom
from milium_site.casebook.actions import erase_case, withdraw_case, withdraw_consent
from milium_site.casebook.models import ErasedLink
from milium_site.cases.actions import About, move_case
from milium_site.cases.models import Case
from milium_site.consents.actions import give_consent
from milium_site.consents.queries import consents_of, has_consent
from milium_site.consents.texts import ARCHIVE_PHOTOS, ARCHIVE_TEXT, CARE, PURPOSES, RESEARCH
from milium_site.moderation.actions import move_case as hold
from milium_site.moderation.reports.actions import report
from milium_site.notices.actions import subscribe
from milium_site.outcomes.actions import Told, open_due_follow_ups, tell_outcome
from milium_site.photos import store
from milium_site.record.models import Entry
from milium_site.threads.actions import answer_panel, ask_asker


pytestmark = pytest.mark.django_db(transaction=True)

PLANTED = "zyxwabout"
TEXT = f"I have an itchy rash on my neck {PLANTED}. What can I do?"
ANSWER = f"This looks like contact dermatitis {PLANTED}. I recommend an emollient."
# What may speak of an erased case: the record names it by its key, the note of its link by a digest.
KEEPS_A_KEY = {"record.entry"}


def full_case() -> make.Asked:
    """A case with everything that can hang on one, the planted word in each text of it."""
    signs, drafts = make.specialist("Dr Signs"), make.specialist("Dr Drafts")
    asked = make.open_case(TEXT, about=About(age=40, place=PLANTED, country="US"))
    case = asked.case
    make.photo(case)
    question = ask_asker(case=case, specialist=signs, text=f"Since when {PLANTED}?")
    answer_panel(case=case, text=f"Since May {PLANTED}.", answers=question)
    make.draft(case, drafts, ANSWER)
    make.signed(case, signs, ANSWER)
    make.signed(case, drafts, ANSWER)
    (outcome, *_) = open_due_follow_ups(now=timezone.now() + timedelta(weeks=3))
    told = Told(chosen=(), helped="yes", side_effects=PLANTED, words=PLANTED)
    tell_outcome(outcome=outcome, told=told)
    moderator = make.user("Moderator", is_moderator=True)
    case.refresh_from_db()
    hold(case=case, what="hold", by=moderator, reason=f"Waits {PLANTED}.", seen=case.state)
    report(
        kind="case", key=case.key, case=case, reasons=["other"], words=PLANTED, source="somebody"
    )
    subscribe(
        about=f"case:{case.key}",
        channel="email",
        address=f"{PLANTED}@example.org",
        link=asked.link,
    )
    case.refresh_from_db()
    return asked


def traces(case_key: str, pk: int) -> dict[str, int]:
    """Rows of every table that hold the planted word, name the case by its key, or point at it."""
    found: dict[str, int] = {}
    for model in apps.get_models(include_auto_created=True):
        for row in model._default_manager.all():
            held = " ".join(str(getattr(row, f.attname)) for f in model._meta.concrete_fields)
            points = any(
                f.is_relation and f.related_model is Case and getattr(row, f.attname) == pk
                for f in model._meta.concrete_fields
            )
            own = model is Case and row.pk == pk
            if PLANTED in held or case_key in held or points or own:
                found[model._meta.label_lower] = found.get(model._meta.label_lower, 0) + 1
    return found


def files(case: Case) -> list[str]:
    return [k.name for k in store.every_file() if f"/{case.key}/" in k.name]


def test_what_is_looked_for_is_found_before_it_is_erased() -> None:
    asked = full_case()

    found = traces(asked.case.key, asked.case.pk)

    expected = {"cases.case", "cases.seat", "consents.consent", "threads.message"}
    expected |= {
        "moderation.decision",
        "moderation.report",
        "opinions.opinion",
        "outcomes.outcome",
        "photos.photo",
        "notices.subscriber",
    }
    assert expected <= set(found)
    assert files(asked.case)


def test_erasing_leaves_no_row_and_no_file() -> None:
    asked, other = full_case(), make.open_case()
    key, pk = asked.case.key, asked.case.pk

    for _ in range(2):
        erase_case(case=asked.case)

    assert set(traces(key, pk)) == KEEPS_A_KEY
    assert files(asked.case) == []
    assert Case.objects.filter(pk=other.case.pk).exists()
    assert Entry.objects.filter(verb="erase", kind="case", key=key).count() == 1
    assert ErasedLink.objects.count() == 1


def test_the_record_that_stays_holds_no_word_of_the_case() -> None:
    asked = full_case()
    erase_case(case=asked.case)

    for entry in Entry.objects.filter(case_key=asked.case.key):
        assert PLANTED not in json.dumps(entry.detail) + entry.key
        assert asked.link not in json.dumps(entry.detail) + entry.key


def test_taking_back_erases_every_word_and_keeps_that_there_was_a_case() -> None:
    asked = full_case()

    for _ in range(2):
        withdraw_case(case=asked.case)

    left = Case.objects.get(pk=asked.case.pk)
    assert left.state == "withdrawn"
    assert not any(
        PLANTED in str(getattr(row, f.attname))
        for model in apps.get_models()
        for row in model._default_manager.all()
        for f in model._meta.concrete_fields
    )
    assert files(asked.case) == []
    assert [left.messages.count(), left.opinions.count(), left.outcomes.count()] == [0, 0, 0]
    assert {c.purpose for c in consents_of(left)} == {CARE}
    assert not any(has_consent(left, purpose) for purpose in PURPOSES)


def in_state(state: str) -> make.Asked:
    """A case brought to a state by what people do."""
    if state == "draft":
        return make.draft_case()
    if state == "stopped":
        return make.stopped_case()
    author = make.specialist()
    asked = make.open_case()
    if state in {"answered", "closed"}:
        make.signed(asked.case, author)
    asked.case.refresh_from_db()
    if state in {"held", "removed", "closed"}:
        move_case(case=asked.case, to=state)
    if state == "returned":
        move_case(case=asked.case, to="held")
        move_case(case=asked.case, to="returned")
    asked.case.refresh_from_db()
    assert asked.case.state == state
    return asked


STATES = ("draft", "stopped", "open", "answered", "closed", "held", "returned", "removed")


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(("what", "left"), [("withdraw", 1), ("erase", 0)])
def test_from_every_state_a_case_can_be_left_by_pressing_twice(
    state: str, what: str, left: int, client: Client
) -> None:
    asked = in_state(state)
    url, page = reverse("leave", args=[asked.link]), reverse("case", args=[asked.link])

    assert client.get(url).status_code == 200
    unsure = client.post(url, {"what": what})
    assert unsure.status_code == 422
    assert "Tick the box" in unsure.content.decode()
    for _ in range(2):
        assert client.post(url, {"what": what, f"{what}-sure": "on"}).url == page

    assert Case.objects.filter(pk=asked.case.pk).count() == left
    gone = client.get(page)
    assert gone.status_code == 410
    assert ("erased" if what == "erase" else "taken back") in gone.content.decode()


def test_what_is_left_of_a_case_taken_back_can_be_erased_from_its_link(client: Client) -> None:
    asked = make.open_case()
    withdraw_case(case=asked.case)

    client.post(reverse("leave", args=[asked.link]), {"what": "erase"})

    assert not Case.objects.exists()
    assert "Nothing of it is left" in client.get(f"/c/{asked.link}/").content.decode()


@pytest.mark.parametrize("name", ["case", "case-record", "download", "sharing", "leave", "send"])
@pytest.mark.parametrize("leave", [withdraw_case, erase_case])
def test_every_page_of_a_case_that_is_gone_says_so(
    name: str, leave: Callable[..., object], client: Client
) -> None:
    asked, never = make.open_case(), make.open_case().link[:-2] + "zz"
    assert client.get(reverse(name, args=[asked.link])).status_code in {200, 302}

    leave(case=asked.case)

    assert client.get(reverse(name, args=[asked.link])).status_code == 410
    assert client.get(reverse(name, args=[never])).status_code == 404


def test_the_panel_can_no_longer_open_a_case_that_was_taken_back(client: Client) -> None:
    author = make.specialist()
    asked = make.open_case()
    client.force_login(author.user)
    url = reverse("answer", args=[asked.case.key])
    assert client.get(url).status_code == 200

    withdraw_case(case=asked.case)

    assert client.get(url).status_code == 404


@pytest.mark.parametrize(
    ("purpose", "ends"),
    [
        (ARCHIVE_TEXT, {ARCHIVE_TEXT, ARCHIVE_PHOTOS}),
        (ARCHIVE_PHOTOS, {ARCHIVE_PHOTOS}),
        (RESEARCH, {RESEARCH}),
        (CARE, set(PURPOSES)),
    ],
)
def test_taking_one_consent_back_ends_it_and_what_hangs_on_it(purpose: str, ends: set[str]) -> None:
    asked = make.open_case()
    for each in PURPOSES:
        give_consent(case=asked.case, purpose=each)

    for _ in range(2):
        case = withdraw_consent(case=asked.case, purpose=purpose)

    assert {p for p in PURPOSES if not has_consent(case, p)} == ends
    assert (case.state == "withdrawn") == (purpose == CARE)


def unpacked(client: Client, link: str) -> tuple[bytes, dict[str, bytes]]:
    response = client.get(reverse("download", args=[link]))
    assert response.status_code == 200
    data = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return data, {name: archive.read(name) for name in archive.namelist()}


def test_the_download_holds_everything_and_the_command_can_read_it(client: Client) -> None:
    asked = full_case()

    _, parts = unpacked(client, asked.link)

    case = case_from_json(json.loads(parts["case.json"]))
    assert [o.text for o in case.opinions] == [ANSWER, ANSWER]
    assert PLANTED in case.question
    assert [m["text"] for m in json.loads(parts["messages.json"])] == [
        f"Since when {PLANTED}?",
        f"Since May {PLANTED}.",
    ]
    assert json.loads(parts["outcomes.json"])[0]["words"] == PLANTED
    assert json.loads(parts["consents.json"])[0]["purpose"] == CARE
    assert [n for n in parts if n.startswith("photos/")] == ["photos/1-close.webp"]
    assert parts["photos/1-close.webp"][8:12] == b"WEBP"
    assert read_dicom(parts["dicom/1-close.dcm"]).view == "close"
    assert ANSWER.encode() in parts["opinions/1.txt"]


def test_the_same_case_packs_to_the_same_bytes(client: Client) -> None:
    asked = full_case()

    assert unpacked(client, asked.link)[0] == unpacked(client, asked.link)[0]


def test_the_download_has_no_draft_and_nothing_of_another_case(client: Client) -> None:
    make.specialist("Dr Signs")
    drafts = make.specialist("Dr Drafts")
    asked, other = make.open_case(), make.open_case("My feet itch otherwords.")
    make.draft(asked.case, drafts, "sealedwords and an emollient.")
    assert other.case.state == "open"

    _, parts = unpacked(client, asked.link)

    assert not any(b"sealedwords" in part or b"otherwords" in part for part in parts.values())
    assert "comparison.json" not in parts
    assert asked.link.encode() not in b"".join(parts.values())


def test_a_case_that_a_moderator_holds_says_so_with_the_reason(client: Client) -> None:
    asked = full_case()

    html = client.get(reverse("case", args=[asked.link])).content.decode()

    assert "A moderator is looking at your case." in html
    assert f"Waits {PLANTED}." in html
