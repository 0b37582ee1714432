"""What is asked of which problem, what an answer does, and how the panel sees it."""

from __future__ import annotations

import dataclasses

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from tests import factories as make

from milium.api import Intake, read_question, vocabulary
from milium_site.cases import body
from milium_site.cases.actions import About, correct_case
from milium_site.cases.answers import Answers, asserted, not_answered, not_asked
from milium_site.cases.corrections import Added, Corrections
from milium_site.cases.models import Case
from milium_site.cases.presenters import told
from milium_site.cases.questions import UNKNOWN, open_questions, problem_of, problems, questions


INTAKE = {f.name for f in dataclasses.fields(Intake)}
RASH = "A rash on my chest for 3 days. What can I do?"


def kind_of(text: str) -> str:
    return problem_of(text, read_question(text))


def asked_of(text: str) -> set[str]:
    return {q.id for q in open_questions(kind_of(text), text, read_question(text))}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A mole on my back changed colour", "spot"),
        ("White bumps behind my ears", "spot"),
        ("An itchy rash on my neck", "rash"),
        ("Eczema on my hands", "rash"),
        ("My toenail is yellow and thick", "nails"),
        ("My hair is falling out in patches", "hair"),
        ("Acne on my chin for years", "acne"),
        ("The cut on my leg is full of pus", "wound"),
        ("Please help me", "other"),
    ],
)
def test_the_kind_of_problem_follows_from_the_words(text: str, kind: str) -> None:
    assert kind_of(text) == kind


def test_every_row_of_the_table_stands_on_things_that_are_there() -> None:
    known = vocabulary()
    concepts = [c for p in problems() for c in p.strong | p.weak]
    concepts += [c for q in questions() for c in q.told_by]
    concepts += [c for q in questions() for o in q.options for c in o.told_by]
    fields = [f for p in problems() for f in p.asserts]
    fields += [f for q in questions() for o in q.options for f in o.asserts]
    kinds = {p.id for p in problems()} | {"all"}

    assert [c for c in concepts if c not in known] == []
    assert set(fields) <= INTAKE
    assert all(q.problems <= kinds for q in questions())
    assert all(q.source and q.source_url.startswith("http") for q in questions())
    assert len({q.id for q in questions()}) == len(questions())


def test_i_do_not_know_is_always_an_answer() -> None:
    assert all(q.options[-1].id == UNKNOWN for q in questions())


@pytest.mark.parametrize(
    ("text", "silent"),
    [
        ("An itchy rash on my neck.", {"itch"}),
        ("A rash on my neck. It does not itch.", {"itch"}),
        ("A mole that bleeds and hurts.", {"bleeds", "pain", "mole"}),
        ("A rash. I am pregnant.", {"pregnant"}),
        ("A rash. What is it?", {"decide"}),
    ],
)
def test_what_the_askers_words_already_say_is_not_asked(text: str, silent: set[str]) -> None:
    assert asked_of(text).isdisjoint(silent)
    assert silent - {"mole", "bleeds"} <= asked_of("A rash on my neck") | {"decide"}


def test_a_sign_that_was_told_is_left_out_of_a_list_and_the_rest_is_asked() -> None:
    text = "A rash and a fever since monday"
    now = next(q for q in open_questions("rash", text, read_question(text)) if q.id == "now")

    assert "fever" not in {o.id for o in now.options}
    assert "blisters" in {o.id for o in now.options}


def test_a_man_is_not_asked_of_pregnancy_nor_a_child_of_six() -> None:
    history = read_question(RASH)

    for person in ({"sex": "male"}, {"sex": "female", "age": 6.0}):
        ids = {q.id for q in open_questions("rash", RASH, history, **person)}  # type: ignore[arg-type] # the two of the table
        assert "pregnant" not in ids


@given(st.lists(st.sampled_from([f"{q.id}/{o.id}" for q in questions() for o in q.options])))
def test_no_answer_ever_takes_away_what_another_asserts(chosen: list[str]) -> None:
    every: dict[str, tuple[str, ...]] = {}
    for name in chosen:
        question, _, option = name.partition("/")
        before = asserted("rash", Answers(given=every))
        every = {**every, question: (*every.get(question, ()), option)}
        assert before.items() <= asserted("rash", Answers(given=every)).items()


def test_no_not_answered_and_not_asked_are_three_things() -> None:
    shown = tuple(q for q in questions() if q.id in {"new_medicine", "itch"})
    answers = Answers().with_page(shown, {"new_medicine": "no"})

    assert "Itch" in not_answered(answers)
    assert "New medicine in the last 8 weeks" not in not_answered(answers)
    assert "Pain" in not_asked("rash", answers)
    assert "Itch" not in not_asked("rash", answers)


@pytest.mark.django_db
def test_an_answer_can_be_an_emergency_and_interrupts(client: Client) -> None:
    asked = make.draft_case(RASH)
    page = reverse("questions", args=[asked.link])

    after = client.post(
        page,
        {
            "asked_for": "rash",
            "problem": "rash",
            "q_now": ["fever", "blisters"],
            "q_sores": ["mouth"],
        },
    )

    assert after.url == reverse("now", args=[asked.link])
    html = client.get(after.url).content.decode()
    assert "We have not sent your case" in html
    asked.case.refresh_from_db()
    assert {f["rule"] for f in asked.case.flags} >= {"rf_sjs_ten"}


