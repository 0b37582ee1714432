from __future__ import annotations

import pytest
from tests.unit.comparison.making import Panel


def _differences(panel: Panel) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(d.concept.name, d.reason, d.opinions) for d in panel.compared().differences]


@pytest.mark.parametrize(
    ("kind", "name", "one", "other"),
    [
        ("diagnosis", "psoriasis", "likely", "unlikely"),
        ("diagnosis", "psoriasis", "possible", "unlikely"),
        ("treatment", "cryotherapy", "recommended", "avoid"),
        ("treatment", "cryotherapy", "option", "avoid"),
        ("test", "skin biopsy", "recommended", "unneeded"),
    ],
)
def test_opposed_stances_are_a_difference(kind: str, name: str, one: str, other: str) -> None:
    panel = Panel().says("A", kind, name, one).says("B", kind, name, other)

    assert _differences(panel) == [(name, "stance", ("A", "B"))]


@pytest.mark.parametrize(
    ("kind", "name", "one", "other"),
    [
        ("diagnosis", "psoriasis", "likely", "possible"),
        ("treatment", "cryotherapy", "recommended", "option"),
        ("referral", "dermatologist", "recommended", "conditional"),
    ],
)
def test_a_stronger_and_a_weaker_yes_are_none(kind: str, name: str, one: str, other: str) -> None:
    panel = Panel().says("A", kind, name, one).says("B", kind, name, other)

    assert _differences(panel) == []


def test_one_who_rejects_a_class_parts_from_one_who_names_a_member() -> None:
    panel = Panel().says("A", "treatment", "corticosteroid", "avoid")
    panel.says("B", "treatment", "hydrocortisone", "recommended")

    assert ("hydrocortisone", "class", ("A", "B")) in _differences(panel)


def test_one_who_rejects_a_member_does_not_part_from_one_who_names_the_class() -> None:
    panel = (
        Panel()
        .says("A", "treatment", "hydrocortisone", "avoid")
        .says("A", "treatment", "emollient", "option")
    )
    panel.says("B", "treatment", "corticosteroid", "recommended").says(
        "B", "treatment", "emollient", "option"
    )

    assert {reason for _, reason, _ in _differences(panel)} == {"mention"}


def test_referrals_to_different_people_are_a_difference_of_referral() -> None:
    panel = Panel().says("A", "referral", "plastic surgeon", "recommended")
    panel.says("B", "referral", "dermatologist", "recommended")

    assert _differences(panel) == [
        ("plastic surgeon", "referral", ("A",)),
        ("dermatologist", "referral", ("B",)),
    ]


def test_a_referral_that_the_other_does_not_speak_of_is_one_of_mention() -> None:
    panel = Panel().says("A", "referral", "dermatologist", "recommended").silent("B")

    assert _differences(panel) == [("dermatologist", "mention", ("A",))]


def test_a_class_and_its_member_are_named_by_both() -> None:
    panel = (
        Panel()
        .says("A", "treatment", "tretinoin", "option")
        .says("B", "treatment", "retinoid", "option")
    )

    assert _differences(panel) == [("tretinoin", "mention", ("A",))]


def test_one_opinion_differs_from_nothing() -> None:
    assert _differences(Panel().says("A", "treatment", "cryotherapy", "option")) == []


def test_what_is_opposed_comes_before_what_only_one_names() -> None:
    panel = (
        Panel()
        .says("A", "test", "skin biopsy", "recommended")
        .says("A", "treatment", "cryotherapy", "avoid")
    )
    panel.says("B", "treatment", "cryotherapy", "option")

    assert [reason for _, reason, _ in _differences(panel)] == ["stance", "mention"]
