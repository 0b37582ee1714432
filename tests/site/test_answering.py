"""From a blank page to a signed answer; nothing typed is lost."""

from __future__ import annotations

import html as html_lib
import re
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.http import HttpResponseRedirect
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests import factories as make

from milium_site.cases.models import Case
from milium_site.opinions.actions import save_draft, sign_opinion
from milium_site.opinions.models import Opinion
from milium_site.opinions.policies import Refused, StaleDraft
from milium_site.opinions.queries import open_prompts
from milium_site.opinions.review import Review
from milium_site.people.models import Specialist


pytestmark = pytest.mark.django_db


@pytest.fixture
def author(client: Client) -> Specialist:
    author = make.specialist("Dr Author")
    client.force_login(author.user)
    return author


@pytest.fixture
def case(author: Specialist) -> Case:
    return make.open_case().case


def write(client: Client, case: Case, text: str, version: int, **more: str) -> HttpResponseRedirect:
    return client.post(
        reverse("answer", args=[case.key]), {"text": text, "version": version, **more}
    )


def points(client: Client, case: Case) -> dict[str, list[str]]:
    html = client.get(reverse("review", args=[case.key])).content.decode()
    return {
        name: re.findall(rf'name="{name}" value="([^"]+)"', html)
        for name in ("shown", "keep", "version")
    }


def test_a_draft_is_saved_and_found_again(client: Client, case: Case) -> None:
    write(client, case, "Half a thou", 0)

    assert (
        "Half a thou</textarea>" in client.get(reverse("answer", args=[case.key])).content.decode()
    )


def test_reading_the_page_begins_no_opinion(client: Client, case: Case) -> None:
    client.get(reverse("answer", args=[case.key]))

    assert not Opinion.objects.exists()


def test_saving_as_one_types_gives_the_next_version(client: Client, case: Case) -> None:
    url = reverse("answer", args=[case.key])

    first = client.post(url, {"text": "One", "version": "0"}, headers={"HX-Request": "true"})
    again = client.post(url, {"text": "One two", "version": "1"}, headers={"HX-Request": "true"})

    assert 'name="version" value="1"' in first.content.decode()
    assert 'name="version" value="2"' in again.content.decode()
    assert "<html" not in again.content.decode()
    assert Opinion.objects.get().text == "One two"


def test_an_old_tab_writes_over_nothing_and_keeps_both_texts(client: Client, case: Case) -> None:
    write(client, case, "Written on the phone", 0)

    response = write(client, case, "Written on the desk", 0)

    html = response.content.decode()
    assert response.status_code == 409
    assert "Written on the phone" in html
    assert "Written on the desk" in html
    assert Opinion.objects.get().text == "Written on the phone"


def test_the_author_may_choose_to_keep_the_text_of_the_old_tab(client: Client, case: Case) -> None:
    write(client, case, "Written on the phone", 0)

    write(client, case, "Written on the desk", 0, over="1")

    assert Opinion.objects.get().text == "Written on the desk"


def test_words_typed_after_signing_elsewhere_are_given_back(
    client: Client, case: Case, author: Specialist
) -> None:
    opinion = make.signed(case, author)

    response = write(client, case, "A late thought", opinion.version)

    assert response.status_code == 409
    assert "A late thought" in response.content.decode()
    opinion.refresh_from_db()
    assert opinion.text == make.ANSWER


def test_words_sent_after_the_session_ended_are_given_back(client: Client, case: Case) -> None:
    client.logout()

    response = write(client, case, "Typed while signed out", 0)

    assert response.status_code == 401
    assert "Typed while signed out" in response.content.decode()


def test_words_sent_with_an_expired_form_are_given_back(case: Case, author: Specialist) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(author.user)

    response = write(strict, case, "Typed in an old tab", 0)

    assert response.status_code == 403
    assert "Typed in an old tab" in response.content.decode()


def test_too_long_an_answer_is_given_back_with_the_reason(client: Client, case: Case) -> None:
    response = write(client, case, "word " * 5000, 0)

    assert response.status_code == 422
    assert "20,000 is the most" in response.content.decode()
    assert response.content.count(b"word ") >= 5000


