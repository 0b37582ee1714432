"""Askers' questions read: the patient, the span, the body, what was tried and what is asked."""

from __future__ import annotations

import pytest

from milium import api
from milium.reading.history_duration import duration
from milium.reading.history_lexicon import HistoryLexicon, load_history_lexicon
from milium.reading.history_numbers import value_of
from milium.reading.history_person import age, sex
from milium.reading.history_rules import QuestionRule, load_question_rules


AGES = [
    ("my baby is nine weeks old", 0.17, None),
    ("18 month old boy", 1.5, "male"),
    ("my 6yo has warts", 6, None),
    ("F67 itchy", 67, "female"),
    ("a 54-y/o F", 54, "female"),
    ("Hi, 36 here, itchy", 36, None),
    ("my son aged three has spots", 3, "male"),
    ("shes six and it itches", 6, "female"),
    ("a lady of seventy in our care home", 70, "female"),
    ("My gran's 86 and her legs are itchy", 86, "female"),
    ("our resident Mr Smith, 91, has blisters", 91, "male"),
    ("I'm 30, my husband is 34 and his back itches", 34, "male"),
    ("I'm a 34 year old mum writing about my 6yo son", 6, "male"),
    ("my mum is 80 and thinks i should ask. my arm itches, im 50", 50, None),
    ("my boyfriend 27 has a red rash on his shaft", 27, "male"),
    ("I have had it since I was 12", None, None),
    ("I'm in my sixties", None, None),
    ("Rash 5cm wide, 2 times a day, factor 50", None, None),
    ("A 3 day old rash on my arm", None, None),
    ("For 3 months my son has had a rash.", None, "male"),
    ("My 3 month old son has a rash.", 0.25, "male"),
]
SPANS = [
    ("itchy rash for about 3 wks", "P3W"),
    ("Lump on the neck. 2 wks.", "P2W"),
    ("Itching hands 5 months", "P5M"),
    ("about a fortnight", "P2W"),
    ("half a year", "P6M"),
    ("for a year and a half", "P1Y6M"),
    ("for a couple of weeks", "P2W"),
    ("itching x 3/52", "P3W"),
    ("It's day 3 of this rash", "P3D"),
    ("for over a decade", "P10Y"),
    ("I have had it since I was 12, I'm 30 now", "P18Y"),
    ("since last summer", None),
    ("for years", None),
    ("developed 3 days after the holiday", None),
    ("I am 12 weeks pregnant", None),
    ("My son is 3 years old", None),
    ("For 3 months my son has had a rash.", "P3M"),
    ("For the past 2 weeks our baby has spots.", "P2W"),
    ("For 3 weeks I have had a red ring. We got a kitten two months ago.", "P3W"),
    ("For 2 weeks I have used a cream. The rash began 5 months ago.", "P5M"),
]
BODIES = [
    ("Itchy ring on my calf", {"calf"}, {"itch", "annular pattern"}, set()),
    ("My lip is sore, there is a sore on it", {"lip"}, {"pain", "ulcer"}, set()),
    ("The nail on my big toe is thick and yellow", {"big toenail"}, {"nail thickening", "nail discolouration"}, set()),
    ("It isn't itchy, painful or weepy", set(), set(), {"itch", "pain", "exudate"}),
    ("no pain tried a plaster itches now", set(), {"itch"}, {"pain"}),
    ("Swollen lips since lunch", {"lip"}, {"swelling"}, set()),
    ("Purple spots on my shins that dont fade when i press", {"shin"}, {"purpura"}, {"blanching"}),
    ("Wheals all over my legs", {"lower limb"}, {"wheal"}, set()),
    ("Blisters on palms and soles", {"palm", "sole"}, {"blister"}, set()),
    ("My sister has psoriasis on her elbows. I have a scaly knee", {"knee"}, {"scale"}, set()),
    ("The wart came back on my thumb", {"thumb"}, {"wart"}, set()),
]  # fmt: skip
TRIALS = [
    ("Canesten did nothing, hydrocortisone calmed it for a day", [("clotrimazole", "none"), ("hydrocortisone", "partial")]),
    ("Doxycycline cleared it up but it came back", [("doxycycline", "partial")]),
    ("Failed lymecycline, good response to adalimumab", [("lymecycline", "none"), ("adalimumab", "good")]),
    ("tea tree oil burnt my skin", [("tea tree oil", "worse")]),
    ("I've used nystatin for a week, what should I try next?", [("nystatin", "unknown")]),
    ("Vaseline helps a little", [("petrolatum", "partial")]),
    ("I squeezed it but nothing came out", [("squeezing", "none")]),
    ("Should I use hydrocortisone?", []),
    ("I am thinking about laser", []),
    ("took amoxicillin for a throat infection and then a rash came up", []),
    ("It flushes when I drink wine", []),
]  # fmt: skip
ASKED = [
    ("What could this be?", {"what_is_it"}),
    ("Ringworm?", {"what_is_it"}),
    ("Is it cancer?", {"is_it_serious"}),
    ("I'm scared it is melanoma", {"is_it_serious"}),
    ("Can I give it to my baby?", {"is_it_contagious"}),
    ("Would that work?", {"is_this_treatment_right"}),
    ("Botox?", {"is_this_treatment_right"}),
    ("can i put tea tree oil on a wart", {"is_this_treatment_right"}),
    ("anything else I can try", {"what_can_i_do"}),
    ("Itchy scalp. HELP", {"what_can_i_do"}),
    ("Nothing helps.", set()),
    ("Why does it keep coming back?", {"other"}),
    ("Should I see a doctor?", {"other"}),
    ("How long does it last?", {"other"}),
    ("My arm itches.", set()),
]


