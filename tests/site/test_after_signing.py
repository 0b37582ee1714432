"""What a specialist may do once they have signed, and what the person sees of it."""

from __future__ import annotations

import html as html_lib
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests import factories as make

from milium_site.casebook.actions import close_case
from milium_site.cases.models import Case
from milium_site.opinions.actions import (
    open_amendment,
    save_amendment,
    sign_amendment,
    withdraw_opinion,
)
from milium_site.opinions.models import Amendment, Opinion, OpinionVersion, Reply
from milium_site.opinions.review import Review
from milium_site.people.actions import Found, check_credential, withdraw_credentials
from milium_site.people.models import Specialist


pytestmark = pytest.mark.django_db

CHANGED = "This is contact dermatitis. I recommend tacrolimus ointment at night."
WHY = "The patch test came back."
OTHER = "This looks like psoriasis. A skin biopsy is not needed. I recommend coal tar."


@pytest.fixture
def author(client: Client) -> Specialist:
    author = make.specialist("Dr Author")
    client.force_login(author.user)
    return author


@pytest.fixture
def colleague(author: Specialist) -> Specialist:
    return make.specialist("Dr Colleague")


@pytest.fixture
def asked(author: Specialist, colleague: Specialist) -> make.Asked:
    return make.open_case()


@pytest.fixture
def opinion(asked: make.Asked, author: Specialist) -> Opinion:
    return make.signed(asked.case, author)


def url(name: str, case: Case) -> str:
    return reverse(name, args=[case.key])


def seen(client: Client, address: str) -> str:
    """The page as it is written; its medical words stand plain again, as they do for a reader."""
    html = re.sub(r'<a class="term"[^>]*>(.*?)</a>', r"\1", client.get(address).content.decode())
    return html_lib.unescape(html)


