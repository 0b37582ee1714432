"""Denials, the past, fears and other people take a finding back; contrast words end their reach."""

from __future__ import annotations

import pytest

from milium.triage import rule_book


@pytest.mark.parametrize(
    ("text", "asserted"),
    [
        ("i have a fever", True),
        ("no fever", False),
        ("No chills, sweats or fever", False),
        ("without any fever", False),
        ("fever: none", False),
        ("fever no rash", True),
        ("had my spleen out as a kid, fever since noon", True),
        ("had flu as a kid with a fever", False),
        ("he hasn't had a fever", False),
        ("i don't think it is a fever", False),
        ("no cough but a fever", True),
        ("no rash. Fever since noon", True),
        ("no mouth sores and i have a fever", True),
        ("not sure if it is infected, fever tonight", True),
        ("had a fever years ago", False),
        ("when i was a child i had a fever, now an itchy patch", False),
        ("had a fever last week but it has gone now", False),
        ("had a fever last year and a fever since this morning", True),
        ("what if he gets a fever", False),
        ("should i watch for fever or chills", False),
        ("my dad had a fever once", False),
        ("my husband had a fever an hour ago", True),
        ("temp of 39.4", True),
        ("temp 102f", True),
        ("temperature is 36.8", False),
        ("temperature 38,6 since noon", True),
        ("hay fever", False),
    ],
)
def test_fever(text: str, *, asserted: bool) -> None:
    assert ("fever" in rule_book().features.find(text)) is asserted


@pytest.mark.parametrize(
    ("text", "young"),
    [
        ("3 week old with a rash", True),
        ("my 3-week-old", True),
        ("he is 11wks old", True),
        ("our newborn", True),
        ("10 days old", True),
        ("2 month old", True),
        ("5 month old", False),
        ("14 week old puppy", False),
        ("33 weeks pregnant", False),
        ("rash for 6 weeks", False),
    ],
)
def test_the_age_of_a_small_baby(text: str, *, young: bool) -> None:
    assert ("infant_under_3_months" in rule_book().features.find(text)) is young


@pytest.mark.parametrize(
    ("text", "feature"),
    [
        ("its swolen and i cant breath", "breathing_trouble"),
        ("my skin is blistring", "blisters"),
        ("got celulitis", "cellulitis_named"),
        ("i am pregnent", "pregnant"),
        ("my tounge is swollen", "tongue_throat_swollen"),
        ("excema", "eczema"),
        ("my throta is swollen", "tongue_throat_swollen"),
        ("throwing upp and dizy", "very_unwell"),
        ("numbness, spreadding redness", "redness_spreading"),
    ],
)
def test_misspelt_words_are_understood(text: str, feature: str) -> None:
    assert feature in rule_book().features.find(text)


@pytest.mark.parametrize(
    "text",
    [
        "i had an injection",
        "shallow water",
        "i am feeling well",
        "soaking and meaning",
        "a thorough look",
    ],
)
def test_real_words_are_not_corrected_into_others(text: str) -> None:
    words = rule_book().features.patterns.words
    for word in text.split():
        assert words.normal(word) in {word, words.singular(word)}