def test_an_empty_answer_cannot_be_reviewed_or_signed(
    client: Client, case: Case, author: Specialist
) -> None:
    opinion = make.draft(case, author, "  ")

    assert client.get(reverse("review", args=[case.key])).status_code == 302
    with pytest.raises(Refused, match="nothing to sign"):
        sign_opinion(opinion=opinion, review=Review(), version=opinion.version)


def test_the_review_shows_the_reading_and_signing_keeps_it(
    client: Client, case: Case, author: Specialist
) -> None:
    make.draft(case, author)
    shown = points(client, case)
    assert {"treatment/treatment:emollient", "test/test:patch-test"} <= set(shown["shown"])

    client.post(reverse("review", args=[case.key]), shown | {"sign": "yes"})

    opinion = Opinion.objects.get()
    assert opinion.state == "signed"
    assert opinion.reading == opinion.reading_read
    assert {s["concept"]["name"] for s in opinion.reading} == make.names_read(make.ANSWER)
    assert all(
        opinion.text[s["quote"]["start"] : s["quote"]["end"]] == s["quote"]["text"]
        for s in opinion.reading
    )


def test_a_point_taken_away_is_not_in_the_signed_reading(
    client: Client, case: Case, author: Specialist
) -> None:
    make.draft(case, author)
    shown = points(client, case)
    kept = [name for name in shown["keep"] if "emollient" not in name]

    client.post(reverse("review", args=[case.key]), shown | {"keep": kept, "sign": "yes"})

    opinion = Opinion.objects.get()
    assert "emollient" not in str(opinion.reading)
    assert "emollient" in str(opinion.reading_read)


UNSAID = "Tretinoin cream at night is an option."


def test_before_signing_milium_asks_about_what_is_unsaid_with_the_source(
    client: Client, case: Case, author: Specialist
) -> None:
    opinion = make.draft(case, author, UNSAID)

    html = client.get(reverse("review", args=[case.key])).content.decode()

    (prompt, note), *_ = open_prompts(opinion, Review())
    assert "nothing is said about pregnancy" in prompt.question
    assert "40, female" in prompt.question
    assert prompt.question in html
    assert note.statement in html_lib.unescape(html)
    assert note.sources[0].url in html_lib.unescape(html)
    assert f"{reverse('answer', args=[case.key])}#id_text" in html
    assert "Sign my answer as it is" in html


def test_an_answer_that_speaks_of_it_is_asked_nothing(
    client: Client, case: Case, author: Specialist
) -> None:
    make.draft(case, author, f"{UNSAID} Do not use it in pregnancy.")

    html = client.get(reverse("review", args=[case.key])).content.decode()

    assert "Before you sign" not in html
    assert ">Sign my answer</button>" in html


def test_signing_as_it_is_changes_no_word_and_keeps_what_was_asked(
    client: Client, case: Case, author: Specialist
) -> None:
    opinion = make.draft(case, author, UNSAID)
    asked = [prompt.question for prompt, _ in open_prompts(opinion, Review())]

    client.post(reverse("review", args=[case.key]), points(client, case) | {"sign": "yes"})

    opinion.refresh_from_db()
    assert (opinion.state, opinion.text) == ("signed", UNSAID)
    assert [prompt["question"] for prompt in opinion.prompts] == asked != []


def test_a_point_taken_away_is_asked_about_no_more(case: Case, author: Specialist) -> None:
    opinion = make.draft(case, author, UNSAID)

    assert not open_prompts(opinion, Review(removed=frozenset({"treatment/treatment:tretinoin"})))


def test_a_stance_can_be_changed_within_those_of_its_kind(
    client: Client, case: Case, author: Specialist
) -> None:
    make.draft(case, author)
    name = "test/test:patch-test"

    client.post(
        reverse("review", args=[case.key]),
        points(client, case)
        | {
            f"stance:{name}": "option",
            "stance:treatment/treatment:emollient": "likely",
            "sign": "yes",
        },
    )

    stances = {s["concept"]["name"]: s["stance"] for s in Opinion.objects.get().reading}
    assert stances["patch test"] == "option"
    assert stances["emollient"] == "recommended"


MISSING = {"words": "contact", "concept": "tretinoin", "says": "treatment/avoid"}


