"""From the first page to a sent case, as a browser without JavaScript does it."""

from __future__ import annotations

import re

import pytest
from django.http import HttpResponseRedirect
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests import factories as make

from milium.api import triage, vocabulary
from milium_site.cases.models import Case
from milium_site.cases.plain_names import FELT, PLACES, SEEN, headline_of
from milium_site.cases.policies import SELF_HARM


pytestmark = pytest.mark.django_db

ABOUT = {"who_for": "self", "age": "40", "sex": "female", "place": "Maine", "country": "US"}
ASKED = {"duration_number": "2", "duration_unit": "M", "part": "sites", "words": ""}


def token_on(client: Client) -> str:
    found = re.search(r'name="token" value="([^"]+)"', client.get("/").content.decode())
    assert found
    return found[1]


def start(client: Client, text: str = make.QUESTION, **more: str) -> HttpResponseRedirect:
    return client.post("/", {"text": text, "token": token_on(client), **more})


def page_of(url: str, name: str) -> str:
    """Another step of the case that ``url`` belongs to."""
    return reverse(name, args=[url.split("/")[2]])


def send(client: Client, url: str) -> HttpResponseRedirect:
    return client.post(page_of(url, "send"), {"purpose": "care", "send": "yes"})


def fields_of(html: str) -> dict[str, list[str]]:
    """What the chips on a page would send: everything shown, and what is ticked."""
    return {
        name: re.findall(rf'name="{name}" value="([^"]+)"', html)
        for name in ("shown", "keep", "added")
    }


def test_asking_takes_five_short_steps_and_gives_a_secret_link(client: Client) -> None:
    make.specialist()

    first = start(client)
    page = client.get(first.url)
    second = client.post(first.url, ASKED | fields_of(page.content.decode()))
    third = client.post(second.url, ABOUT)
    assert "Skip photos" in client.get(third.url).content.decode()
    last = third.url.replace("/photos/", "/check/")
    assert "Check and send" in client.get(last).content.decode()
    sent = send(client, last)

    case = Case.objects.get()
    assert sent.status_code == 302
    assert case.state == "open"
    assert (case.age, case.sex, case.place, case.country) == (40, "female", "Maine", "US")
    assert "Your case is with 1 specialist" in client.get(sent.url).content.decode()


def test_sending_the_first_page_twice_makes_one_case(client: Client) -> None:
    token = token_on(client)

    answers = [client.post("/", {"text": make.QUESTION, "token": token}) for _ in range(2)]

    assert Case.objects.count() == 1
    assert answers[0].url == answers[1].url


def test_going_back_and_writing_more_changes_the_same_draft(client: Client) -> None:
    token = token_on(client)
    client.post("/", {"text": make.QUESTION, "token": token})

    client.post("/", {"text": "It is now on my chest, too.", "token": token})

    assert Case.objects.get().text == "It is now on my chest, too."


def test_sending_the_case_twice_sends_it_once(client: Client) -> None:
    make.specialist()
    url = start(client).url

    answers = [send(client, url) for _ in range(2)]

    case = Case.objects.get()
    assert [a.status_code for a in answers] == [302, 302]
    assert list(case.events.values_list("what", flat=True)) == ["submitted", "screening", "open"]
    assert case.seats.count() == 1


def test_words_of_a_sent_case_are_not_changed_by_an_old_tab(client: Client) -> None:
    asked = make.open_case()

    client.post(reverse("words", args=[asked.link]), {"text": "something else entirely"})

    asked.case.refresh_from_db()
    assert asked.case.text == make.QUESTION


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Tell us what is going on"),
        ("   \n ", "Tell us what is going on"),
        ("x" * 10_001, "10,001 characters; 10,000 is the most"),
        ("ab\x00cd", "Null characters are not allowed"),
    ],
)
def test_a_text_that_cannot_be_taken_is_given_back_with_the_reason(
    text: str, reason: str, client: Client
) -> None:
    response = start(client, text)

    html = response.content.decode()
    assert response.status_code == 422
    assert reason in html
    assert 'aria-invalid="true"' in html
    assert text.strip()[:50] in html
    assert not Case.objects.exists()


