from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.unit.cli.conftest import Milium


CASE: dict[str, Any] = {
    "id": "warts-1",
    "title": "Warts on the knuckles",
    "question": "I have had warts on my hand for 2 months. I tried salicylic acid. What can I do?",
    "asker": {"sex": "male", "age": 19, "place": "Ohio"},
    "opinions": [
        {
            "id": "A",
            "specialty": "dermatology",
            "text": "These look like common warts. I recommend cryotherapy. See a dermatologist.",
        },
        {
            "id": "B",
            "specialist": "Dr <b>B</b>",
            "text": "Common warts. Options include cryotherapy and curettage. "
            "A skin biopsy is needed to rule out a squamous cell carcinoma.",
        },
    ],
}


@pytest.fixture
def case(tmp_path: Path) -> str:
    file = tmp_path / "warts.case.json"
    file.write_text(json.dumps(CASE), encoding="utf-8")
    return str(file)


def _rows(comparison: dict[str, Any], part: str) -> dict[str, set[str]]:
    return {
        row["concept"]["name"]: {position["opinion"] for position in row["positions"]}
        for row in comparison[part]
    }


def test_the_json_has_the_promised_shape(milium: Milium, case: str) -> None:
    comparison = json.loads(milium("compare", case, "--format", "json").out)

    promised = "case opinions diagnoses do_first options avoid outlook differences agreement notes questions_to_ask"
    assert set(comparison) >= set(promised.split())
    assert (comparison["case"], comparison["opinions"]) == ("warts-1", ["A", "B"])
    assert set(comparison["agreement"]) == {"diagnosis", "treatment"}
    row = comparison["options"][0]
    assert set(row) >= {"concept", "positions", "tried", "notes"}
    assert set(row["positions"][0]) >= {"opinion", "stance", "route", "condition", "quote"}
    assert set(comparison["differences"][0]) >= {"kind", "concept", "opinions"}


def test_every_quote_is_an_exact_span_of_its_opinion(milium: Milium, case: str) -> None:
    comparison = json.loads(milium("compare", case, "--format", "json").out)

    texts = {opinion["id"]: opinion["text"] for opinion in CASE["opinions"]}
    parts = ("diagnoses", "do_first", "options", "avoid", "outlook")
    positions = [p for part in parts for row in comparison[part] for p in row["positions"]]
    assert positions
    for position in positions:
        quote = position["quote"]
        assert texts[position["opinion"]][quote["start"] : quote["end"]] == quote["text"] != ""


def test_what_is_said_stands_in_its_part(milium: Milium, case: str) -> None:
    comparison = json.loads(milium("compare", case, "--format", "json").out)

    assert _rows(comparison, "do_first") == {"skin biopsy": {"B"}, "dermatologist": {"A"}}
    assert _rows(comparison, "options") == {"cryotherapy": {"A", "B"}, "curettage": {"B"}}
    purpose = comparison["do_first"][0]["positions"][0]["purpose"]["text"]
    assert purpose == "to rule out a squamous cell carcinoma"
    assert comparison["history"]["sex"] == "male"
    assert comparison["history"]["age"] == 19


def test_the_text_fits_eighty_columns_and_says_what_is_not_mentioned(
    milium: Milium, case: str
) -> None:
    out = milium("compare", case).out

    assert max(len(line) for line in out.splitlines() if "://" not in line) <= 80
    assert "\x1b" not in out
    for words in ("DO FIRST", "OPTIONS", "not mentioned", "● recommended", "WHERE THEY DIFFER"):
        assert words in out
    assert out.index("DO FIRST") < out.index("OPTIONS") < out.index("WHERE THEY DIFFER")


def test_many_opinions_are_listed_instead_of_put_in_columns(milium: Milium) -> None:
    opinions = [{"id": str(n), "text": "Use an emollient."} for n in range(9)]
    opinions.append({"id": "9", "text": "Try cryotherapy."})

    out = milium("compare", given=json.dumps({"id": "many", "opinions": opinions})).out

    assert "not mentioned by 9" in out
    assert "not mentioned by the 9 others" in out
    assert max(len(line) for line in out.splitlines() if "://" not in line) <= 80


def test_a_terminal_is_never_told_what_to_do(milium: Milium) -> None:
    opinion = {"id": "A\x1b[2J", "text": "Try \x1b[31mcryotherapy\x07 now."}

    for form in ("text", "markdown", "html"):
        given = json.dumps({"id": "c", "title": "\x1b]0;x\x07", "opinions": [opinion]})
        out = milium("compare", "--format", form, given=given).out
        assert out
        if form != "html":
            assert not set(out) & {"\x1b", "\x07"}


def test_the_page_needs_nothing_else_and_runs_nothing(milium: Milium, case: str) -> None:
    out = milium("compare", case, "--format", "html").out

    assert out.startswith("<!doctype html>")
    assert "<script" not in out
    assert " src=" not in out
    assert "<link" not in out
    assert "<b>B</b>" not in out
    assert "&lt;b&gt;B&lt;/b&gt;" in out
    assert "<mark>" in out
    assert "prefers-color-scheme: dark" in out


def test_markdown_keeps_what_people_wrote_from_being_markup(milium: Milium) -> None:
    given = json.dumps(
        {
            "id": "c",
            "title": "# *Red* | [x](y)",
            "opinions": [{"id": "A", "text": "Try cryotherapy."}],
        }
    )

    out = milium("compare", "--format", "markdown", given=given).out

    assert out.startswith("# \\# \\*Red\\* \\| \\[x\\](y)\n")


def test_a_plain_page_is_compared_and_how_it_was_split_is_said(
    milium: Milium, tmp_path: Path
) -> None:
    file = tmp_path / "rash.page.txt"
    file.write_text(
        "Rash\n\nWhat is it?\n\nF, Maine\n\nUse an emollient.\n\n---\n\nTry cryotherapy.",
        encoding="utf-8",
    )

    comparison = json.loads(milium("compare", str(file), "--format", "json").out)

    assert (comparison["case"], comparison["opinions"]) == ("rash", ["A", "B"])
    assert "2 found" in comparison["remarks"][0]


def test_a_web_page_is_compared(milium: Milium) -> None:
    question = {"@type": "Question", "name": "x", "suggestedAnswer": {"text": "Try cryotherapy."}}
    page = f'<script type="application/ld+json">{json.dumps(question)}</script>'

    comparison = json.loads(milium("compare", "--format", "json", given=page).out)

    assert _rows(comparison, "options") == {"cryotherapy": {"1"}}


def test_a_case_file_asked_for_as_json_lines_is_one_line(milium: Milium, case: str) -> None:
    out = milium("compare", case, "--format", "jsonl").out

    assert json.loads(out)["case"] == "warts-1"
    assert out.count("\n") == 1


def test_json_lines_give_a_line_a_case(milium: Milium, tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text("\n".join(json.dumps({**CASE, "id": name}) for name in "abc"), encoding="utf-8")

    out = milium("compare", str(file)).out

    assert [json.loads(line)["case"] for line in out.splitlines()] == ["a", "b", "c"]
