"""Real opinions where the development data is there, else the texts that come with the tests."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any


ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
PANELS = SHARED / "panels" / "dermavqa_train.cases.jsonl.gz"
GOLD = SHARED / "reading" / "dev_answers.jsonl"
OWN_GOLD = ROOT / "tests" / "corpus" / "answers.jsonl"


def opinions() -> tuple[list[str], str]:
    """Opinion texts, and where they are from."""
    if PANELS.exists():
        texts = [opinion["text"] for case in panels() for opinion in case["opinions"]]
        return texts, f"{len(texts):,} real opinions of {PANELS.name}"
    texts = [row["text"] for row in gold(OWN_GOLD)] * 10
    return texts, f"{PANELS.name} is not there: {len(texts):,} texts from the tests, ten times over"


def panels() -> list[dict[str, Any]]:
    with gzip.open(PANELS, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def gold(file: Path) -> list[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def joined(texts: Iterable[str], characters: int) -> Iterator[str]:
    """Texts put together, in order, each as near to that length as the next text lets it come."""
    whole = ""
    for text in texts:
        longer = f"{whole} {text}" if whole else text
        if whole and abs(len(longer) - characters) > abs(len(whole) - characters):
            yield whole
            whole = text
        else:
            whole = longer
