"""A contributor's file that is wrong in any way is refused with one line: file, entry, reason."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from milium import api
from milium.errors import BadData
from milium.notes import load_places, load_reports, load_safety_notes, load_texts
from milium.notes.evidence import DATA as EVIDENCE
from milium.notes.safety import DATA


def spoilt(source: Path, tmp_path: Path, change: Callable[[Any], object]) -> Path:
    data = json.loads(source.read_text(encoding="utf-8"))
    change(data)
    target = tmp_path / source.name
    target.write_text(json.dumps(data), encoding="utf-8")
    return target


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda r: r[0].update(sources=[]), "sources is empty"),
        (lambda r: r[0].update(condition="condition:x"), "is no concept of the vocabulary"),
        (lambda r: r[0].update(treatments=["treatment:x"]), "'treatment:x' is no concept"),
        (lambda r: r[0].update(year="1903"), "year must be a whole number"),
        (lambda r: r[0].update(design="rumour"), "is none of case_report"),
        (lambda r: r[0].update(read="skimmed"), "is none of full_text"),
        (lambda r: r.append(dict(r[0])), "two entries have this id"),
        (lambda r: r[0].update(colour="red"), "colour is not a field"),
        (lambda r: r[0].pop("outcome"), "outcome is missing"),
    ],
)
def test_a_bad_report_is_refused(
    tmp_path: Path, change: Callable[[Any], object], reason: str
) -> None:
    spoilt(EVIDENCE / "milia_en_plaque.json", tmp_path, lambda data: change(data["reports"]))

    with pytest.raises(BadData, match=r"^milia_en_plaque\.json") as caught:
        load_reports(api.vocabulary(), tmp_path)

    assert reason in str(caught.value)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda n: n[0].update(concepts=["treatment:x"]), "'treatment:x' is no concept"),
        (lambda n: n[0].update(concepts=[]), "concepts is empty"),
        (lambda n: n[0].update(sources=[]), "sources is empty"),
        (lambda n: n[0].update(kind="gossip"), "is none of withdrawn"),
        (lambda n: n[0].update(routes=["by post"]), "is none of topical"),
        (lambda n: n[0].update(below_age="young"), "below_age must be a number"),
        (lambda n: n[0].update(verified="yes"), "verified must be true or false"),
    ],
)
def test_a_bad_note_is_refused(
    tmp_path: Path, change: Callable[[Any], object], reason: str
) -> None:
    path = spoilt(DATA / "safety.json", tmp_path, lambda data: change(data["notes"]))

    with pytest.raises(BadData, match=r"^safety\.json") as caught:
        load_safety_notes(api.vocabulary(), path)

    assert reason in str(caught.value)


def test_a_text_on_an_unknown_concept_is_refused(tmp_path: Path) -> None:
    entry = {
        "id": "condition:x",
        "text": "One. Two.",
        "verified": True,
        "reviewed": "2026-11-22",
        "sources": [{"url": "https://a.example", "title": "A"}],
    }
    path = tmp_path / "texts.json"
    path.write_text(json.dumps({"texts": [entry]}), encoding="utf-8")

    with pytest.raises(BadData, match=r"texts\.json: condition:x: is no concept"):
        load_texts(api.vocabulary(), path)


def test_a_place_without_a_name_is_refused(tmp_path: Path) -> None:
    path = spoilt(DATA / "places.json", tmp_path, lambda d: d["places"][0].pop("name"))

    with pytest.raises(BadData, match="name is missing"):
        load_places(path)
