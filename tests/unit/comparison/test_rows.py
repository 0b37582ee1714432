from __future__ import annotations

import pytest
from tests.unit.comparison.making import Panel, names, row, stances, statement

from milium import api


def test_every_concept_has_one_row_with_the_position_of_each_opinion_that_names_it() -> None:
    panel = Panel().says("A", "treatment", "cryotherapy", "option")
    panel.says("B", "treatment", "cryotherapy", "recommended").silent("C")

    options = panel.compared().options

    assert names(options) == ["cryotherapy"]
    assert stances(options[0]) == {"A": "option", "B": "recommended"}


def test_of_two_statements_on_one_concept_the_stronger_is_kept() -> None:
    panel = Panel().says("A", "treatment", "cryotherapy", "option")
    panel.says("A", "treatment", "cryotherapy", "recommended")

    assert stances(panel.compared().options[0]) == {"A": "recommended"}


def test_a_quote_that_is_not_in_its_opinion_is_refused() -> None:
    case = api.Case(id="c", opinions=(api.Opinion(id="A", text="Try cryotherapy."),))
    elsewhere = statement("Or cryotherapy.", "treatment", "cryotherapy", "option", "cryotherapy")

    with pytest.raises(ValueError, match="is not what stands at"):
        api.compare_readings(case, api.History(), {"A": [elsewhere]})


@pytest.mark.parametrize("readings", [{}, {"A": [], "B": []}])
def test_a_reading_and_an_opinion_belong_together(readings: dict[str, list[api.Statement]]) -> None:
    case = api.Case(id="c", opinions=(api.Opinion(id="A", text="Try cryotherapy."),))

    with pytest.raises(ValueError, match="without the other"):
        api.compare_readings(case, api.History(), readings)


def test_the_diagnosis_that_most_hold_likely_comes_first() -> None:
    panel = (
        Panel()
        .says("A", "diagnosis", "psoriasis", "likely")
        .says("A", "diagnosis", "lupus", "possible")
    )
    panel.says("B", "diagnosis", "rosacea", "likely").says("C", "diagnosis", "rosacea", "likely")
    panel.says("B", "diagnosis", "scabies", "unlikely").says("C", "diagnosis", "lupus", "possible")

    found = names(panel.compared().diagnoses)

    assert found[:2] == ["rosacea", "psoriasis"]
    assert found[-1] == "scabies"


def test_a_treatment_that_one_recommends_and_another_warns_of_stays_an_option_and_is_a_difference() -> (
    None
):
    panel = Panel().says("A", "treatment", "corticosteroid", "recommended")
    panel.says("B", "treatment", "corticosteroid", "avoid")

    comparison = panel.compared()

    assert stances(row(comparison.options, "corticosteroid")) == {"A": "recommended", "B": "avoid"}
    assert comparison.avoid == ()
    assert [(d.concept.name, d.reason, d.opinions) for d in comparison.differences] == [
        ("corticosteroid", "stance", ("A", "B"))
    ]


def test_what_all_who_name_it_advise_against_is_to_avoid() -> None:
    panel = (
        Panel()
        .says("A", "treatment", "dermabrasion", "avoid")
        .says("B", "test", "skin biopsy", "unneeded")
    )

    comparison = panel.compared()

    assert names(comparison.avoid) == ["dermabrasion", "skin biopsy"]
    assert comparison.options == comparison.do_first == ()


def test_one_voice_for_a_test_stands_among_what_to_do_first() -> None:
    panel = Panel().says("A", "test", "skin biopsy", "recommended")
    for name in "BCDEFG":
        panel.says(name, "referral", "dermatologist", "recommended")

    assert names(panel.compared().do_first) == ["skin biopsy", "dermatologist"]


def test_the_emergency_department_comes_before_all() -> None:
    panel = Panel().says("A", "test", "skin biopsy", "recommended")
    panel.says("A", "referral", "dermatologist", "recommended")
    panel.says("B", "referral", "emergency department", "conditional")

    assert names(panel.compared().do_first)[0] == "emergency department"


@pytest.mark.parametrize(
    ("sentence", "purpose"),
    [
        ("Have a skin biopsy to rule out a rare tumour. Then wait.", "to rule out a rare tumour"),
        ("To exclude lupus, have a skin biopsy.", "To exclude lupus"),
        ("Have a skin biopsy.", None),
        ("I want to confirm it. Have a skin biopsy.", None),
        ("Have a skin biopsy. It is good to make sure.", None),
    ],
)
def test_what_a_test_is_for_is_read_from_its_own_sentence(
    sentence: str, purpose: str | None
) -> None:
    case = api.Case(id="c", opinions=(api.Opinion(id="A", text=sentence),))
    said = statement(
        sentence,
        "test",
        "skin biopsy",
        "recommended",
        "have a skin biopsy" if "have" in sentence else "Have a skin biopsy",
    )

    position = api.compare_readings(case, api.History(), {"A": [said]}).do_first[0].positions[0]

    assert (position.purpose and position.purpose.text) == purpose
    if position.purpose:
        assert sentence[position.purpose.start : position.purpose.end] == purpose
