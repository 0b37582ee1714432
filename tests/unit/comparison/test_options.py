from __future__ import annotations

from dataclasses import replace

from tests.unit.comparison.making import Panel, names, row, stances, tried

from milium import api


def _of(comparison: api.Comparison, name: str) -> dict[str, str | None]:
    """Who stands on a row through which member."""
    return {
        position.opinion: position.through and position.through.name
        for position in row(comparison.options, name).positions
    }


def test_a_class_stands_before_its_members_where_the_first_of_them_was_mentioned() -> None:
    panel = (
        Panel()
        .says("A", "treatment", "tretinoin", "option")
        .says("A", "treatment", "cryotherapy", "option")
    )
    panel.says("B", "treatment", "dermabrasion", "option").says(
        "B", "treatment", "retinoid", "option"
    )

    options = panel.compared().options

    assert names(options) == ["retinoid", "tretinoin", "cryotherapy", "dermabrasion"]
    assert [row.group for row in options] == [None, "treatment:retinoid", None, None]


def test_no_class_is_added_that_nobody_wrote() -> None:
    panel = (
        Panel()
        .says("A", "treatment", "tretinoin", "option")
        .says("B", "treatment", "adapalene", "option")
    )

    options = panel.compared().options

    assert names(options) == ["tretinoin", "adapalene"]
    assert [row.group for row in options] == [None, None]


def test_a_position_on_a_member_shows_on_the_class_as_what_it_is() -> None:
    panel = (
        Panel()
        .says("A", "treatment", "tretinoin", "recommended")
        .says("B", "treatment", "retinoid", "option")
    )

    comparison = panel.compared()

    assert stances(row(comparison.options, "retinoid")) == {"B": "option", "A": "recommended"}
    assert _of(comparison, "retinoid") == {"B": None, "A": "tretinoin"}
    assert stances(row(comparison.options, "tretinoin")) == {"A": "recommended"}


def test_advice_against_a_member_is_none_against_the_class() -> None:
    panel = (
        Panel()
        .says("A", "treatment", "tretinoin", "avoid")
        .says("A", "treatment", "cryotherapy", "option")
    )
    panel.says("B", "treatment", "retinoid", "option").says("B", "treatment", "tretinoin", "option")

    assert _of(panel.compared(), "retinoid") == {"B": None}


def test_an_opinion_that_wrote_of_the_class_does_not_stand_on_it_through_a_member() -> None:
    panel = Panel().says("A", "treatment", "laser", "option")
    panel.says("A", "treatment", "carbon dioxide laser", "recommended")

    comparison = panel.compared()

    assert stances(row(comparison.options, "laser therapy")) == {"A": "option"}


def test_a_member_given_by_another_route_stands_by_itself() -> None:
    panel = Panel().says("A", "treatment", "etretinate", "option", route="oral")
    panel.says("B", "treatment", "retinoid", "option", route="topical")

    comparison = panel.compared()

    assert row(comparison.options, "etretinate").group is None
    assert _of(comparison, "retinoid") == {"B": None}


def test_classes_nest() -> None:
    panel = Panel().says("A", "treatment", "pulsed dye laser", "option")
    panel.says("B", "treatment", "laser", "option").says(
        "C", "treatment", "corticosteroid", "option"
    )
    panel.says("C", "treatment", "anti-inflammatory medicine", "option").says(
        "C", "treatment", "hydrocortisone", "option"
    )

    options = panel.compared().options

    assert [row.concept.id.partition(":")[2] for row in options] == [
        "laser-therapy",
        "pulsed-dye-laser",
        "anti-inflammatory-medicine",
        "corticosteroid",
        "hydrocortisone",
    ]
    assert row(options, "hydrocortisone").group == "treatment:corticosteroid"


def test_how_many_name_an_option_does_not_move_it() -> None:
    panel = (
        Panel()
        .says("A", "treatment", "cryotherapy", "option")
        .says("A", "treatment", "dermabrasion", "option")
    )
    alone = names(panel.compared().options)
    for name in "BCD":
        panel.says(name, "treatment", "dermabrasion", "recommended")

    assert names(panel.compared().options) == alone


def test_what_was_tried_stands_beside_its_class_and_its_relatives() -> None:
    panel = Panel().says("A", "treatment", "tretinoin", "option", route="topical")
    panel.says("A", "treatment", "etretinate", "option", route="oral").says(
        "A", "treatment", "cryotherapy", "option"
    )
    panel.says("B", "treatment", "retinoid", "option", route="topical")
    panel.history = api.History(tried=(tried("retinol", "partial"),))

    beside = {
        row.concept.name: row.tried and row.tried.concept.name for row in panel.compared().options
    }

    assert beside == {
        "retinoid": "retinol",
        "tretinoin": "retinol",
        "etretinate": None,
        "cryotherapy": None,
    }


def test_the_same_treatment_tried_comes_before_a_relative() -> None:
    panel = Panel().says("A", "treatment", "tretinoin", "option")
    panel.history = api.History(tried=(tried("retinol", "none"), tried("tretinoin", "good")))

    assert panel.compared().options[0].tried == panel.history.tried[1]


def test_one_procedure_tells_nothing_of_another_of_its_class() -> None:
    panel = Panel().says("A", "treatment", "pulsed dye laser", "option")
    panel.history = api.History(tried=(tried("carbon dioxide laser", "none"),))

    assert panel.compared().options[0].tried is None


def test_the_values_given_are_left_as_they_were() -> None:
    panel = Panel().says("A", "treatment", "retinoid", "option")
    panel.history = api.History(tried=(tried("retinol", "none"),))
    before = replace(panel.history)

    panel.compared()

    assert panel.history == before
