from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from milium.triage.cues import KINDS


WORDS: dict[str, Any] = {
    "spelling": {},
    "classes": {"hot": "hot warm"},
    "numbers": {},
    "unpluralled": [],
    "distinct": [],
    "skippable": [],
}
CUES: dict[str, Any] = {
    **{kind: [] for kind in KINDS},
    "denied_next": ["no"],
    **dict.fromkeys("contrasts subjects barriers own".split(), "but"),
}
FEATURES: dict[str, Any] = {"fever": {"means": "a fever", "said": ["fever", "<hot> skin"]}}
RULES: dict[str, Any] = {
    "rules": [
        {
            "id": "rf_fever",
            "version": 1,
            "title": "Fever",
            "urgency": "same_day",
            "advice": "See a doctor today.",
            "applies_to": "anyone",
            "verified": True,
            "reviewed": "2026-11-22",
            "sources": [{"url": "https://example.org/fever", "title": "Fever"}],
            "when": [{"trigger": ["fever"]}],
            "fires": ["fever", "a fever", "hot skin"],
            "silent": ["no fever", "cold", "dry"],
        }
    ]
}


@pytest.fixture
def rules_folder(tmp_path: Path) -> Path:
    """The smallest triage data that loads, for a test to spoil."""
    files = {"words": WORDS, "cues": CUES, "features": FEATURES, "rules": RULES}
    for name, data in files.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(data), encoding="utf-8")
    return tmp_path