def version(client: Client, address: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', client.get(address).content.decode())
    assert found
    return found[1]


def amend(client: Client, case: Case, text: str = CHANGED, because: str = WHY) -> None:
    """By the two pages, as an author does it."""
    page = url("amend", case)
    given = {"text": text, "because": because, "version": version(client, page), "review": "yes"}
    assert client.post(page, given).status_code == 302
    page = url("amend-review", case)
    html = client.get(page).content.decode()
    shown = re.findall(r'name="shown" value="([^"]+)"', html)
    client.post(
        page, {"shown": shown, "keep": shown, "version": version(client, page), "sign": "yes"}
    )


def test_an_amended_answer_stands_with_its_reason_and_the_old_words_can_be_read(
    client: Client, asked: make.Asked, opinion: Opinion
) -> None:
    amend(client, asked.case)

    opinion.refresh_from_db()
    assert (opinion.state, opinion.text, opinion.because) == ("amended", CHANGED, WHY)
    assert OpinionVersion.objects.get().text == make.ANSWER
    page = seen(Client(), reverse("case", args=[asked.link]))
    assert WHY in page
    assert make.ANSWER in page
    assert "tacrolimus" in page


def test_until_it_is_signed_an_amendment_changes_nothing_for_the_person(
    client: Client, asked: make.Asked, opinion: Opinion
) -> None:
    before = seen(Client(), reverse("case", args=[asked.link]))

    client.post(url("amend", asked.case), {"text": CHANGED, "because": WHY, "version": "0"})

    opinion.refresh_from_db()
    assert opinion.text == make.ANSWER
    assert Amendment.objects.get().text == CHANGED
    assert "tacrolimus" not in before + seen(Client(), reverse("case", args=[asked.link]))


def test_an_amendment_without_a_reason_keeps_the_words_and_asks_for_one(
    client: Client, asked: make.Asked, opinion: Opinion
) -> None:
    given = {"text": CHANGED, "because": " ", "version": "0", "review": "yes"}

    response = client.post(url("amend", asked.case), given)

    assert response.status_code == 422
    assert "Say why" in response.content.decode()
    assert CHANGED in response.content.decode()
    opinion.refresh_from_db()
    assert opinion.state == "signed"


def test_two_tabs_that_amend_keep_both_texts(
    client: Client, asked: make.Asked, opinion: Opinion
) -> None:
    page = url("amend", asked.case)
    shown = version(client, page)
    client.post(page, {"text": "In the first tab", "because": WHY, "version": shown})

    response = client.post(page, {"text": "In the second tab", "because": WHY, "version": shown})

    assert response.status_code == 409
    assert "In the first tab" in response.content.decode()
    assert "In the second tab" in response.content.decode()
    assert Amendment.objects.get().text == "In the first tab"


def test_signing_an_amendment_twice_is_once(opinion: Opinion) -> None:
    amendment = save_amendment(
        amendment=open_amendment(opinion=opinion), text=CHANGED, because=WHY, version=0
    )

    first, second = (
        sign_amendment(amendment=amendment, review=Review(), version=amendment.version)
        for _ in range(2)
    )

    assert first.changed_at == second.changed_at
    assert OpinionVersion.objects.count() == 1


def test_a_dropped_change_leaves_the_answer_as_it_was_signed(
    client: Client, asked: make.Asked, opinion: Opinion
) -> None:
    client.post(url("amend", asked.case), {"text": CHANGED, "because": WHY, "version": "0"})

    client.post(url("amend", asked.case), {"drop": "yes"})

    opinion.refresh_from_db()
    assert opinion.text == make.ANSWER
    assert not Amendment.objects.exists()


def test_a_withdrawn_answer_leaves_the_comparison_and_the_person_is_told_why(
    client: Client, asked: make.Asked, opinion: Opinion
) -> None:
    client.post(url("withdraw", asked.case), {"because": "I looked at the wrong side."})

    page = seen(Client(), reverse("case", args=[asked.link]))
    assert "Dr Author took their answer back" in page
    assert "I looked at the wrong side." in page
    assert make.ANSWER not in page
    assert make.ANSWER in seen(client, url("answer", asked.case))


def test_withdrawing_without_a_reason_is_refused(
    client: Client, asked: make.Asked, opinion: Opinion
) -> None:
    assert client.post(url("withdraw", asked.case), {"because": " "}).status_code == 422
    opinion.refresh_from_db()
    assert opinion.state == "signed"


def test_who_has_not_signed_learns_of_no_withdrawal(
    client: Client, asked: make.Asked, opinion: Opinion, colleague: Specialist
) -> None:
    client.force_login(colleague.user)
    before = seen(client, url("answer", asked.case))

    withdraw_opinion(opinion=opinion, because="I looked at the wrong side.")

    after = seen(client, url("answer", asked.case))
    guard = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
    assert guard.sub("", after) == guard.sub("", before)


@pytest.fixture
def answered(asked: make.Asked, opinion: Opinion, colleague: Specialist) -> make.Asked:
    make.signed(asked.case, colleague, OTHER)
    asked.case.refresh_from_db()
    assert asked.case.state == "answered"
    return asked


ROW = "treatment/treatment:emollient"


def reply(client: Client, case: Case, text: str, row: str = ROW) -> int:
    return client.post(url("reply", case), {"row": row, "text": text}).status_code


def test_a_reply_stands_on_its_row_for_the_person_and_the_panel(
    client: Client, answered: make.Asked, colleague: Specialist
) -> None:
    assert reply(client, answered.case, "It soothes while we wait.") == 302

    other = Client()
    other.force_login(colleague.user)
    for who, address in (
        (Client(), reverse("case", args=[answered.link])),
        (other, url("answer", answered.case)),
    ):
        page = seen(who, address)
        assert page.index("Emollient") < page.index("It soothes while we wait.")


def test_replying_again_to_the_same_row_puts_the_later_words_there(
    client: Client, answered: make.Asked
) -> None:
    for words in ("The first thought.", "The second thought."):
        reply(client, answered.case, words)

    assert [r.text for r in Reply.objects.all()] == ["The second thought."]


@pytest.mark.parametrize(
    ("row", "text"),
    [(ROW, ""), (ROW, "x" * 281), ("treatment/treatment:minoxidil", "On a row that is not there.")],
)
def test_a_reply_without_words_too_long_or_to_no_difference_is_given_back(
    row: str, text: str, client: Client, answered: make.Asked
) -> None:
    response = client.post(url("reply", answered.case), {"row": row, "text": text})

    assert response.status_code == 422
    assert text in response.content.decode()
    assert not Reply.objects.exists()


def test_nobody_replies_before_everybody_has_signed(
    client: Client, asked: make.Asked, opinion: Opinion
) -> None:
    reply(client, asked.case, "Too early.")

    assert not Reply.objects.exists()
    assert "Respond to a difference" not in seen(client, url("answer", asked.case))


def test_a_reply_changes_no_reading(client: Client, answered: make.Asked) -> None:
    before = [o.reading for o in answered.case.opinions.order_by("pk")]

    reply(client, answered.case, "I recommend minoxidil and a skin biopsy.")

    assert [o.reading for o in answered.case.opinions.order_by("pk")] == before


def test_the_asker_closes_a_case_and_can_still_read_it(
    client: Client, asked: make.Asked, opinion: Opinion
) -> None:
    asker, page = Client(), reverse("close", args=[asked.link])
    assert "I have what I need" in seen(asker, reverse("case", args=[asked.link]))
    assert "1 specialist can no longer answer." in seen(asker, page)

    for _ in range(2):
        assert asker.post(page).status_code == 302

    asked.case.refresh_from_db()
    assert asked.case.state == "closed"
    assert asked.case.events.filter(what="closed").count() == 1
    shown = seen(asker, reverse("case", args=[asked.link]))
    assert "Your case is closed." in shown
    # Medical words of the answer open what they mean, so its sentences are not in one piece.
    assert "This looks like" in shown
    assert "I have what I need" not in shown


def test_a_case_without_an_answer_is_taken_back_not_closed(asked: make.Asked) -> None:
    Client().post(reverse("close", args=[asked.link]))

    asked.case.refresh_from_db()
    assert asked.case.state == "open"


def test_who_was_writing_when_the_case_was_closed_keeps_every_word(
    client: Client, asked: make.Asked, opinion: Opinion, colleague: Specialist
) -> None:
    make.draft(asked.case, colleague, "Half an answer")
    client.force_login(colleague.user)

    close_case(case=asked.case)

    assert "Half an answer" in seen(client, url("answer", asked.case))
    assert "Closed before you signed" in seen(client, reverse("queue"))
    late = client.post(url("answer", asked.case), {"text": "Half an answer, and", "version": "1"})
    assert late.status_code == 409
    assert "Half an answer, and" in late.content.decode()


def test_an_answer_shows_what_was_checked_of_its_author_and_marks_a_check_that_ended(
    client: Client, asked: make.Asked, author: Specialist, colleague: Specialist
) -> None:
    check_credential(
        specialist=colleague,
        checked_on=timezone.localdate(),
        what=Found(
            register="us-npi", register_name="NPI Registry", number="1234567893",
            seen={"name": "Dr Colleague", "status": "active"},
        ),
    )  # fmt: skip
    make.signed(asked.case, author)
    make.signed(asked.case, colleague, OTHER)
    case, panel = reverse("case", args=[asked.link]), url("answer", asked.case)
    for page in (case, panel):
        assert "in: NPI Registry (name, status)" in seen(client, page)
        assert "This check was withdrawn since." not in seen(client, page)

    withdraw_credentials(specialist=colleague, because="struck off")

    for page in (case, panel):
        html = seen(client, page)
        assert "This check was withdrawn since." in html
        assert "psoriasis" in html
        # One mark of a check that counts is left: the other author's.
        assert html.count('title="register checked"') == 1
