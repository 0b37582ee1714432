from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.unit.cli.conftest import Milium


ANSWERS = [
    {
        "id": "a1",
        "text": "Use a topical retinoid.",
        "statements": [
            {"kind": "treatment", "concept": "retinoid", "stance": "recommended", "quote": "Use a"},
            {"kind": "treatment", "concept": "cryotherapy", "stance": "option", "quote": "Use"},
            {"kind": "test", "concept": "skin biopsy", "stance": "option", "optional": True},
        ],
    },
]
QUESTION = {
    "id": "q1",
    "text": "My scalp itches.",
    "sites": ["scalp"],
    "symptoms": ["itch", "pain"],
    "absent": [],
    "duration": "P2M",
    "age": None,
    "sex": None,
    "tried": [],
    "asks": [],
}


def _evaluated(
    milium: Milium, folder: Path, rows: list[dict[str, Any]], *more: str
) -> dict[str, Any]:
    file = folder / "gold.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    done = milium("evaluate", str(file), "--format", "json", *more)
    assert done.code == 0, done.err
    data: dict[str, Any] = json.loads(done.out)
    return data


def test_answers_are_scored_and_what_was_missed_is_listed(milium: Milium, tmp_path: Path) -> None:
    found = _evaluated(milium, tmp_path, ANSWERS)

    concept = found["figures"]["concept"]
    assert (concept["right"], concept["extra"], concept["missed"]) == (1, 0, 1)
    assert (concept["precision"], concept["recall"], concept["f1"]) == (1, 0.5, 0.6667)
    assert [(e["sort"], e["concept"]) for e in found["errors"]] == [("missed", "cryotherapy")]
    assert found["shares"]["exact quotes"] == 1


def test_questions_are_scored_field_by_field(milium: Milium, tmp_path: Path) -> None:
    found = _evaluated(milium, tmp_path, [QUESTION], "--questions")

    symptoms = found["figures"]["symptoms"]
    assert (symptoms["right"], symptoms["extra"], symptoms["missed"]) == (1, 0, 1)
    assert found["figures"]["sites"]["f1"] == 1
    assert found["shares"] == {"response": None, "duration": 0, "age": 1, "sex": 1}
    assert {(e["sort"], e["field"], e["expected"]) for e in found["errors"]} >= {
        ("missed", "symptoms", "symptom:pain"),
        ("differs", "duration", "P2M"),
    }


def test_a_name_the_vocabulary_does_not_know_is_never_right(milium: Milium, tmp_path: Path) -> None:
    found = _evaluated(milium, tmp_path, [{**QUESTION, "sites": ["xyzzy"]}], "--questions")

    assert found["figures"]["sites"]["right"] == 0


def test_the_table_is_for_people(milium: Milium, tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text(json.dumps(ANSWERS[0]), encoding="utf-8")

    out = milium("evaluate", str(file)).out

    assert out.startswith("1 answer\n")
    assert "95 % interval" in out
    assert "MISSED (1 shown)\n  a1: treatment cryotherapy (option) “Use”" in out


@pytest.mark.parametrize("more", [[], ["--questions"]])
@pytest.mark.parametrize("line", ["{}", "[]", '{"id": "x", "text": "y"}', "broken"])
def test_one_bad_line_ends_it_since_a_figure_is_of_the_whole(
    milium: Milium, tmp_path: Path, line: str, more: list[str]
) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text(f"\n{line}\n", encoding="utf-8")

    done = milium("evaluate", str(file), *more)

    assert (done.code, done.out) == (2, "")
    assert "gold.jsonl:2: " in done.err