def test_five_megabytes_are_refused_beside_the_field_and_given_back(client: Client) -> None:
    response = start(client, "itchy " * 900_000)

    assert response.status_code == 422
    assert "is the most we can take" in response.content.decode()
    assert response.content.count(b"itchy") == 900_000


def test_a_form_of_another_site_makes_no_case_and_keeps_the_words(client: Client) -> None:
    response = client.post("/", {"text": make.QUESTION, "token": "made-up"})

    assert response.status_code == 422
    assert "Your words are still here" in response.content.decode()
    assert "itchy rash on my neck" in response.content.decode()
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("age", "forty", "Write the age as a whole number"),
        ("age", "200", "a number from 0 to 120"),
        ("duration_number", "-1", "a number from 1 to 999"),
        ("place", "x" * 61, "at most 60 characters"),
        ("words", "zzyzx", "We do not know “zzyzx”"),
    ],
)
def test_an_answer_that_cannot_be_taken_keeps_all_the_others(
    field: str, value: str, reason: str, client: Client
) -> None:
    url = start(client).url

    response = client.post(
        page_of(url, "questions" if field in ASKED else "person"),
        ABOUT | ASKED | {"place": "Leeds", field: value},
    )

    html = response.content.decode()
    assert response.status_code == 422
    assert reason in html
    assert f'value="{value}"' in html
    assert field in {"place", *ASKED} or 'value="Leeds"' in html
    assert Case.objects.get().state == "draft"


def test_what_was_misread_is_taken_away_and_both_readings_are_kept(client: Client) -> None:
    url = start(client).url
    chips = fields_of(client.get(url).content.decode())
    neck = next(name for name in chips["shown"] if "neck" in name)

    client.post(url, ASKED | chips | {"keep": [k for k in chips["keep"] if k != neck]})

    case = Case.objects.get()
    assert "neck" in str(case.history_read["sites"])
    assert "neck" not in str(case.history["sites"])
    assert case.text == make.QUESTION


def test_what_was_missed_is_added_with_the_askers_words_as_its_quote(client: Client) -> None:
    url = start(client).url
    chips = fields_of(client.get(url).content.decode())

    client.post(url, ASKED | chips | {"part": "sites", "words": "elbow", "add": "yes"})
    page = client.get(url).content.decode()
    assert "elbow" in page
    client.post(url, ASKED | fields_of(page))

    case = Case.objects.get()
    found = [f for f in case.history["sites"] if "elbow" in f["concept"]["name"]]
    assert [case.question[f["quote"]["start"] : f["quote"]["end"]] for f in found] == ["elbow"]
    assert case.text in case.question


def test_how_it_went_can_be_corrected(client: Client) -> None:
    url = start(client).url
    page = client.get(url).content.decode()
    name = next(n for n in fields_of(page)["shown"] if n.startswith("tried/"))

    client.post(url, ASKED | fields_of(page) | {f"response:{name}": "worse"})

    assert [t["response"] for t in Case.objects.get().history["tried"]] == ["worse"]


@pytest.mark.parametrize(
    "planted", ["sites/condition:psoriasis/x", "rubbish", "sites/site:neck/<b>", "a/b/c"]
)
def test_a_made_up_addition_adds_nothing(planted: str, client: Client) -> None:
    url = start(client).url

    client.post(url, ASKED | {"added": planted})

    assert Case.objects.get().corrections["added"] == []


def test_what_was_understood_so_far_writes_nothing(client: Client) -> None:
    response = client.post(reverse("understand"), {"text": make.QUESTION})

    html = response.content.decode()
    assert "<html" not in html
    assert "neck" in html
    assert not Case.objects.exists()


def test_what_is_typed_is_escaped_everywhere(client: Client) -> None:
    make.specialist()
    text = "My neck itches <script>alert(1)</script>"
    url = start(client, text).url
    pages = [client.get(url), client.post(reverse("understand"), {"text": text})]
    pages.append(client.get(send(client, url).url))

    assert all(b"<script>alert" not in page.content for page in pages)
    assert b"&lt;script&gt;alert" in pages[-1].content


