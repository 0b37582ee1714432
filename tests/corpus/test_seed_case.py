"""The model case: what the woman in Maine needs stands on one page, from the case file and from the plain page."""

from __future__ import annotations

from pathlib import Path

import pytest

from milium import api


Comparison = api.Comparison


@pytest.fixture(scope="module", params=["case.json", "page.txt"])
def comparison(request: pytest.FixtureRequest, shared: Path) -> Comparison:
    file = shared / "samples" / f"milia_en_plaque.{request.param}"
    text = file.read_text(encoding="utf-8")
    if request.param == "page.txt":
        return api.compare(api.parse_page(text))
    return api.compare(api.case_from_json(api.json_value(text)))


def _row(rows: tuple[api.Row, ...], name: str) -> api.Row:
    return next(row for row in rows if row.concept.name == name)


def _who(row: api.Row) -> set[str]:
    return {position.opinion for position in row.positions}


def test_the_question_is_understood(comparison: Comparison) -> None:
    history = comparison.history

    assert {finding.concept.name for finding in history.symptoms} >= {"itch", "burning sensation"}
    assert "postauricular region" in {finding.concept.name for finding in history.sites}
    assert len(history.sites) > 1
    assert history.sex == "female"
    assert "what_can_i_do" in history.asks
    assert [tried.concept.name for tried in history.tried] == ["retinol"]
    assert history.tried[0].response in ("none", "partial")


@pytest.mark.parametrize(
    ("name", "opinions"),
    [
        ("carbon dioxide laser", {"A", "B"}),
        ("laser therapy", {"A", "B"}),
        ("electrodesiccation", {"A", "B"}),
        ("retinoid", {"A", "B"}),
        ("tretinoin", {"A"}),
        ("etretinate", {"A"}),
        ("photodynamic therapy", {"A"}),
        ("cryotherapy", {"B"}),
        ("dermabrasion", {"B"}),
    ],
)
def test_every_option_is_there_with_who_named_it(
    comparison: Comparison, name: str, opinions: set[str]
) -> None:
    assert _who(_row(comparison.options, name)) == opinions


def test_options_are_grouped_and_keep_their_routes(comparison: Comparison) -> None:
    options = comparison.options

    assert _row(options, "carbon dioxide laser").group == "treatment:laser-therapy"
    assert _row(options, "tretinoin").group == "treatment:retinoid"
    assert _row(options, "etretinate").group is None
    assert _row(options, "tretinoin").positions[0].route == "topical"
    assert _row(options, "etretinate").positions[0].route == "oral"
    through = {p.opinion: p.through for p in _row(options, "retinoid").positions}["A"]
    assert through
    assert through.name == "tretinoin"


def test_the_biopsy_comes_first_with_what_it_is_to_rule_out(comparison: Comparison) -> None:
    biopsy = comparison.do_first[0]

    assert biopsy.concept.name == "skin biopsy"
    assert _who(biopsy) == {"A"}
    purpose = biopsy.positions[0].purpose
    assert purpose
    assert "malignancy" in purpose.text


@pytest.mark.parametrize(
    ("name", "opinions"),
    [("plastic surgeon", {"A"}), ("dermatologist", {"B"}), ("in-person examination", {"B"})],
)
def test_whom_to_see(comparison: Comparison, name: str, opinions: set[str]) -> None:
    assert _who(_row(comparison.do_first, name)) == opinions


@pytest.mark.parametrize(
    ("name", "opinion"), [("benign", "A"), ("malignancy risk", "A"), ("may recur", "B")]
)
def test_what_to_expect(comparison: Comparison, name: str, opinion: str) -> None:
    assert opinion in _who(_row(comparison.outlook, name))


def test_what_was_tried_stands_beside_the_retinoids(comparison: Comparison) -> None:
    beside = {row.concept.name for row in comparison.options if row.tried}

    assert beside == {"retinoid", "tretinoin"}


def test_where_they_differ(comparison: Comparison) -> None:
    referrals = [d for d in comparison.differences if d.reason == "referral"]
    named = {d.concept.name: d.opinions for d in comparison.differences if d.reason == "mention"}

    assert {(d.concept.name, d.opinions) for d in referrals} == {
        ("plastic surgeon", ("A",)),
        ("dermatologist", ("B",)),
    }
    assert named["etretinate"] == ("A",)
    assert named["cryotherapy"] == ("B",)
    assert "carbon dioxide laser" not in named


def test_it_is_said_that_etretinate_is_not_sold_there(comparison: Comparison) -> None:
    notes = {note.id: note for note in comparison.notes}
    about = [notes[name] for name in _row(comparison.options, "etretinate").notes]

    withdrawn = [note for note in about if note.kind == "withdrawn"]
    assert withdrawn
    assert all(note.sources for note in withdrawn)
