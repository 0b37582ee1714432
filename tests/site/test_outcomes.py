"""What became of it: asked after two and six weeks, each once, told and changed by the asker."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests import factories as make

from milium_site.casebook.actions import withdraw_case
from milium_site.casebook.presenters import options_of
from milium_site.casebook.standing import TOO_LONG, Facts, in_words, standing
from milium_site.notices.actions import confirm, subscribe
from milium_site.notices.models import Notice
from milium_site.opinions.queries import opinions_seen_by
from milium_site.opinions.visibility import TheAsker
from milium_site.outcomes.actions import open_due_follow_ups
from milium_site.outcomes.models import Outcome
from milium_site.outcomes.queries import told_outcomes


pytestmark = pytest.mark.django_db


@pytest.fixture
def asked() -> make.Asked:
    author = make.specialist()
    asked = make.open_case()
    make.signed(asked.case, author)
    asked.case.refresh_from_db()
    return asked


@pytest.mark.parametrize(("days", "weeks"), [(0, []), (13, []), (15, [2]), (41, [2]), (43, [2, 6])])
def test_each_follow_up_is_asked_once_when_it_is_due(
    days: int, weeks: list[int], asked: make.Asked
) -> None:
    now = timezone.now() + timedelta(days=days)

    opened = [len(open_due_follow_ups(now=now)) for _ in range(2)]

    assert opened == [len(weeks), 0]
    assert [o.weeks for o in Outcome.objects.filter(case=asked.case)] == weeks


def test_nothing_is_asked_of_a_case_that_nobody_has_answered_or_that_was_taken_back(
    asked: make.Asked,
) -> None:
    make.specialist("Dr Silent")
    make.open_case()
    withdraw_case(case=asked.case)

    assert open_due_follow_ups(now=timezone.now() + timedelta(weeks=9)) == []


def test_the_asker_is_told_that_a_follow_up_waits(asked: make.Asked) -> None:
    about = f"case:{asked.case.key}"
    subscriber = subscribe(about=about, channel="email", address="a@example.org", link=asked.link)
    confirm(key=subscriber.key)

    for _ in range(2):
        open_due_follow_ups(now=timezone.now() + timedelta(weeks=3))

    assert Notice.objects.filter(kind="follow-up").count() == 1


def test_what_the_asker_tells_stands_on_the_page_and_can_be_changed(
    asked: make.Asked, client: Client
) -> None:
    open_due_follow_ups(now=timezone.now() + timedelta(weeks=3))
    url, page = reverse("follow-up", args=[asked.link, 2]), reverse("case", args=[asked.link])
    option = options_of(asked.case, opinions_seen_by(TheAsker(), asked.case))[0]
    assert "Tell how it went" in client.get(page).content.decode()

    for helped in ("partly", "yes"):
        sent = {"chosen": [option[0]], "helped": helped, "side_effects": "a little burning"}
        for _ in range(2):
            assert client.post(url, sent).url == page

    (told,) = told_outcomes(asked.case)
    assert (told.helped, told.side_effects) == ("yes", "a little burning")
    assert told.chosen == [{"id": option[0], "name": option[1]}]
    html = client.get(page).content.decode()
    assert "a little burning" in html
    assert "Tell how it went" not in html


@pytest.mark.parametrize(
    "wrong", [{}, {"helped": "perhaps"}, {"helped": "yes", "chosen": ["treatment:made-up"]}]
)
def test_a_follow_up_that_cannot_be_taken_gives_the_words_back(
    wrong: dict[str, object], asked: make.Asked, client: Client
) -> None:
    open_due_follow_ups(now=timezone.now() + timedelta(weeks=3))

    response = client.post(
        reverse("follow-up", args=[asked.link, 2]), wrong | {"words": "kept words"}
    )

    assert response.status_code == 422
    assert "kept words" in response.content.decode()
    assert told_outcomes(asked.case) == []


def test_a_follow_up_that_was_not_asked_has_no_page(asked: make.Asked, client: Client) -> None:
    assert client.get(reverse("follow-up", args=[asked.link, 2])).status_code == 404


NOW = timezone.now()


@pytest.mark.parametrize(
    ("facts", "line", "next_", "late"),
    [
        (Facts(state="screening", opened_at=None, panel=0, answers=0), "A moderator reads", "nothing for you to do", False),
        (Facts(state="held", opened_at=NOW, panel=3, answers=0), "A moderator is looking", "nothing for you to do", False),
        (Facts(state="returned", opened_at=None, panel=0, answers=0), "sent your case back", "send it again", False),
        (Facts(state="removed", opened_at=NOW, panel=3, answers=1), "took your case down", "erase it here", False),
        (Facts(state="open", opened_at=NOW, panel=0, answers=0), "No specialist is free yet", "Too few cases", False),
        (Facts(state="open", opened_at=NOW, panel=3, answers=0), "with 3 specialists.", "Too few cases", False),
        (Facts(state="open", opened_at=NOW, panel=1, answers=0, usual=timedelta(hours=5), measured=20), "with 1 specialist.", "last 20 cases, the first answer came within 5 hours", False),
        (Facts(state="open", opened_at=NOW - TOO_LONG - timedelta(hours=1), panel=3, answers=0), "with 3 specialists.", "takes too long", True),
        (Facts(state="open", opened_at=NOW - TOO_LONG - timedelta(hours=1), panel=3, answers=1), "1 of 3 specialists has answered", "Others may still write", False),
        (Facts(state="open", opened_at=NOW, panel=3, answers=1, questions=1), "1 of 3", "A question waits for your answer", False),
        (Facts(state="answered", opened_at=NOW, panel=3, answers=3), "Everybody on the panel has answered", "Read below", False),
        (Facts(state="closed", opened_at=NOW, panel=3, answers=3), "closed", "Read below", False),
    ],
)  # fmt: skip
def test_the_first_line_says_where_the_case_stands_and_what_is_next(
    facts: Facts,
    line: str,
    next_: str,
    late: bool,  # noqa: FBT001 - a table
) -> None:
    found = standing(facts, NOW)

    assert line in found.line
    assert next_ in found.next
    assert found.late == late


@pytest.mark.parametrize(
    ("wait", "words"),
    [
        (timedelta(seconds=5), "1 minute"),
        (timedelta(minutes=40), "40 minutes"),
        (timedelta(minutes=91), "2 hours"),
        (timedelta(hours=30), "30 hours"),
        (timedelta(hours=49), "3 days"),
    ],
)
def test_a_wait_is_never_said_to_be_shorter_than_it_was(wait: timedelta, words: str) -> None:
    assert in_words(wait) == words