@pytest.mark.parametrize(
    ("language", "number"), [("en-GB,en", "999"), ("en-AU", "000"), ("en", "911"), ("", "911")]
)
def test_an_emergency_interrupts_while_typing_with_the_countrys_number(
    language: str, number: str, client: Client
) -> None:
    response = client.post(
        reverse("understand"), {"text": make.EMERGENCY}, headers={"Accept-Language": language}
    )

    html = response.content.decode()
    assert "This may need help now" in html
    assert f"tel:{number}" in html


def test_an_emergency_stops_the_case_until_it_was_dealt_with(client: Client) -> None:
    make.specialist()

    first = start(client, make.EMERGENCY)
    assert first.url.endswith("/now/")
    page = client.get(first.url)
    assert "We have not sent your case" in page.content.decode()
    link = first.url.split("/")[2]

    # No page leads around it.
    assert client.get(reverse("check", args=[link])).url == first.url
    assert send(client, first.url).url == first.url
    for step in ("questions", "person"):
        assert client.get(reverse(step, args=[link])).url == first.url
    assert client.get(reverse("case", args=[link])).url == first.url
    assert client.post(first.url, {}).status_code == 422
    assert Case.objects.get().state == "draft"

    onward = client.post(first.url, {"dealt_with": "yes"})
    assert onward.url.endswith("/questions/")
    send(client, onward.url)

    case = Case.objects.get()
    assert case.state == "open"
    assert case.urgency_rank == 0
    assert case.events.get(what="dealt_with").detail["rules"] == case.dealt_with != []


def test_a_case_stopped_on_the_way_goes_on_once_it_was_dealt_with(client: Client) -> None:
    make.specialist()
    asked = make.stopped_case()
    assert asked.case.state == "stopped"
    assert (
        "No specialist has seen it"
        in client.get(reverse("now", args=[asked.link])).content.decode()
    )

    client.post(reverse("now", args=[asked.link]), {"dealt_with": "yes"})

    asked.case.refresh_from_db()
    assert asked.case.state == "open"


@pytest.mark.parametrize(
    ("country", "number"), [("US", "911"), ("GB", "999"), ("AU", "000"), ("DE", "112"), ("ZZ", "")]
)
def test_the_stopped_page_says_where_to_go_in_that_country(
    country: str, number: str, client: Client
) -> None:
    asked = make.draft_case(make.EMERGENCY, about=make.About(country=country))

    html = client.get(reverse("now", args=[asked.link])).content.decode()

    assert f'class="button call" href="tel:{number}"' in html or not number
    assert ("Call the emergency number of your country" in html) == (not number)
    # Whoever is abroad finds the others, too.
    assert all(f'href="tel:{n}"' in html for n in ("911", "999", "000", "112"))


def test_no_specialist_sees_a_stopped_case_by_any_way(client: Client) -> None:
    author = make.specialist()
    asked = make.stopped_case()
    client.force_login(author.user)

    assert asked.case.key not in client.get(reverse("queue")).content.decode()
    assert not asked.case.seats.exists()
    for name in ("answer", "review"):
        assert client.get(reverse(name, args=[asked.case.key])).status_code == 404

    # Not with a seat either, should one ever be given too early.
    asked.case.seats.create(specialist=author, invited_at="2026-11-22T00:00:00Z")
    assert asked.case.key not in client.get(reverse("queue")).content.decode()
    assert client.get(reverse("answer", args=[asked.case.key])).status_code == 404


def test_what_stopped_a_case_is_recorded() -> None:
    case = make.stopped_case().case

    stopped = case.events.get(what="stopped")
    assert stopped.detail["rules"] == [flag["rule"] for flag in case.flags]


DESPAIR = "My skin makes me want to die. It itches on my neck all day."


def test_the_rule_for_self_harm_is_the_one_that_fires() -> None:
    assert [flag.rule for flag in triage(DESPAIR).flags] == [SELF_HARM]


