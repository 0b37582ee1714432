"""Every rule shows where it fires and where it must not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from milium import api
from milium.errors import BadData
from milium.reading.lexicon import Lexicon, load_lexicon
from milium.reading.phrases import choices, wordings
from milium.reading.rules import Cue, Expression, load_cues, load_expressions


CUES = {cue.id: cue for cue in load_cues()}
EXPRESSIONS = {expression.id: expression for expression in load_expressions()}


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon(api.vocabulary())


def rules_met(lexicon: Lexicon, text: str) -> set[str | None]:
    leaves = [leaf for _, _, leaf in lexicon.tree.scan(text)[1]]
    cues: set[str | None] = {sense.rule for leaf in leaves for sense in leaf.senses}
    return cues | {target.rule for leaf in leaves for target in leaf.targets}


@pytest.mark.parametrize("rule", [*CUES.values(), *EXPRESSIONS.values()], ids=lambda rule: rule.id)
def test_a_rule_fires_in_its_example_and_not_in_its_counter_example(
    rule: Cue | Expression, lexicon: Lexicon
) -> None:
    assert rule.id in rules_met(lexicon, rule.fires)
    assert rule.id not in rules_met(lexicon, rule.silent)


def test_choices_are_spelled_out() -> None:
    assert sorted(" ".join(words) for words in wordings("keep (it)? (dry|clean)")) == [
        "keep clean",
        "keep dry",
        "keep it clean",
        "keep it dry",
    ]


def test_a_phrase_with_an_open_bracket_is_refused() -> None:
    with pytest.raises(BadData, match="bracket"):
        choices("keep (it")


ENTRY: dict[str, Any] = {
    "id": "x",
    "category": "claim",
    "direction": "forward",
    "source": "usage",
    "fires": "a",
    "silent": "b",
    "phrases": ["looks like"],
}


@pytest.mark.parametrize(
    ("entries", "reason"),
    [
        ([{**ENTRY, "category": "guess"}], "category"),
        ([{**ENTRY, "direction": "up"}], "direction"),
        ([{**ENTRY, "phrases": []}], "no phrase"),
        ([{**ENTRY, "source": ""}], "no source"),
        ([{**ENTRY, "more": 1}], "exactly the keys"),
        ([ENTRY, ENTRY], "twice"),
    ],
)
def test_a_broken_rule_file_is_refused_with_its_reason(
    entries: list[dict[str, Any]], reason: str, tmp_path: Path
) -> None:
    (tmp_path / "cues.json").write_text(json.dumps(entries))
    with pytest.raises(BadData, match=reason):
        load_cues(tmp_path)


def test_an_expression_of_an_unknown_concept_is_refused() -> None:
    broken = Expression(
        id="x",
        concept="treatment/moon dust",
        stance=None,
        source="u",
        fires="",
        silent="",
        phrases=("moon dust",),
    )
    with pytest.raises(BadData, match="moon dust"):
        Lexicon(api.vocabulary(), (), (broken,), frozenset(), frozenset())
