"""A data file that is wrong in any way stops the start with one line: file, entry, reason."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from milium.errors import BadData
from milium.triage import load_rule_book


def spoil(path: Path, change: Callable[[Any], object]) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(json.dumps(data), encoding="utf-8")


def rule(data: Any) -> Any:  # noqa: ANN401 - what JSON holds
    return data["rules"][0]


def test_the_smallest_data_loads(rules_folder: Path) -> None:
    assert [rule.id for rule in load_rule_book(rules_folder).rules] == ["rf_fever"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda d: rule(d).update(sources=[]), "sources is empty"),
        (lambda d: rule(d).pop("sources"), "sources is missing"),
        (lambda d: rule(d).update(sources=[{"url": "somewhere", "title": "x"}]), "no web address"),
        (lambda d: rule(d).update(sources=[{"url": "https://a.example"}]), "title is missing"),
        (lambda d: d["rules"].append(rule(d)), "two entries have this id"),
        (lambda d: rule(d).update(version="1"), "version must be a whole number"),
        (lambda d: rule(d).update(version=0), "a whole number of at least 1"),
        (lambda d: rule(d).update(urgency="soon"), "urgency 'soon' is none of"),
        (lambda d: rule(d).update(when=[]), "when is empty"),
        (lambda d: rule(d).update(when=[{"trigger": ["nonsense"]}]), "'nonsense' is no feature"),
        (lambda d: rule(d).update(unless=["rubbish"]), "'rubbish' is no feature"),
        (lambda d: rule(d).update(fires=["one", "two"]), "fires needs at least 3"),
        (lambda d: rule(d).update(silent=[]), "silent needs at least 3"),
        (lambda d: rule(d).update(colour="red"), "colour is not a field"),
        (lambda d: rule(d).update(reviewed="lately"), "is no date"),
        (lambda d: rule(d).update(advice=" "), "advice must be a filled text"),
        (lambda d: rule(d).pop("id"), "id is missing"),
        (lambda d: d.pop("rules"), "must hold a list 'rules'"),
    ],
)
def test_a_bad_rule_is_refused(
    rules_folder: Path, change: Callable[[Any], object], reason: str
) -> None:
    spoil(rules_folder / "rules.json", change)

    with pytest.raises(BadData, match=r"^rules\.json") as caught:
        load_rule_book(rules_folder)

    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("file", "change", "reason"),
    [
        ("features.json", lambda d: d["fever"].update(said=[]), "said needs at least 1"),
        ("features.json", lambda d: d["fever"].update(said=["<nowhere> x"]), "no class of words"),
        ("features.json", lambda d: d["fever"].update(said=[".. x"]), "begin and end with a word"),
        ("features.json", lambda d: d["fever"].update(said=["x (y"]), "unreadable part"),
        ("features.json", lambda d: d["fever"].update(says="x"), "says is not a field"),
        ("cues.json", lambda d: d.pop("past"), "sections missing or unknown: past"),
        ("words.json", lambda d: d.update(extra={}), "sections missing or unknown: extra"),
    ],
)
def test_a_bad_feature_cue_or_word_file_is_refused(
    rules_folder: Path, file: str, change: Callable[[Any], object], reason: str
) -> None:
    spoil(rules_folder / file, change)

    with pytest.raises(BadData, match=file) as caught:
        load_rule_book(rules_folder)

    assert reason in str(caught.value)


def test_a_file_that_is_no_json_is_refused(rules_folder: Path) -> None:
    (rules_folder / "rules.json").write_text("{", encoding="utf-8")

    with pytest.raises(BadData, match=r"rules\.json: is no JSON"):
        load_rule_book(rules_folder)