@pytest.mark.parametrize(
    ("language", "line"), [("en-US", "988"), ("en-GB", "116123"), ("en-AU", "131114")]
)
def test_thoughts_of_self_harm_are_met_with_care_not_alarm(
    language: str, line: str, client: Client
) -> None:
    live = client.post(
        reverse("understand"), {"text": DESPAIR}, headers={"Accept-Language": language}
    )
    first = client.post(
        "/", {"text": DESPAIR, "token": token_on(client)}, headers={"Accept-Language": language}
    )
    page = client.get(first.url)

    for html in (live.content.decode(), page.content.decode()):
        assert f'class="button" href="tel:{line}"' in html
        assert 'class="danger"' not in html
        assert "This may need help now" not in html
    assert "You can still send your case" in page.content.decode()


def test_after_thoughts_of_self_harm_nobody_has_to_prove_anything(client: Client) -> None:
    make.specialist()
    first = start(client, DESPAIR)
    assert '<input type="checkbox"' not in client.get(first.url).content.decode()

    onward = client.post(first.url, {"dealt_with": "yes"})
    sent = send(client, onward.url)

    case = Case.objects.get()
    assert case.state == "open"
    # It is not recorded that they said something was dealt with: they did not.
    assert not case.events.filter(what="dealt_with").exists()
    assert case.events.get(what="help_shown").detail["rules"] == [SELF_HARM]
    html = client.get(sent.url).content.decode()
    assert "the emergency was dealt with" not in html
    assert 'href="tel:988"' in html


def test_an_emergency_beside_such_thoughts_keeps_its_own_box_and_its_tick(client: Client) -> None:
    first = start(client, f"{make.EMERGENCY} {DESPAIR}")

    html = client.get(first.url).content.decode()

    assert 'class="care"' in html
    assert 'class="danger"' in html
    assert '<input type="checkbox"' in html


@pytest.mark.parametrize(
    ("signs", "sites", "title"),
    [
        (["plaque", "papule", "itch"], ["postauricular region", "hairline"],
         "Raised patches and bumps behind the ear and along the hairline"),
        (["itch"], ["neck"], "Itching on the neck"),
        (["vesicle"], ["hand", "finger"], "Small blisters on the hand and finger"),
        (["vesicle", "itch"], [], "Small blisters"),
        ([], ["shin"], "A skin question on the shin"),
        ([], [], "A skin question"),
        (["something new"], ["elbow"], "Something new on the elbow"),
    ],
)  # fmt: skip
def test_a_case_has_a_title_in_plain_words(signs: list[str], sites: list[str], title: str) -> None:
    assert headline_of(signs, sites) == title


def test_plain_names_are_of_signs_and_places_that_are_known() -> None:
    signs = {concept.name for concept in vocabulary() if concept.kind == "symptom"}
    sites = {concept.name for concept in vocabulary() if concept.kind == "site"}

    assert {*SEEN, *FELT} <= signs
    assert set(PLACES) <= sites


def test_taking_a_chip_away_takes_no_warning_away(client: Client) -> None:
    first = start(client, make.EMERGENCY, shown="symptoms/symptom:swelling")

    assert first.url.endswith("/now/")


def test_a_withdrawn_case_has_no_page(client: Client) -> None:
    asked = make.withdrawn_case()

    assert client.get(reverse("case", args=[asked.link])).status_code == 410


def test_the_panel_is_the_specialists_with_the_fewest_open_cases(settings: Settings) -> None:
    settings.MILIUM_PANEL_SIZE = 2
    people = [make.specialist(f"Dr {n}") for n in range(4)]

    panels = [
        set(make.open_case().case.seats.values_list("specialist", flat=True)) for _ in range(2)
    ]

    assert panels == [{people[0].pk, people[1].pk}, {people[2].pk, people[3].pk}]


def test_who_may_not_answer_is_invited_to_no_case() -> None:
    make.specialist(checked=False)

    assert not make.open_case().case.seats.exists()
