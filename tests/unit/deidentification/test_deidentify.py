"""What could tell who wrote a text goes; what makes it worth reading stays."""

from __future__ import annotations

import re
import time

import pytest
from benchmarks.deidentification import identifiers, measure
from hypothesis import given
from hypothesis import strategies as st

from milium import api
from milium.deidentification import KINDS, Rule, load_rules


MARK = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
RULES = load_rules()


def gone(text: str) -> str:
    """What was masked, character by character; what stayed is blank."""
    spans = api.deidentify(text).spans
    return "".join(
        c if any(s.start <= n < s.end for s in spans) else " " for n, c in enumerate(text)
    )


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_each_rule_masks_its_examples_and_keeps_what_it_must(rule: Rule) -> None:
    assert rule.masks
    assert rule.keeps
    assert rule.source
    for example in rule.masks:
        text = MARK.sub(r"\1", example)
        for planted in MARK.findall(example):
            assert planted in gone(text)
    for example in rule.keeps:
        assert rule.id not in [span.rule for span in api.deidentify(example).spans]


def test_every_kind_has_a_rule() -> None:
    assert {rule.kind for rule in RULES} == set(KINDS)


# The even texts were looked at while the rules were written, the odd ones were not.
@pytest.mark.parametrize("half", [0, 1], ids=["seen", "unseen"])
def test_planted_identifiers_go_and_medical_words_stay(half: int) -> None:
    texts = identifiers()[half::2]
    figures = measure(texts)
    assert len({i["kind"] for text in identifiers() for i in text["identifiers"]}) >= 12
    assert len(identifiers()) >= 150
    assert figures.masked >= 0.98
    assert figures.medical_lost < 0.02


@pytest.mark.parametrize(
    "text",
    [
        "Bowen disease, Kaposi sarcoma and Merkel cell carcinoma were thought of.",
        "Under Wood's lamp it was yellow; Mohs surgery is one option.",
        "Behçet disease, Hailey-Hailey disease, Darier disease, Paget disease.",
        "Gottron papules and the Koebner phenomenon; Nikolsky sign negative.",
        "Apply tretinoin 0.025% at night and benzoyl peroxide 5% in the morning.",
        "Take isotretinoin 40 mg for 20 weeks; review after 3 months in 2019.",
        "I am a 34 year old woman in Maine, Fitzpatrick type III.",
        "It may help. March on with the cream for 6 to 8 weeks.",
        "Vitamin D 50,000 IU a week; UVB 311 nm; SPF 50; CO2 laser.",
        "The mole is 6 mm across, with 3 colours, and it bled on 2 occasions.",
    ],
)
def test_medicine_years_regions_and_ages_stay(text: str) -> None:
    assert api.deidentify(text).text == text


def test_the_year_of_a_date_stays_but_not_that_of_a_birth_date() -> None:
    assert api.deidentify("Seen on 3 May 2021.").text == "Seen on [date, 2021]."
    assert "1961" not in api.deidentify("DOB: 3/5/1961").text


def test_a_title_betrays_even_a_name_that_is_an_eponym() -> None:
    assert "Bowen" not in api.deidentify("Dr Bowen called it an eczema").text


@given(st.text(max_size=300))
def test_what_is_not_masked_is_untouched(text: str) -> None:
    masked = api.deidentify(text)
    at, rebuilt = 0, []
    for span in masked.spans:
        assert at <= span.start < span.end <= len(text)
        rebuilt += [text[at : span.start], span.shown]
        at = span.end
    assert "".join(rebuilt) + text[at:] == masked.text


@pytest.mark.parametrize(
    "unit", ["a", "Aa ", "1", "1 2 ", "a-", "12-34-", "Thanks\n", "number ", " "]
)
def test_no_text_takes_time_out_of_proportion(unit: str) -> None:
    api.deidentify("warm up")
    started = time.process_time()
    api.deidentify((unit * 10_000)[:10_000])
    # A pattern that goes back over itself takes minutes here; this bound is no measure of speed.
    assert time.process_time() - started < 20
