from __future__ import annotations

import pytest
from tests.unit.comparison.making import Panel


def _treatment(*said: tuple[str, str]) -> float | None:
    panel = Panel()
    for opinion, name in said:
        panel.says(opinion, "treatment", name, "option")
    return panel.compared().agreement_treatment


def test_the_same_options_agree_wholly() -> None:
    assert _treatment(("A", "cryotherapy"), ("B", "cryotherapy")) == 1


def test_different_options_do_not_agree() -> None:
    assert _treatment(("A", "cryotherapy"), ("B", "dermabrasion")) == 0


def test_a_class_and_its_member_agree() -> None:
    assert _treatment(("A", "retinoid"), ("B", "tretinoin")) == 1


def test_two_members_of_a_class_do_not() -> None:
    assert _treatment(("A", "adapalene"), ("B", "tretinoin")) == 0


def test_the_share_counts_both_sides() -> None:
    said = [("A", "cryotherapy"), ("B", "cryotherapy"), ("B", "dermabrasion"), ("B", "curettage")]

    assert _treatment(*said) == pytest.approx(2 / 4)


def test_a_panel_agrees_by_the_mean_of_its_pairs() -> None:
    said = [("A", "cryotherapy"), ("B", "cryotherapy"), ("C", "dermabrasion")]

    assert _treatment(*said) == pytest.approx(1 / 3, abs=1e-4)


def test_fewer_than_two_that_say_anything_have_no_agreement() -> None:
    comparison = Panel().says("A", "treatment", "cryotherapy", "option").silent("B").compared()

    assert comparison.agreement_treatment is None
    assert comparison.agreement_diagnosis is None


def test_only_what_is_held_likely_counts_for_the_diagnosis() -> None:
    panel = (
        Panel()
        .says("A", "diagnosis", "psoriasis", "likely")
        .says("A", "diagnosis", "lupus", "possible")
    )
    panel.says("B", "diagnosis", "psoriasis", "likely").says(
        "B", "diagnosis", "rosacea", "unlikely"
    )

    assert panel.compared().agreement_diagnosis == 1


def test_what_is_advised_against_is_no_common_treatment() -> None:
    panel = (
        Panel()
        .says("A", "treatment", "cryotherapy", "avoid")
        .says("A", "treatment", "curettage", "option")
    )
    panel.says("B", "treatment", "cryotherapy", "option")

    assert panel.compared().agreement_treatment == 0