@pytest.fixture(scope="module")
def lexicon() -> HistoryLexicon:
    return load_history_lexicon(api.vocabulary())


@pytest.mark.parametrize(("text", "years", "of"), AGES)
def test_age_and_sex_are_the_patients(text: str, years: float | None, of: str | None) -> None:
    assert (age(text), sex(text)) == (years, of)


@pytest.mark.parametrize(("text", "iso"), SPANS)
def test_duration_is_the_complaints(text: str, iso: str | None) -> None:
    assert duration(text) == iso


def test_a_span_beside_a_treatment_is_the_treatments() -> None:
    history = api.read_question("Rash for 2 weeks. GP gave clotrimazole for 3 months.")

    assert history.duration == "P2W"


@pytest.mark.parametrize(("text", "sites", "symptoms", "absent"), BODIES)
def test_body_is_read(text: str, sites: set[str], symptoms: set[str], absent: set[str]) -> None:
    history = api.read_question(text)

    assert {finding.concept.name for finding in history.sites} == sites
    assert {finding.concept.name for finding in history.symptoms} == symptoms
    assert {finding.concept.name for finding in history.absent} == absent


@pytest.mark.parametrize(("text", "tried"), TRIALS)
def test_what_was_tried_has_its_response(text: str, tried: list[tuple[str, str]]) -> None:
    history = api.read_question(text)

    assert [(use.concept.name, use.response) for use in history.tried] == tried


@pytest.mark.parametrize(("text", "asks"), ASKED)
def test_what_is_asked(text: str, asks: set[str]) -> None:
    assert set(api.read_question(text).asks) == asks


@pytest.mark.parametrize(
    ("number", "value"), [("seventy-two", 72), ("a couple", 2), ("1.5", 1.5), ("An", 1)]
)
def test_numbers_in_words_and_figures(number: str, value: float) -> None:
    assert value_of(number) == value


def test_each_question_rule_fires_on_its_example_and_not_on_its_counterexample(
    lexicon: HistoryLexicon,
) -> None:
    wrong = [
        (rule.id, sentence)
        for rule in load_question_rules().rules
        for sentence, wanted in ((rule.fires, True), (rule.silent, False))
        if _fires(rule, sentence, lexicon) is not wanted
    ]

    assert wrong == []


def _fires(rule: QuestionRule, sentence: str, lexicon: HistoryLexicon) -> bool:
    is_ask = rule.category.startswith(("ask-", "query-", "plea-"))
    _, finds = (lexicon.asks if is_ask else lexicon.findings).scan(sentence)
    if not rule.concepts:
        return any((rule.category, rule.id) in word.cues for _, _, word in finds)
    named = {ref.id for _, _, word in finds for ref in word.refs(rule.category)}
    kind = {"site": "site", "treated": "treatment"}.get(rule.category, "symptom")
    meant = [api.vocabulary().lookup(name, kind) for name in rule.concepts]
    return {concept.id for concept in meant if concept} <= named