def test_a_missing_point_is_added_with_exact_words(
    client: Client, case: Case, author: Specialist
) -> None:
    make.draft(case, author)
    url = reverse("review", args=[case.key])

    client.post(url, points(client, case) | MISSING | {"add": "yes"})
    client.post(url, points(client, case) | {"sign": "yes"})

    added = next(s for s in Opinion.objects.get().reading if s["concept"]["name"] == "tretinoin")
    assert (added["kind"], added["stance"], added["quote"]["text"]) == (
        "treatment",
        "avoid",
        "contact",
    )


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"words": "not in the answer"}, "does not hold these exact words"),
        ({"words": ""}, "Say which words"),
        ({"concept": "zzyzx"}, "We do not know “zzyzx”"),
        ({"concept": ""}, "Say what the words speak of"),
        ({"concept": "skin biopsy"}, "We do not know “skin biopsy” under “Treatment”"),
        ({"says": "treatment/likely"}, "Select a valid choice"),
    ],
)
def test_a_point_that_cannot_be_added_is_given_back_with_the_reason(
    wrong: dict[str, str], reason: str, client: Client, case: Case, author: Specialist
) -> None:
    make.draft(case, author)
    given = MISSING | wrong

    response = client.post(
        reverse("review", args=[case.key]), points(client, case) | given | {"sign": "yes"}
    )

    html = response.content.decode()
    assert response.status_code == 422
    assert reason in html
    assert all(f'value="{given[name]}"' in html for name in ("words", "concept") if given[name])
    assert Opinion.objects.get().state == "draft"


def test_signing_words_that_changed_since_they_were_reviewed_is_refused(
    client: Client, case: Case, author: Specialist
) -> None:
    opinion = make.draft(case, author)
    shown = points(client, case)
    save_draft(opinion=opinion, text="Quite another answer", version=opinion.version)

    response = client.post(reverse("review", args=[case.key]), shown | {"sign": "yes"}, follow=True)

    assert "was changed after this page was opened" in response.content.decode()
    assert Opinion.objects.get().state == "draft"


def test_signing_twice_is_signing_once(client: Client, case: Case, author: Specialist) -> None:
    make.draft(case, author)
    shown = points(client, case)

    answers = [
        client.post(reverse("review", args=[case.key]), shown | {"sign": "yes"}) for _ in range(2)
    ]

    assert [a.status_code for a in answers] == [302, 302]
    assert Opinion.objects.count() == 1


def test_a_signed_answer_is_never_saved_over(case: Case, author: Specialist) -> None:
    opinion = make.signed(case, author)

    with pytest.raises(Refused):
        save_draft(opinion=opinion, text="other words", version=opinion.version)


def test_a_stale_save_says_what_stands_there(case: Case, author: Specialist) -> None:
    opinion = make.draft(case, author, "first")
    save_draft(opinion=opinion, text="second", version=opinion.version)

    with pytest.raises(StaleDraft) as caught:
        save_draft(opinion=opinion, text="third", version=opinion.version)

    assert caught.value.saved.text == "second"


def test_the_queue_puts_the_urgent_first_then_the_one_that_waits_longest(
    client: Client, case: Case
) -> None:
    later = make.open_case().case
    urgent = make.continued_case().case

    html = client.get(reverse("queue")).content.decode()

    assert html.index(urgent.key) < html.index(case.key) < html.index(later.key)


def test_the_queue_asks_the_database_the_same_number_of_times_for_any_length(
    client: Client, case: Case
) -> None:
    def look() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("queue"))
        return len(queries)

    before = look()
    for _ in range(5):
        make.open_case()

    assert look() == before <= 15


@pytest.mark.parametrize(
    "values",
    [
        {"state": "signed", "signed_at": None, "text": "words"},
        {"state": "nonsense"},
        {"state": "draft", "signed_at": "2026-11-22T00:00:00Z"},
        {"state": "signed", "signed_at": "2026-11-22T00:00:00Z", "text": ""},
    ],
)
def test_the_database_refuses_an_opinion_that_makes_no_sense(
    values: dict[str, Any], case: Case, author: Specialist
) -> None:
    opinion = make.draft(case, author)

    with pytest.raises(IntegrityError):
        Opinion.objects.filter(pk=opinion.pk).update(**values)


def test_the_database_holds_one_opinion_of_each_specialist(case: Case, author: Specialist) -> None:
    make.draft(case, author)

    with pytest.raises(IntegrityError):
        Opinion.objects.create(case=case, specialist=author, saved_at="2026-11-22T00:00:00Z")
