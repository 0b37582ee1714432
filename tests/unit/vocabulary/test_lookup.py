from __future__ import annotations

import pytest

from milium.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("Retin-A", "treatment", "tretinoin"),
        ("retin a", "treatment", "tretinoin"),
        ("CO2 lasers", "treatment", "carbon dioxide laser"),
        ("Hemangioma", "condition", "haemangioma"),
        ("hives", "condition", "urticaria"),
        ("BCC", "condition", "basal cell carcinoma"),
        ("KOH", "test", "potassium hydroxide preparation"),
        ("CBC", "test", "complete blood count"),
        ("GP", "specialty", "primary care physician"),
        ("derm", "specialty", "dermatologist"),
        ("behind the ear", "site", "postauricular region"),
        ("itchy", "symptom", "itch"),
        ("long-term", "outlook", "chronic"),
    ],
)
def test_lay_clinical_brand_and_short_names_lead_to_one_concept(
    vocabulary: Vocabulary, name: str, kind: str, expected: str
) -> None:
    found = vocabulary.lookup(name, kind)  # type: ignore[arg-type]  # the table's words are kinds

    assert found is not None
    assert found.name == expected


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("topical hydrocortisone cream", "treatment", "hydrocortisone"),
        ("oral antibiotic tablets", "treatment", "antibiotic"),
        ("avoidance of perfume", "treatment", "perfume"),
        ("scratching avoidance", "treatment", "scratching"),
        ("serum zinc level", "test", "zinc level"),
        ("allergy to nickel", "condition", "nickel allergy"),
        ("mild plaque psoriasis", "condition", "plaque psoriasis"),
        ("board-certified dermatologist", "specialty", "dermatologist"),
        ("left cheek area", "site", "cheek"),
        ("severe itch sensation", "symptom", "itch"),
    ],
)
def test_a_composed_name_is_taken_apart(
    vocabulary: Vocabulary, name: str, kind: str, expected: str
) -> None:
    found = vocabulary.lookup(name, kind)  # type: ignore[arg-type]  # the table's words are kinds

    assert found is not None
    assert found.name == expected


@pytest.mark.parametrize(
    "name", ["", "  ", "...", "florble", "cream of florble", "of the", "avoid"]
)
def test_what_is_unknown_stays_unknown(vocabulary: Vocabulary, name: str) -> None:
    assert vocabulary.lookup(name, "condition") is None


def test_a_name_of_another_kind_is_not_found(vocabulary: Vocabulary) -> None:
    assert vocabulary.lookup("tretinoin", "condition") is None
    assert vocabulary.lookup("tretinoin", "treatment") is not None


def test_every_name_leads_to_its_concept_or_to_one_that_shares_it(vocabulary: Vocabulary) -> None:
    lost = [
        (concept.id, name)
        for concept in vocabulary
        for name in concept.names
        if (found := vocabulary.lookup(name, concept.kind)) is None
        or (found.id != concept.id and found.kind != concept.kind)
    ]

    assert lost == []


def test_every_preferred_name_is_its_own(vocabulary: Vocabulary) -> None:
    taken = [
        (concept.id, found.id)
        for concept in vocabulary
        if (found := vocabulary.lookup(concept.name, concept.kind)) and found.id != concept.id
    ]

    assert taken == []
