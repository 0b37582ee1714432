"""Check the corpus beside this file: fields, words allowed in each, and quotes that are exact substrings.

Run `python tests/corpus/validate.py [FOLDER]`; it ends with status 1 and one line a fault when something is wrong.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any


Row = dict[str, Any]

STANCES: dict[str, set[str | None]] = {
    "diagnosis": {"likely", "possible", "unlikely"},
    "treatment": {"recommended", "option", "avoid"},
    "test": {"recommended", "option", "unneeded"},
    "referral": {"recommended", "conditional"},
    "outlook": {None},
}
ROUTES = {None, "topical", "oral", "injected", "intralesional"}
RESPONSES = {"none", "partial", "good", "worse", "unknown"}
ASKS = {
    "what_is_it",
    "what_can_i_do",
    "is_it_serious",
    "is_it_contagious",
    "is_this_treatment_right",
    "other",
}
URGENCIES = {
    "emergency": True,
    "same_day": True,
    "within_2_weeks": True,
    "routine": False,
    "none": False,
}
DURATION = re.compile(r"P\d+[DWMY]")


def statement_faults(text: str, statement: Row) -> Iterator[str]:
    """What is wrong with one statement of an answer."""
    stances = {statement["stance"], *statement.get("stance_also", [])}
    if not stances <= STANCES[statement["kind"]]:
        yield f"stance {stances} does not belong to a {statement['kind']}"
    if not {statement.get("route"), *statement.get("route_also", [])} <= ROUTES:
        yield "unknown route"
    for key in ("quote", "condition"):
        if key in statement and statement[key] not in text:
            yield f"{key} is not in the text: {statement[key]!r}"


def answer_faults(row: Row) -> Iterator[str]:
    """What is wrong with one annotated answer."""
    spoken = [(statement["kind"], statement["concept"]) for statement in row["statements"]]
    if len(spoken) != len(set(spoken)):
        yield "one concept is stated twice"
    for statement in row["statements"]:
        yield from statement_faults(row["text"], statement)


def question_faults(row: Row) -> Iterator[str]:
    """What is wrong with one annotated question."""
    if not set(row["asks"]) <= ASKS:
        yield "unknown ask"
    if any(tried["response"] not in RESPONSES for tried in row["tried"]):
        yield "unknown response"
    if row["duration"] and not DURATION.fullmatch(row["duration"]):
        yield "duration is not ISO 8601"
    if set(row["symptoms"]) & set(row["absent"]):
        yield "a symptom is both present and absent"


def vignette_faults(row: Row) -> Iterator[str]:
    """What is wrong with one triage vignette."""
    if URGENCIES.get(row["expected_urgency"]) is not row["has_red_flag"]:
        yield "urgency and red flag disagree"


CHECKS = {
    "answers": answer_faults,
    "questions": question_faults,
    "vignettes": vignette_faults,
}


def faults(folder: Path) -> Iterator[str]:
    """Every fault of the three files in `folder`, with the file and the id it was found in."""
    for name, check in CHECKS.items():
        for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield from (f"{name} {row['id']}: {fault}" for fault in check(row))


if __name__ == "__main__":
    sys.exit("\n".join(faults(Path(sys.argv[1] if sys.argv[1:] else Path(__file__).parent))) or 0)
