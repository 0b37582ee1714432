"""Reasons in plain words, as data: for a decision, and for telling a moderator that something is wrong."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why something was decided; ``words`` are for its author, ``acts`` the decisions it fits."""

    id: str
    acts: frozenset[str]
    label: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """What may be wrong with something; ``risk`` orders the queue of reports."""

    id: str
    label: str
    risk: int


@lru_cache(maxsize=1)
def reasons() -> tuple[Reason, ...]:
    """Every canned reason of a decision."""
    return tuple(
        Reason(id=e["id"], acts=frozenset(e["for"]), label=e["label"], words=e["words"])
        for e in _data()["decisions"]
    )


@lru_cache(maxsize=1)
def wrongs() -> tuple[Wrong, ...]:
    """Every reason for a report."""
    return tuple(Wrong(**entry) for entry in _data()["reports"])


def risk_of_report(chosen: list[str]) -> int:
    """The gravest of the reasons chosen."""
    return max((w.risk for w in wrongs() if w.id in chosen), default=0)


def _data() -> dict[str, list[dict[str, Any]]]:
    return json.loads(Path(__file__).with_name("reasons.json").read_text("utf-8"))  # type: ignore[no-any-return]
