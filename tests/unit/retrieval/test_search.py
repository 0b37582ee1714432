"""What a person types finds the case that a specialist wrote."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from milium import api
from milium.errors import UnusableInput


PAIRS = [
    json.loads(line)
    for line in (Path(__file__).resolve().parents[2] / "corpus" / "lay_to_clinical.jsonl")
    .read_text("utf-8")
    .splitlines()
]


def ids(found: api.Found) -> list[str]:
    return [hit.id for hit in found.hits]


# The even lines were looked at while weights were chosen, the odd ones were not.
@pytest.mark.parametrize("half", [0, 1], ids=["seen", "unseen"])
def test_a_lay_description_finds_its_condition_in_the_first_three_nine_times_in_ten(
    clinical: api.Archive, half: int
) -> None:
    pairs = PAIRS[half::2]
    right = [p for p in pairs if p["condition"] in ids(clinical.search(p["query"], limit=3))]
    assert len(pairs) == 50
    assert len(right) >= 45


@pytest.mark.parametrize(
    ("typed", "condition"),
    [
        ("seborrheic dermatitis", "seborrhoeic-dermatitis"),
        ("seborrhoeic keratosis", "seborrhoeic-keratosis"),
        ("infantile hemangiomas", "infantile-haemangioma"),
        ("onychomycoses", "tinea-unguium"),
        ("molluscom contagiosm", "molluscum-contagiosum"),
        ("hidradenits supurativa", "hidradenitis-suppurativa"),
        ("BCC", "basal-cell-carcinoma"),
        ("HS", "hidradenitis-suppurativa"),
        ("shingles", "herpes-zoster"),
        ("nits", "head-lice"),
    ],
)
def test_spellings_plurals_slips_and_abbreviations_meet(
    clinical: api.Archive, typed: str, condition: str
) -> None:
    assert condition in ids(clinical.search(typed, limit=3))


def test_a_class_finds_the_cases_of_its_members(clinical: api.Archive) -> None:
    found = ids(clinical.search("retinoid", limit=10))
    assert {"acne-vulgaris", "milia"} & set(found)


def test_a_mended_spelling_is_told(clinical: api.Archive) -> None:
    assert clinical.search("shaving folliculitiss").mended


def test_a_long_message_finds_what_its_rare_words_say(clinical: api.Archive) -> None:
    message = (
        "Hello doctors, sorry for my long message, I hope you are well and can help me. I am a "
        "teacher and go swimming twice a week. For about three weeks now there is a ring of small "
        "bumps on top of my foot. My sister thinks it is nothing. It does not itch and is not "
        "scaly. Please tell me what I should do. Thank you very much and best regards."
    )
    assert "granuloma-annulare" in ids(clinical.search(message, limit=3))


@pytest.mark.parametrize(
    "query", ["", "   ", "the of and", "???", '"" AND (OR', "\0\x1b[31m", "please help thank you"]
)
def test_a_query_that_says_nothing_finds_nothing_and_says_so(
    clinical: api.Archive, query: str
) -> None:
    found = clinical.search(query)
    assert found.hits == ()
    assert not found.understood


def test_a_filter_narrows_and_values_of_one_name_widen(clinical: api.Archive) -> None:
    every = clinical.search("itchy", limit=100)
    scalp = clinical.search("itchy", limit=100, filters=[("site", "site:scalp")])
    more = [("site", "site:scalp"), ("site", "site:sole")]
    wider = clinical.search("itchy", limit=100, filters=more)
    assert 0 < len(scalp.hits) < len(wider.hits) < len(every.hits)
    assert set(ids(scalp)) < set(ids(wider)) < set(ids(every))


def test_filters_alone_list_what_they_let_through(clinical: api.Archive) -> None:
    found = clinical.search("", limit=100, filters=[("treatment", "treatment:terbinafine")])
    assert "tinea-corporis" in ids(found)


def test_facets_count_what_the_filter_would_find(clinical: api.Archive) -> None:
    counts = clinical.facets()["treatment"]
    for value, count in list(counts.items())[:8]:
        found = clinical.search("", limit=200, filters=[("treatment", value)])
        assert len(found.hits) == count


def test_an_unknown_facet_is_named(clinical: api.Archive) -> None:
    with pytest.raises(UnusableInput, match="colour"):
        clinical.search("itchy", filters=[("colour", "red")])


@pytest.mark.parametrize("limit", [0, -1, 1001])
def test_an_impossible_limit_is_refused(clinical: api.Archive, limit: int) -> None:
    with pytest.raises(UnusableInput, match="limit"):
        clinical.search("itchy", limit=limit)


def test_names_are_suggested_as_they_are_typed(clinical: api.Archive) -> None:
    assert "milia en plaque" in [name.lower() for name in clinical.suggest("mili")]
    assert clinical.suggest("Periorbital k") == ("Periorbital keratin cysts",)
    assert clinical.suggest("m") == ()
    assert clinical.suggest("zzzz") == ()


def test_equal_searches_give_equal_answers(clinical: api.Archive) -> None:
    first, second = (ids(clinical.search("red itchy patches", limit=50)) for _ in range(2))
    assert first == second
