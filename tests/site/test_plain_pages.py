"""What an asker reads on each page, in each state of a case, can be read after the eighth grade."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings
from tests import factories as make
from tests import plain

from milium_site.casebook.actions import close_case, erase_case, withdraw_case
from milium_site.cases.actions import About, keep_case
from milium_site.consents.actions import give_consent
from milium_site.consents.texts import PURPOSES
from milium_site.moderation.actions import move_case
from milium_site.notices.actions import confirm, subscribe
from milium_site.notices.links import confirm_page, stop_page
from milium_site.outcomes.actions import open_due_follow_ups
from milium_site.people.models import Specialist, User
from milium_site.threads.actions import answer_panel, ask_asker


pytestmark = pytest.mark.django_db

OF_A_DRAFT = ("words", "questions", "person", "photos", "check")
OF_A_CASE = ("case", "summary", "sharing", "case-record", "leave", "photos", "publication", "case-account")  # fmt: skip
MILIA = (
    "I have white bumps behind both ears. A doctor said milia en plaque. I tried retinol and it did not help. "
    "I am pregnant. What can I do?"
)
ANSWERS = (
    "This is milia en plaque. You need a skin biopsy. Oral etretinate and a carbon dioxide laser are options. "
    "Avoid squeezing. Please see a plastic surgeon.",
    "Milia en plaque is likely. I recommend cryotherapy or topical tretinoin. It may come back. See a dermatologist.",
)
SIGNED = ("Dr First", "Dr Second", "Dr Third")


class Reader:
    """Opens pages and keeps every sentence that is too hard, with where it stands."""

    def __init__(self, client: Client) -> None:
        self.client, self.hard, self.read = client, [], 0

    def opens(self, address: str, *, status: int = 200, **sent: str) -> None:
        """``sent`` is posted."""
        answer = self.client.post(address, sent) if sent else self.client.get(address)
        assert answer.status_code == status, (address, answer.status_code)
        for sentence in plain.of_page(answer.content.decode(), *SIGNED):
            self.read += 1
            if plain.grade(sentence) > plain.GRADE:
                self.hard.append(f"{address} grade {plain.grade(sentence):.1f}: {sentence}")

    def opens_all(self, names: tuple[str, ...], link: str) -> None:
        for name in names:
            self.opens(reverse(name, args=[link]))


@pytest.fixture
def reader(client: Client) -> Reader:
    return Reader(client)


@pytest.fixture
def authors() -> list[Specialist]:
    return [make.specialist(name) for name in SIGNED]


def test_asking_is_plain(reader: Reader) -> None:
    about = About(sex="female", age=16, place="Maine", country="US")
    draft = make.draft_case(MILIA, about=about)
    make.photo(draft.case)
    reader.opens_all(OF_A_DRAFT, draft.link)
    reader.opens(reverse("send", args=[draft.link]), status=422, purpose="")
    reader.opens(reverse("ask"))
    reader.opens(reverse("ask"), status=422, text="")
    for text in (make.EMERGENCY, "My skin makes me want to die."):
        stopped = make.draft_case(text)
        reader.opens(reverse("now", args=[stopped.link]))
        reader.opens(reverse("now", args=[stopped.link]), status=422, dealt_with="")

    assert reader.hard == [], "\n".join(reader.hard)
    assert reader.read > 100


def test_a_case_that_waits_or_was_answered_is_plain(
    reader: Reader, authors: list[Specialist]
) -> None:
    asked = make.open_case(MILIA)
    picture = make.photo(asked.case)
    reader.opens_all(OF_A_CASE, asked.link)
    ask_asker(case=asked.case, specialist=authors[2], text="Since when?", wants_photos=True)
    make.signed(asked.case, authors[0], ANSWERS[0])
    reader.opens_all(OF_A_CASE, asked.link)
    reader.opens(reverse("photo-page", args=[asked.link, picture.key]))
    reader.opens(reverse("close", args=[asked.link]))
    reader.opens(reverse("answer-panel", args=[asked.link]), status=422, text="")
    reader.opens(reverse("tell-me", args=[asked.link]), status=422, email="nobody")
    for purpose in PURPOSES[1:]:
        give_consent(case=asked.case, purpose=purpose)
        reader.opens(reverse("stop-sharing", args=[asked.link, purpose]))
    make.signed(asked.case, authors[1], ANSWERS[1])
    answer_panel(case=asked.case, text="My lips are swelling and I can't breathe.")
    reader.opens(reverse("message-help", args=[asked.link]))
    make.signed(asked.case, authors[2], ANSWERS[0])
    open_due_follow_ups(now=timezone.now() + timedelta(weeks=3))
    reader.opens_all(OF_A_CASE, asked.link)
    reader.opens(reverse("follow-up", args=[asked.link, 2]))
    reader.opens(reverse("follow-up", args=[asked.link, 2]), status=422, helped="?")
    asked.case.refresh_from_db()
    close_case(case=asked.case)
    reader.opens_all(OF_A_CASE, asked.link)
    withdraw_case(case=asked.case)
    reader.opens(reverse("case", args=[asked.link]), status=410)
    erase_case(case=asked.case)
    reader.opens(reverse("case", args=[asked.link]), status=410)

    assert reader.hard == [], "\n".join(reader.hard)
    assert reader.read > 200


def test_what_a_moderator_did_is_said_plainly(
    reader: Reader, authors: list[Specialist], settings: Settings
) -> None:
    settings.MILIUM_SCREENING = "moderator"
    moderator = make.user("Mo", is_moderator=True)
    for what in ("hold", "return", "remove"):
        asked = make.sent_case(MILIA)
        reader.opens(reverse("case", args=[asked.link]))
        move_case(case=asked.case, what=what, by=moderator, reason="Too long.", seen="screening")
        reader.opens_all(OF_A_CASE, asked.link)
    late = make.open_case(MILIA)
    type(late.case).objects.filter(pk=late.case.pk).update(
        opened_at=timezone.now() - timedelta(days=9)
    )
    reader.opens(reverse("case", args=[late.link]))

    assert reader.hard == [], "\n".join(reader.hard)
    assert reader.read > 50


def test_messages_accounts_and_published_pages_are_plain(
    reader: Reader, authors: list[Specialist], client: Client
) -> None:
    asked = make.agreed(authors[0], text=MILIA, answer=ANSWERS[0])
    reader.opens(reverse("publication", args=[asked.link]))
    page = make.approved(asked)
    reader.opens(reverse("publication", args=[asked.link]))
    for address in (page.get_absolute_url(), reverse("archive"), reverse("about"), "/nowhere/"):
        reader.opens(address, status=404 if address == "/nowhere/" else 200)
    about = f"case:{asked.case.key}"
    follower = subscribe(about=about, channel="email", address="a@example.org", link=asked.link)
    reader.opens(confirm_page(follower.key))
    confirm(key=follower.key)
    reader.opens(stop_page(follower.key))

    asker: User = make.user("Asker")
    keep_case(case=asked.case, user=asker)
    client.force_login(asker)
    for name in ("my-cases", "own-notices"):
        reader.opens(reverse(name))
    reader.opens(reverse("case-account", args=[asked.link]))

    assert reader.hard == [], "\n".join(reader.hard)
    assert reader.read > 50
