from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.unit.cli.conftest import Milium


ANSWER = "Use a topical retinoid at night. See a dermatologist if it persists."


def test_the_statements_of_one_text_as_json(milium: Milium) -> None:
    done = milium("read", "--format", "json", given=ANSWER)

    statements = json.loads(done.out)["statements"]
    assert done.code == 0
    assert list(statements[0]) == ["kind", "concept", "stance", "route", "condition", "quote"]
    for statement in statements:
        quote = statement["quote"]
        assert ANSWER[quote["start"] : quote["end"]] == quote["text"] != ""


def test_the_statements_of_one_text_for_people(milium: Milium) -> None:
    out = milium("read", given=ANSWER).out

    assert "Treatments\n  ● recommended retinoid" in out
    assert "“" in out
    assert max(map(len, out.splitlines())) <= 80


def test_a_text_that_says_nothing_says_so(milium: Milium) -> None:
    assert milium("read", given="Thank you for writing.").out.startswith("Nothing was read")


def test_offsets_count_in_the_text_as_given(milium: Milium) -> None:
    text = "\U0001f600 Hello.\r\n\r\nUse a retinoid.\r\n"

    quote = json.loads(milium("read", "--format", "json", given=text).out)["statements"][0]["quote"]

    assert text[quote["start"] : quote["end"]] == quote["text"]


@pytest.mark.parametrize("ids", [["a", "b"], [1, 2]])
def test_json_lines_keep_their_ids_and_order(milium: Milium, ids: list[str | int]) -> None:
    given = "".join(json.dumps({"id": i, "text": ANSWER, "more": 1}) + "\n" for i in ids)

    done = milium("read", "--format", "jsonl", given=given)

    assert done.code == 0
    assert [json.loads(line)["id"] for line in done.out.splitlines()] == ids


def test_several_processes_give_what_one_gives(milium: Milium, tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl"
    lines = [json.dumps({"id": n, "text": f"{ANSWER} {n}"}) for n in range(70)]
    lines[40] = "broken"
    file.write_text("\n".join(lines), encoding="utf-8")

    one, two = milium("read", str(file)), milium("read", str(file), "--jobs", "2")

    assert one.code == 2
    assert two == one


def test_a_file_named_jsonl_is_json_lines(milium: Milium, tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl"
    file.write_text(json.dumps({"id": 1, "text": ANSWER}), encoding="utf-8")

    assert json.loads(milium("read", str(file)).out)["id"] == 1


def test_a_question_becomes_a_history(milium: Milium) -> None:
    done = milium("read", "--question", "--format", "json", given="My scalp is itchy.")

    assert list(json.loads(done.out)["history"]) == [
        "sites",
        "symptoms",
        "absent",
        "duration",
        "age",
        "sex",
        "tried",
        "asks",
    ]


def test_a_reading_explains_itself(milium: Milium) -> None:
    out = milium("read", "--explain", given=ANSWER).out

    assert "” treatment:retinoid\n" in out
    assert "read     treatment retinoid: recommended, by " in out
    assert out.endswith(milium("read", given=ANSWER).out)
    assert max(map(len, out.splitlines())) <= 80


def test_an_explanation_is_json_too(milium: Milium) -> None:
    explanation = json.loads(milium("read", "--explain", "--format", "json", given=ANSWER).out)

    assert len(explanation["sentences"]) == 2
    assert explanation["statements"]


@pytest.mark.parametrize("more", [["--question"], ["--format", "jsonl"]])
def test_only_one_answer_is_explained(milium: Milium, more: list[str]) -> None:
    done = milium("read", "--explain", *more, given=ANSWER)

    assert (done.code, done.out) == (2, "")
    assert "--explain is for one answer" in done.err
