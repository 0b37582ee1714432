"""Screening, masking, deciding and undoing: each with its reason, and nobody's words lost."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from tests import factories as make
from tests.site import photo_files as files

from milium_site.casebook.actions import send_case
from milium_site.cases.actions import About, correct_case, keep_case, withdraw_case
from milium_site.cases.answers import Answers
from milium_site.cases.corrections import Corrections
from milium_site.cases.models import Case
from milium_site.exchange.api.presenters import case_for_panel_out
from milium_site.exchange.dossier import dossier_for
from milium_site.foundation.workflow import IllegalMove
from milium_site.moderation import actions, queries
from milium_site.moderation.looks import actions as looks
from milium_site.moderation.masking import finds, masked, pieces
from milium_site.moderation.models import Decision, Report, Sender
from milium_site.moderation.passages import passages
from milium_site.moderation.policies import Overtaken, Unreasoned
from milium_site.moderation.reasons import reasons, wrongs
from milium_site.moderation.reports import actions as reporting
from milium_site.moderation.risk import Seen, marks
from milium_site.moderation.senders import SENDERS_KEPT
from milium_site.opinions.actions import sign_opinion
from milium_site.opinions.models import Opinion
from milium_site.opinions.policies import Refused
from milium_site.opinions.review import Review
from milium_site.opinions.seats.queries import photos_by_case
from milium_site.people.models import User
from milium_site.people.queries import specialist_of
from milium_site.photos import store
from milium_site.photos.actions import Shows
from milium_site.photos.presenters import ByLink, ByPanel, photos_shown
from milium_site.photos.queries import photos_for_panel
from milium_site.record.models import Entry
from milium_site.threads.actions import answer_panel, ask_asker
from milium_site.threads.queries import asked_of


pytestmark = pytest.mark.django_db

NAMED = (
    "My name is John Miller and my phone is 207-555-0134. For 2 months I have had an itchy rash on my neck. "
    "I tried hydrocortisone and it did not help. What can I do?"
)


@pytest.fixture
def moderator() -> User:
    return make.user("Mo", is_moderator=True)


def waiting(settings: Settings, text: str = make.QUESTION) -> make.Asked:
    settings.MILIUM_SCREENING = "moderator"
    return make.sent_case(text)


def test_the_pieces_of_a_text_are_the_text() -> None:
    assert "".join(p.text for p in pieces(NAMED)) == NAMED
    assert {"name", "phone"} <= {p.kind for p in finds(NAMED)}


def test_masking_every_find_leaves_nothing_to_find_and_is_done_once() -> None:
    clean = masked(NAMED, [p.name for p in finds(NAMED)])

    assert "Miller" not in clean
    assert "0134" not in clean
    assert finds(clean) == ()


@pytest.mark.parametrize(
    ("seen", "first"),
    [
        (Seen(personal=0, urgency="routine", age=40, for_child=False), None),
        (Seen(personal=2, urgency="routine", age=40, for_child=False), "personal"),
        (Seen(personal=0, urgency="routine", age=40, for_child=False, knowable=("yes",)), "face"),
        (Seen(personal=1, urgency="same_day", age=40, for_child=False), "urgent"),
        (Seen(personal=0, urgency="routine", age=40, for_child=False, intimate=("chosen",)), "intimate"),
        (Seen(personal=0, urgency="same_day", age=15, for_child=False, intimate=("asked",)), "minor-intimate"),
        (Seen(personal=0, urgency="routine", age=None, for_child=True), "minor"),
    ],
    ids=["nothing", "names", "a face", "a red flag before names", "intimate", "intimate and a minor", "a child"],
)  # fmt: skip
def test_the_gravest_mark_comes_first(seen: Seen, first: str | None) -> None:
    assert next((mark.id for mark in marks(seen)), None) == first


def test_every_reason_says_something_in_plain_words() -> None:
    assert all(r.words and r.acts for r in reasons())
    assert all(w.risk for w in wrongs())


def test_a_sent_case_waits_until_a_moderator_opens_it(
    settings: Settings, moderator: User, client: Client
) -> None:
    specialist = make.specialist()
    asked = waiting(settings)
    client.force_login(specialist.user)
    assert client.get(reverse("answer", args=[asked.case.key])).status_code == 404

    actions.open_case(case=asked.case, by=moderator)
    actions.open_case(case=asked.case, by=moderator)

    assert client.get(reverse("answer", args=[asked.case.key])).status_code == 200
    assert Decision.objects.filter(case=asked.case, what="open").count() == 1


def test_the_queue_has_the_riskiest_first(
    settings: Settings, moderator: User, client: Client
) -> None:
    plain, named = waiting(settings), waiting(settings, NAMED)
    client.force_login(moderator)
    client.get(reverse("moderate"))

    page = client.get(reverse("moderate")).content.decode()

    assert page.index(named.case.key) < page.index(plain.case.key)
    assert "tell who somebody is" in page
    reporting.report(
        kind="case", key=plain.case.key, case=plain.case, reasons=["danger"], words="", source="a"
    )
    reporting.report(
        kind="case", key=plain.case.key, case=plain.case, reasons=["danger"], words="", source="b"
    )
    page = client.get(reverse("moderate")).content.decode()
    assert page.index(plain.case.key) < page.index(named.case.key)


def test_a_late_photo_waits_for_a_moderator_where_cases_do(
    settings: Settings, moderator: User, client: Client
) -> None:
    settings.MILIUM_SCREENING = "moderator"
    specialist, asked = make.specialist(), make.draft_case()
    first = make.photo(asked.case)
    case = send_case(case=asked.case, purposes=("care",))
    early = make.photo(case)
    actions.open_case(case=case, by=moderator, newest=early.pk)
    looks.look_at_waiting()
    assert not queries.waiting_cases()
    late = make.photo(case, shows=Shows(view="close", knowable="yes"))

    def seen() -> list[bool]:
        address = {p: reverse("panel-photo", args=[case.key, p.key, "thumb"]) for p in photos}
        client.force_login(specialist.user)
        listed = {p.key for p in photos_shown(case, ByPanel())}
        found = [client.get(address[p]).status_code == 200 for p in photos]
        assert found == [p.key in listed for p in photos]
        assert len(dossier_for(case, specialist).photos) == case_for_panel_out(case).photos
        assert photos_by_case([case])[case.pk] == sum(found) == case_for_panel_out(case).photos
        return found

    photos = [first, early, late]
    assert seen() == [True, True, False]
    # Its asker and moderators see it; the queue has it, with what the rules say of it.
    assert len(photos_shown(case, ByLink(link=asked.link))) == len(dossier_for(case).photos) == 3
    client.force_login(moderator)
    assert "A photo may show who it is" in client.get(reverse("moderate")).content.decode()

    # A photo that came after the page was drawn is not shown by it.
    photos.append(make.photo(case))
    client.post(
        reverse("moderate-case", args=[case.key]), {"do": "show-photos", "about": str(late.pk)}
    )
    assert seen() == [True, True, True, False]
    shown = Decision.objects.get(what="show-photo", key=late.key)
    actions.undo(decision=shown, by=moderator, because="A face")
    assert seen() == [True, True, False, False]


def test_a_picture_put_in_the_place_of_a_shown_one_waits_again(
    settings: Settings,
    moderator: User,
    client: Client,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.MILIUM_SCREENING = "moderator"
    asked = make.draft_case()
    before = make.photo(asked.case)
    case = send_case(case=asked.case, purposes=("care",))
    actions.open_case(case=case, by=moderator, newest=before.pk)
    covered = files.saved(files.picture(), "JPEG", exif=files.exif())
    address = reverse("photo-page", args=[asked.link, before.key])

    refused = client.post(address, {"covered": SimpleUploadedFile("photo.jpg", b"nothing")})
    assert refused.status_code == 422
    assert [p.key for p in photos_for_panel(case)] == [before.key]
    with django_capture_on_commit_callbacks(execute=True):
        sent = [
            client.post(address, {"covered": SimpleUploadedFile("photo.jpg", covered)}).status_code
            for _ in range(2)
        ]

    after = case.photos.get()
    assert sent == [302, 404]
    assert (after.waits, photos_for_panel(case)) == (True, [])
    assert (after.original, after.alt) == (before.original, before.alt)
    assert after.sizes["full"]["sha256"] != before.sizes["full"]["sha256"]
    kept = {Path(file.name).name for file in store.every_file() if file.photo == before.key}
    assert kept == set()


def test_masked_words_are_gone_from_what_the_panel_reads_and_every_quote_is_exact(
    settings: Settings, moderator: User
) -> None:
    case = waiting(settings, NAMED).case

    actions.mask_words(
        case=case, names=[p.name for p in passages(queries.typed_in(case))[0].finds], also="hydrocortisone", by=moderator,
        reason="Names.", seen=queries.seen_of(case),
    )  # fmt: skip

    case = Case.objects.get(pk=case.pk)
    assert "Miller" not in case.text + case.question
    assert "[masked]" in case.text
    quotes = [
        i["quote"] for part in ("sites", "symptoms", "absent", "tried") for i in case.history[part]
    ]
    assert quotes
    assert all(case.question[q["start"] : q["end"]] == q["text"] for q in quotes)
    assert [m.reason for m in queries.masks_of(case)] == ["Names."]


def test_a_mask_comes_off_again_and_a_stale_page_masks_nothing(
    settings: Settings, moderator: User
) -> None:
    case = waiting(settings, NAMED).case
    seen = queries.seen_of(case)
    first = actions.mask_words(
        case=case, names=[], also="Miller", by=moderator, reason="x", seen=seen
    )
    with pytest.raises(Overtaken, match="words changed"):
        actions.mask_words(case=case, names=[], also="John", by=moderator, reason="x", seen=seen)

    actions.undo(decision=first, by=moderator, because="It was no name.")

    assert Case.objects.get(pk=case.pk).text == NAMED
    assert Decision.objects.get(pk=first.pk).before == {}


def test_a_mask_never_takes_a_warning_away(settings: Settings, moderator: User) -> None:
    case = make.stopped_case().case
    flags, rank = {f["rule"] for f in case.flags}, case.urgency_rank

    actions.mask_words(
        case=case, names=[], also="swelling", by=moderator, reason="x",
        seen=queries.seen_of(case),
    )  # fmt: skip

    case = Case.objects.get(pk=case.pk)
    assert flags <= {f["rule"] for f in case.flags}
    assert case.urgency_rank <= rank


@pytest.mark.parametrize(
    ("what", "state"), [("hold", "held"), ("return", "returned"), ("remove", "removed")]
)
def test_a_decision_has_a_reason_reaches_the_asker_and_can_be_undone(
    what: str, state: str, settings: Settings, moderator: User
) -> None:
    case = waiting(settings).case
    with pytest.raises(Unreasoned):
        actions.move_case(case=case, what=what, by=moderator, reason=" ", seen="screening")

    made = actions.move_case(
        case=case, what=what, by=moderator, reason="A reason.", seen="screening"
    )
    again = actions.move_case(
        case=case, what=what, by=moderator, reason="A reason.", seen="screening"
    )

    assert again == made
    case.refresh_from_db()
    assert case.state == state
    told = queries.reason_for(case)
    assert told
    assert told.reason == "A reason."
    actions.undo(decision=made, by=moderator, because="A mistake.")
    actions.undo(decision=made, by=moderator, because="A mistake.")
    case.refresh_from_db()
    assert case.state == "screening"
    assert queries.reason_for(case) is None


def test_a_returned_case_is_changed_and_sent_again(
    settings: Settings, moderator: User, client: Client
) -> None:
    asked = waiting(settings, NAMED)
    actions.move_case(
        case=asked.case, what="return", by=moderator, reason="Leave out names.", seen="screening"
    )

    response = client.post(reverse("words", args=[asked.link]), {"text": make.QUESTION})

    assert response.status_code == 302
    case = Case.objects.get(pk=asked.case.pk)
    assert (case.state, case.text) == ("returned", make.QUESTION)
    assert make.send_again(case).state == "screening"


def test_the_same_words_are_known_again_after_they_were_removed(
    settings: Settings, moderator: User
) -> None:
    case = waiting(settings).case
    looks.look_at_waiting()
    actions.move_case(case=case, what="remove", by=moderator, reason="Spam.", seen="screening")

    again = waiting(settings, f"  {make.QUESTION.upper()} ").case

    assert "removed-before" in {mark.id for mark in queries.found_in(again)}


def test_a_hidden_answer_is_gone_for_the_asker_and_stays_for_its_author(
    moderator: User, client: Client
) -> None:
    author, other = make.specialist("Dr Quillfeather"), make.specialist("Dr Other")
    asked = make.open_case()
    opinion = make.signed(asked.case, author, "Xanthogranuloma is likely. I recommend zinc oxide.")
    make.signed(asked.case, other)
    page = reverse("case", args=[asked.link])
    assert "zinc oxide" in client.get(page).content.decode().lower()

    made = actions.hide(opinion=opinion, by=moderator, reason="It may do harm.")
    assert actions.hide(opinion=opinion, by=moderator, reason="It may do harm.") == made

    assert "Xanthogranuloma" not in client.get(page).content.decode()
    client.force_login(other.user)
    assert "Xanthogranuloma" not in client.get(reverse("answer", args=[asked.case.key])).content.decode()  # fmt: skip
    client.force_login(author.user)
    own = client.get(reverse("answer", args=[asked.case.key]))
    assert own.status_code == 200
    client.logout()
    actions.undo(decision=made, by=moderator, because="It was right.")
    assert "Xanthogranuloma" in client.get(page).content.decode()


def test_a_suspended_specialist_answers_nothing_until_reinstated(moderator: User) -> None:
    author = make.specialist()
    case = make.open_case().case

    made = actions.ban(specialist=author, case=case, by=moderator, reason="In doubt.")
    assert specialist_of(User.objects.get(pk=author.user_id)) is None

    actions.undo(decision=made, by=moderator, because="Confirmed.")
    assert specialist_of(User.objects.get(pk=author.user_id)) == author


def test_a_moderator_on_the_panel_does_not_moderate_the_case(client: Client) -> None:
    both = make.specialist()
    User.objects.filter(pk=both.user_id).update(is_moderator=True)
    case = make.open_case().case
    other = make.user("Mo", is_moderator=True)
    address = reverse("moderate-case", args=[case.key])
    client.force_login(both.user)
    assert client.get(address).status_code == 403

    client.force_login(other)
    assert client.get(address).status_code == 200
    assert Entry.objects.filter(case_key=case.key, verb="read", actor_key=str(other.pk)).exists()


@pytest.mark.parametrize("looked", [True, False])
def test_who_read_a_case_as_a_moderator_takes_no_seat_on_it(
    *, looked: bool, client: Client, settings: Settings
) -> None:
    settings.MILIUM_PANEL_SIZE = 1
    make.specialist("Dr First")
    asked = make.open_case()
    settings.MILIUM_PANEL_SIZE = 2
    both = make.specialist("Dr Both")
    both.user.is_moderator = True
    both.user.save()
    client.force_login(both.user)
    if looked:
        assert client.get(reverse("moderate-case", args=[asked.case.key])).status_code == 200

    client.post(reverse("take", args=[asked.case.key]))

    assert asked.case.seats.filter(specialist=both).exists() is not looked


def test_moderators_read_no_draft(moderator: User, client: Client) -> None:
    author = make.specialist()
    case = make.open_case().case
    opinion = make.draft(case, author, "Xanthogranuloma is likely.")
    client.force_login(moderator)
    address = reverse("moderate-case", args=[case.key])
    assert "Xanthogranuloma" not in client.get(address).content.decode()

    sign_opinion(opinion=opinion, review=Review(), version=opinion.version)

    assert "Xanthogranuloma" in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"do": "hold", "seen": "screening", "words": "x"}, 302),
        ({"do": "hold", "seen": "open", "words": "my own reason"}, 409),
        ({"do": "hold", "seen": "screening"}, 422),
        ({"do": "mask", "seen": "stale", "words": "x", "also": "rash"}, 409),
        ({"do": "hide", "about": "99999", "words": "x"}, 404),
        ({"do": "undo", "about": "99999", "words": "x"}, 404),
        ({"do": "dance"}, 422),
        ({"do": "open"}, 302),
    ],
    ids=["held", "stale", "no reason", "stale words", "no such answer", "no such decision", "nonsense", "opened"],
)  # fmt: skip
def test_the_page_answers_what_cannot_be_done_with_a_message(
    sent: dict[str, str], status: int, settings: Settings, moderator: User, client: Client
) -> None:
    case = waiting(settings).case
    client.force_login(moderator)

    response = client.post(reverse("moderate-case", args=[case.key]), sent)

    assert response.status_code == status
    if status == 409 and sent["words"] != "x":
        assert sent["words"] in response.content.decode()


def test_anybody_reports_without_an_account_once_and_not_without_end(client: Client) -> None:
    make.specialist()
    cases = [make.open_case().case for _ in range(reporting.REPORTS_AN_HOUR + 1)]
    sent = {"reasons": ["names"], "words": "It has a name in it."}

    def tell(case: Case) -> int:
        return client.post(reverse("report", args=["case", case.key]), sent).status_code

    assert [tell(cases[0]), tell(cases[0])] == [200, 200]
    assert Report.objects.count() == 1
    assert [tell(case) for case in cases[1:]] == [200] * (len(cases) - 2) + [429]
    assert client.post(reverse("report", args=["case", cases[0].key]), {}).status_code == 422


def test_a_report_tells_nobody_whether_a_case_exists(client: Client) -> None:
    answers = {
        client.post(reverse("report", args=["case", key]), {"reasons": ["other"]}).content
        for key in (make.open_case().case.key, "nosuchcase")
    }

    assert len(answers) == 1
    assert Report.objects.count() == 1


def test_a_closed_report_leaves_the_queue(moderator: User, client: Client) -> None:
    case = make.open_case().case
    found = reporting.report(
        kind="case", key=case.key, case=case, reasons=["abuse"], words="bad words", source="a"
    )
    client.force_login(moderator)
    assert "bad words" in client.get(reverse("moderate-reports")).content.decode()

    client.post(reverse("moderate-reports"), {"report": found.pk})

    assert "bad words" not in client.get(reverse("moderate-reports")).content.decode()


def test_what_was_before_a_mask_is_forgotten_with_its_case(
    settings: Settings, moderator: User
) -> None:
    case = waiting(settings, NAMED).case
    made = actions.mask_words(
        case=case, names=[], also="Miller", by=moderator, reason="x",
        seen=queries.seen_of(case),
    )  # fmt: skip
    looks.forget_originals()
    assert Decision.objects.get(pk=made.pk).before

    withdraw_case(case=case)
    looks.forget_originals()

    assert Decision.objects.get(pk=made.pk).before == {}


def test_a_place_and_typed_answers_are_masked_like_the_words_and_come_back(
    settings: Settings, moderator: User, client: Client
) -> None:
    settings.MILIUM_SCREENING = "moderator"
    asked = make.draft_case()
    correct_case(
        case=asked.case, corrections=Corrections(), about=About(place="12 Elm Street, Bangor"),
        answers=Answers(asked={"medicines": ()}, given={"medicines": "Zyrtec from Dr Miller, 207-555-0134"}),
    )  # fmt: skip
    case = make.send_again(Case.objects.get(pk=asked.case.pk))
    client.force_login(moderator)
    page = client.get(reverse("moderate-case", args=[case.key])).content.decode()
    assert "207-555-0134</mark>" in page
    seen = re.search(r'name="seen" value="([^"]+)"', page)
    assert seen

    sent = {"do": "mask", "mask": "place.whole", "seen": seen[1], "words": "Too exact."}
    assert client.post(reverse("moderate-case", args=[case.key]), sent).status_code == 302
    case.refresh_from_db()
    assert case.place == "[masked]"
    actions.mask_words(
        case=case, names=[], also="Miller", by=moderator, reason="x", seen=queries.seen_of(case)
    )
    case.refresh_from_db()
    assert "Miller" not in str(case.answers)
    assert "Zyrtec" in str(case.answers)
    assert "Too exact." in client.get(reverse("case", args=[asked.link])).content.decode()

    for made in Decision.objects.filter(case=case, what="mask"):
        actions.undo(decision=made, by=moderator, because="A mistake.")
    case.refresh_from_db()
    assert (case.place, "Miller" in str(case.answers)) == ("12 Elm Street, Bangor", True)


def test_a_mask_stays_on_where_the_asker_wrote_other_words_since(
    settings: Settings, moderator: User, client: Client
) -> None:
    asked = waiting(settings, NAMED)
    made = actions.mask_words(
        case=asked.case, names=[], also="Miller", by=moderator, reason="x",
        seen=queries.seen_of(asked.case),
    )  # fmt: skip
    actions.move_case(
        case=asked.case, what="return", by=moderator, reason="Names.", seen="screening"
    )
    client.post(reverse("words", args=[asked.link]), {"text": make.QUESTION})

    with pytest.raises(Overtaken, match="would lose them"):
        actions.undo(decision=made, by=moderator, because="x")

    assert Case.objects.get(pk=asked.case.pk).text == make.QUESTION


def test_a_message_is_held_masked_and_given_back_and_its_writer_alone_is_told_why(
    moderator: User, client: Client
) -> None:
    writer, other = make.specialist("Dr Writer"), make.specialist("Dr Other")
    asked = make.open_case()
    question = ask_asker(
        case=asked.case, specialist=writer, text="Call me on 207-555-0134, Quillfeather."
    )
    said = answer_panel(case=asked.case, text="I am Umbrage of 12 Elm Street.")

    def shown() -> dict[str, str]:
        pages = {"asker": client.get(reverse("case", args=[asked.link])).content.decode()}
        for name, who in (("writer", writer), ("other", other)):
            client.force_login(who.user)
            pages[name] = client.get(reverse("answer", args=[asked.case.key])).content.decode()
        client.logout()
        return pages

    assert all("Quillfeather" in page and "Umbrage" in page for page in shown().values())
    client.force_login(moderator)
    address = reverse("moderate-case", args=[asked.case.key])
    for do, message in (("hold-message", question), ("remove-message", said)):
        sent = {"do": do, "about": message.pk, "words": f"Because of {do}."}
        assert client.post(address, sent).status_code == 302
    client.logout()

    pages = shown()
    assert ["Quillfeather" in pages[who] for who in ("asker", "writer", "other")] == [
        False,
        True,
        False,
    ]
    assert ["Because of hold-message." in pages[who] for who in ("asker", "writer", "other")] == [
        False,
        True,
        False,
    ]
    assert ["Umbrage" in pages[who] for who in ("asker", "writer", "other")] == [True, False, False]
    assert "Because of remove-message." in pages["asker"]
    assert asked_of(asked.case) == []

    for made in Decision.objects.filter(case=asked.case, kind="message"):
        actions.undo(decision=made, by=moderator, because="Nothing wrong with it.")
    made = actions.mask_message(
        message=question, names=[], also="Quillfeather", by=moderator, reason="A name.",
        seen=queries.digest_of(question.text),
    )  # fmt: skip
    pages = shown()
    assert all("Umbrage" in page and "[masked]" in page for page in pages.values())
    assert not any("Quillfeather" in page for page in pages.values())
    assert ["A name." in pages[who] for who in ("asker", "writer", "other")] == [False, True, False]
    actions.undo(decision=made, by=moderator, because="No name.")
    assert all("Quillfeather" in page for page in shown().values())


def test_a_banned_asker_sends_nothing_more_keeps_what_is_theirs_and_can_be_let_in_again(
    settings: Settings, moderator: User, client: Client
) -> None:
    settings.MILIUM_SCREENING = "moderator"
    owner = make.user("Ann Asker")
    near, far = {"REMOTE_ADDR": "2001:db8::7"}, {"REMOTE_ADDR": "2001:db8:1::7"}

    def send(as_: User | None, where: dict[str, str]) -> tuple[make.Asked, int]:
        browser = Client(**where)  # type: ignore[arg-type] # what a request brings
        if as_:
            browser.force_login(as_)
        asked = make.draft_case()
        return asked, browser.post(
            reverse("send", args=[asked.link]), {"purpose": ["care"]}
        ).status_code

    first, status = send(owner, near)
    assert status == 302
    keep_case(case=first.case, user=owner)
    client.force_login(moderator)
    sent = {
        "do": "ban-asker",
        "seen": "screening",
        "words": "This attacks somebody.",
        "network": "yes",
    }
    assert client.post(reverse("moderate-case", args=[first.case.key]), sent).status_code == 302

    page = Client().get(reverse("case", args=[first.link])).content.decode()
    assert "This attacks somebody." in page
    assert [send(*how)[1] for how in ((owner, far), (None, near), (None, far))] == [403, 403, 302]
    assert Client().get(reverse("download", args=[first.link])).status_code == 200

    [made] = Decision.objects.filter(case=first.case, what="ban")
    actions.undo(decision=made, by=moderator, because="It was somebody else.")
    assert [send(*how)[1] for how in ((owner, far), (None, near))] == [302, 302]
    assert Case.objects.get(pk=first.case.pk).state == "screening"


def test_where_a_case_was_sent_from_is_kept_as_a_digest_for_a_week(settings: Settings) -> None:
    settings.MILIUM_SCREENING = "moderator"
    asked = make.draft_case()
    Client(REMOTE_ADDR="192.0.2.7").post(reverse("send", args=[asked.link]), {"purpose": ["care"]})
    sender = Sender.objects.get(case=asked.case)
    assert "192.0.2" not in sender.network
    looks.forget_originals()
    assert Sender.objects.exists()

    Sender.objects.update(at=sender.at - SENDERS_KEPT)
    looks.forget_originals()

    assert not Sender.objects.exists()


@pytest.mark.usefixtures("many_at_once")
def test_a_signing_and_a_holding_at_one_instant_have_one_outcome() -> None:
    moderator, author = make.user("Mo", is_moderator=True), make.specialist()
    make.specialist()
    case = make.open_case().case
    opinion = make.draft(case, author)
    start, refused = threading.Barrier(2), []

    def both(act: object) -> None:
        try:
            start.wait()
            act()  # type: ignore[operator]
        except (Refused, Overtaken, IllegalMove) as reason:
            refused.append(str(reason))
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=both, args=[lambda: sign_opinion(opinion=opinion, review=Review(), version=opinion.version)]),
        threading.Thread(target=both, args=[lambda: actions.move_case(case=case, what="hold", by=moderator, reason="x", seen="open")]),
    ]  # fmt: skip
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    after = Opinion.objects.get(pk=opinion.pk)
    assert Case.objects.get(pk=case.pk).state == "held"
    assert after.text == opinion.text
    assert (after.state, len(refused)) in {("signed", 0), ("draft", 1)}