@pytest.mark.django_db
def test_an_answer_taken_back_takes_its_warning_back(client: Client) -> None:
    asked = make.draft_case("A mole on my back. What is it?")
    page = reverse("questions", args=[asked.link])
    form = {"asked_for": "spot", "problem": "spot"}

    client.post(page, form | {"q_changed": ["colour"]})
    asked.case.refresh_from_db()
    assert [f["rule"] for f in asked.case.flags] == ["rf_changing_mole"]
    client.post(page, form | {"q_changed": ["none"]})
    asked.case.refresh_from_db()
    assert asked.case.flags == []


@pytest.mark.django_db
def test_another_kind_of_problem_brings_its_own_questions(client: Client) -> None:
    asked = make.draft_case(RASH)
    page = reverse("questions", args=[asked.link])

    again = client.post(page, {"asked_for": "rash", "problem": "nails", "q_pain": "yes"})

    assert again.url == page
    assert "dark streak" in client.get(page).content.decode()
    assert Case.objects.get().answers["given"]["pain"] == "yes"


@pytest.mark.django_db
def test_the_panel_sees_what_was_answered_and_what_was_not(client: Client) -> None:
    author = make.specialist()
    asked = make.draft_case(RASH)
    client.post(
        reverse("questions", args=[asked.link]),
        {"asked_for": "rash", "problem": "rash", "q_sores": ["none"], "q_now": ["fever"]},
    )
    client.post(
        reverse("person", args=[asked.link]),
        {"who_for": "self", "q_medicines_words": "  metformin ", "q_allergies": "none"},
    )
    client.post(reverse("send", args=[asked.link]), {"purpose": "care", "send": "yes"})
    client.force_login(author.user)

    rows = dict(told(Case.objects.get()))
    assert "Sores: no sores" in rows["Answered"]
    assert "Signs now: fever (not ticked: feeling very ill" in str(rows["Answered"])
    assert "Medicines: metformin" in rows["Answered"]
    assert "Allergies: none" in rows["Answered"]
    assert "Pain" in rows["Asked, not answered"]
    html = client.get(reverse("answer", args=[asked.case.key])).content.decode()
    assert "Medicines: metformin" in html
    assert 'class="body-shown"' in html


def test_every_region_is_a_site_that_its_words_name() -> None:
    found = {r.name: vocabulary().lookup(r.words, "site") for r in body.regions()}

    assert [n for n, c in found.items() if c is None] == []
    assert [r.name for r in body.regions() if found[r.name] != vocabulary().concept(r.site)] == []
    assert len({r.site for r in body.regions()}) == len(body.regions())


@pytest.mark.parametrize(
    ("site", "region"),
    [("site:earlobe", "site:ear"), ("site:neck", "site:neck"), ("site:fingertip", "site:finger")],
)
def test_a_site_belongs_to_the_nearest_region(site: str, region: str) -> None:
    found = body.region_of(site)

    assert found is not None
    assert found.site == region


REGIONS = st.frozensets(st.sampled_from([r.site for r in body.regions()]), max_size=6)


@given(before=REGIONS, after=REGIONS)
def test_what_is_chosen_on_the_body_is_what_is_marked_then(
    before: frozenset[str], after: frozenset[str]
) -> None:
    corrections = body.moved(Corrections(), known=before, before=before, after=after)
    added = {a.concept.id for a in corrections.added}
    kept = {s for s in before | added if f"sites/{s}" not in corrections.removed}

    assert body.marked(kept) == after
    # Going back and forth ends where it began.
    again = body.moved(corrections, known=before | added, before=after, after=before)
    kept = {s for s in before | added if f"sites/{s}" not in again.removed}
    kept |= {a.concept.id for a in again.added if a.name not in again.removed}
    assert body.marked(kept) == before


@pytest.mark.django_db
def test_a_place_chosen_on_the_body_is_quoted_from_a_line_of_its_own(client: Client) -> None:
    asked = make.draft_case("An itchy rash on my neck.")
    page = reverse("questions", args=[asked.link])

    client.post(page, {"place_shown": "site:neck", "place": ["site:shin"], "asked_for": "rash"})

    case = Case.objects.get()
    assert [f["concept"]["id"] for f in case.history["sites"]] == ["site:shin"]
    assert case.question.endswith("Also here: shin.")
    assert case.text == "An itchy rash on my neck."


@pytest.mark.django_db
def test_answers_stay_when_the_words_are_changed(client: Client) -> None:
    asked = make.draft_case(RASH)
    answers = Answers(asked={"itch": ("yes", "no", UNKNOWN)}, given={"itch": "no"})
    correct_case(
        case=asked.case, corrections=Corrections(), about=About(), problem="rash", answers=answers
    )

    client.post(reverse("words", args=[asked.link]), {"text": RASH + " It is red."})

    assert Answers.from_json(Case.objects.get().answers) == answers


def test_an_added_place_keeps_its_words() -> None:
    moved = body.moved(
        Corrections(), known=[], before=frozenset(), after=frozenset({"site:axilla"})
    )

    assert moved.added == (Added(part="sites", words="armpit", concept=moved.added[0].concept),)
