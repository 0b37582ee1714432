"""Questions of the panel and the asker's answers: sealed, sent once, looked through for red flags, never lost."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from tests import factories as make

from milium_site.casebook.actions import withdraw_case
from milium_site.cases.actions import move_case
from milium_site.cases.models import Case
from milium_site.cases.policies import NotNow
from milium_site.notices.models import Notice
from milium_site.people.models import Specialist
from milium_site.threads.actions import answer_panel, ask_asker
from milium_site.threads.models import Message
from milium_site.threads.presenters import SOMEBODY, thread_for_asker, thread_for_panellist
from milium_site.threads.queries import messages_for_panel, open_questions


pytestmark = pytest.mark.django_db

Panel = tuple[make.Asked, Specialist, Specialist]


@pytest.fixture
def panel() -> Panel:
    first, second = make.specialist("Dr First"), make.specialist("Dr Second")
    return make.open_case(), first, second


def test_a_question_asked_twice_is_one_and_asked_again_after_an_answer_is_two(
    panel: Panel,
) -> None:
    asked, first, _ = panel

    one = [ask_asker(case=asked.case, specialist=first, text="Does it hurt?") for _ in range(2)]
    answer_panel(case=asked.case, text="Yes.", answers=one[0])
    again = ask_asker(case=asked.case, specialist=first, text="Does it hurt?")

    assert one[0] == one[1]
    assert again != one[0]
    assert Message.objects.count() == 3


def test_an_answer_sent_twice_is_one_and_the_same_word_answers_two_questions(
    panel: Panel, client: Client
) -> None:
    asked, first, second = panel
    questions = [
        ask_asker(case=asked.case, specialist=who, text=text)
        for who, text in ((first, "Does it hurt?"), (second, "Does it itch?"))
    ]
    url = reverse("answer-panel", args=[asked.link])

    for question in questions:
        for _ in range(2):
            assert client.post(url, {"text": "Yes", "answers": question.pk}).status_code == 302

    assert list(Message.objects.filter(specialist=None).values_list("answers", flat=True)) == [
        q.pk for q in questions
    ]
    assert open_questions(asked.case) == []


def test_a_panellist_who_writes_sees_what_was_asked_and_not_by_whom(panel: Panel) -> None:
    asked, first, second = panel
    ask_asker(case=asked.case, specialist=first, text="Does it hurt?")
    ask_asker(case=asked.case, specialist=second, text="Does it itch?")

    def seen(*, sealed: bool) -> list[str]:
        return [x.who for x in thread_for_panellist(asked.case, first.pk, sealed=sealed)]

    assert seen(sealed=True) == ["You", SOMEBODY]
    assert seen(sealed=False) == ["You", "Dr Second"]
    assert [x.who for x in thread_for_asker(asked.case)] == ["Dr First", "Dr Second"]


@pytest.mark.parametrize("state", ["open", "answered", "closed", "held", "withdrawn"])
def test_only_a_panel_that_has_the_case_asks_and_is_answered(state: str) -> None:
    author = make.specialist()
    case = make.open_case().case
    if state == "answered":
        make.signed(case, author)
    elif state == "withdrawn":
        withdraw_case(case=case)
    elif state != "open":
        move_case(case=case, to=state)
    case.refresh_from_db()
    assert case.state == state

    def both() -> None:
        ask_asker(case=case, specialist=author, text="Does it hurt?")
        answer_panel(case=case, text="Yes.")

    if state in {"open", "answered"}:
        both()
        assert case.messages.count() == 2
    else:
        with pytest.raises(NotNow):
            both()
        assert case.messages.count() == 0


def test_an_emergency_in_an_answer_interrupts_and_waits_until_it_was_dealt_with(
    panel: Panel, client: Client
) -> None:
    asked, _, _ = panel
    url, help_page = (reverse(n, args=[asked.link]) for n in ("answer-panel", "message-help"))

    sent = client.post(url, {"text": make.EMERGENCY})

    assert sent.url == help_page
    assert "call" in client.get(help_page).content.decode().lower()
    assert messages_for_panel(asked.case, 0) == []
    assert client.post(help_page, {}).status_code == 422
    assert messages_for_panel(asked.case, 0) == []
    for _ in range(2):
        assert client.post(help_page, {"dealt_with": "yes"}).status_code == 302
    assert [m.text for m in messages_for_panel(asked.case, 0)] == [make.EMERGENCY]
    assert Case.objects.get(pk=asked.case.pk).urgency_rank == 0


def test_a_message_that_waits_can_be_dropped_and_one_that_was_sent_cannot(
    panel: Panel, client: Client
) -> None:
    asked, _, _ = panel
    url, help_page = (reverse(n, args=[asked.link]) for n in ("answer-panel", "message-help"))
    client.post(url, {"text": "It itches more."})
    client.post(url, {"text": make.EMERGENCY})

    for _ in range(2):
        client.post(help_page, {"drop": "yes"})

    assert [m.text for m in asked.case.messages.all()] == ["It itches more."]


@pytest.mark.parametrize(("text", "status"), [("", 422), ("  ", 422), ("x" * 10_001, 422)])
def test_words_that_cannot_be_taken_are_given_back(
    text: str, status: int, panel: Panel, client: Client
) -> None:
    asked, first, _ = panel
    question = ask_asker(case=asked.case, specialist=first, text="Does it hurt?")

    response = client.post(
        reverse("answer-panel", args=[asked.link]), {"text": text, "answers": question.pk}
    )

    assert response.status_code == status
    assert text.strip() in response.content.decode()
    assert asked.case.messages.count() == 1


def test_words_sent_to_a_case_that_was_closed_meanwhile_are_given_back(
    panel: Panel, client: Client
) -> None:
    asked, _, _ = panel
    move_case(case=asked.case, to="closed")

    response = client.post(reverse("answer-panel", args=[asked.link]), {"text": "One more thing"})

    assert response.status_code == 409
    assert "One more thing" in response.content.decode()


def test_another_cases_question_is_not_answered(panel: Panel, client: Client) -> None:
    asked, first, _ = panel
    other = make.open_case()
    question = ask_asker(case=other.case, specialist=first, text="Does it hurt?")

    client.post(reverse("answer-panel", args=[asked.link]), {"text": "Yes", "answers": question.pk})

    assert open_questions(other.case) == [question]
    assert asked.case.messages.get().answers is None


def test_the_panel_is_told_of_an_answer_once_and_not_of_one_that_waits(panel: Panel) -> None:
    asked, _, _ = panel

    def told() -> int:
        return Notice.objects.filter(kind="asker-answered").count()

    answer_panel(case=asked.case, text=make.EMERGENCY)
    assert told() == 0
    for _ in range(2):
        answer_panel(case=asked.case, text="It itches more.")
    assert told() == 2
