"""Triage of whole texts, with and without the answers of the form."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from milium.triage import Intake, triage


ROOT = Path(__file__).parents[3]
SHARED = ROOT.parent / "shared" / "knowledge" / "vignettes_dev.yaml"
OURS = ROOT / "benchmarks" / "data" / "triage_vignettes.jsonl"


def own_emergencies() -> list[dict[str, str]]:
    lines = OURS.read_text(encoding="utf-8").splitlines()
    return [v for v in map(json.loads, lines) if v["expected_urgency"] == "emergency"]


@pytest.mark.parametrize("vignette", own_emergencies(), ids=lambda v: v["id"])
def test_no_emergency_of_ours_is_called_less(vignette: dict[str, str]) -> None:
    assert triage(vignette["text"]).urgency == "emergency"


def test_no_emergency_of_the_shared_vignettes_is_called_routine() -> None:
    if not SHARED.exists():
        pytest.skip("needs ../shared beside the repository")
    vignettes = yaml.safe_load(SHARED.read_text(encoding="utf-8"))["vignettes"]

    missed = [
        v["id"]
        for v in vignettes
        if v["expected_urgency"] == "emergency" and triage(v["text"]).urgency != "emergency"
    ]

    assert missed == []


def test_nothing_found_is_routine_without_a_flag() -> None:
    found = triage("dry elbows in winter, which cream?")

    assert (found.urgency, found.flags) == ("routine", ())


def test_answers_of_the_form_count_with_the_words_of_the_text() -> None:
    text = "painful rash with blisters all over my chest"

    alone = {flag.rule for flag in triage(text).flags}
    ticked = triage(text, intake=Intake(fever=True, mouth_sores=True))

    assert "rf_sjs_ten" not in alone
    assert ticked.urgency == "emergency"
    assert ticked.flags[0].rule == "rf_sjs_ten"


def test_the_age_of_the_form_counts() -> None:
    text = "small blisters on the scalp and sleepy"

    assert "rf_neonate" not in {f.rule for f in triage(text).flags}
    assert triage(text, intake=Intake(age=0.1)).flags[0].rule == "rf_neonate"


def test_a_flag_on_answers_alone_has_no_quote() -> None:
    found = triage("please help", intake=Intake(blisters=True, mouth_sores=True, new_medicine=True))

    assert found.urgency == "emergency"
    assert found.flags[0].quote is None


def test_an_answer_no_never_silences_the_text() -> None:
    found = triage("3 week old with a temp of 38.5", intake=Intake(fever=False))

    assert found.urgency == "emergency"


@pytest.mark.parametrize(
    ("country", "number"),
    [("US", "911"), ("gb", "999"), ("AU", "000"), ("DE", "112"), (None, "112, 911, 999 or 000")],
)
def test_the_advice_names_the_emergency_number_of_the_country(
    country: str | None, number: str
) -> None:
    found = triage("stung by a wasp, throat closing up, hives", country=country)

    assert number in found.flags[0].advice
    assert "{" not in found.flags[0].advice


@pytest.mark.parametrize(
    ("country", "line"), [("US", "988"), ("IE", "116 123"), ("AU", "13 11 14"), ("FR", "988")]
)
def test_a_mention_of_self_harm_gets_a_crisis_line(country: str, line: str) -> None:
    found = triage("i dont want to be here anymore, my skin has won", country=country)

    assert found.flags[0].rule == "rf_self_harm"
    assert line in found.flags[0].advice
