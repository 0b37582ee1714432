"""The reader's rules as the data files give them: cues, and expressions that carry a concept.

Both files are lists of entries with exactly the keys of ``Cue`` or ``Expression``; every entry says where it
comes from and carries a sentence in which it fires and one in which it must not.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from milium.errors import BadData


RULES = Path(__file__).with_name("rules")

Category = Literal[
    "claim",
    "called",
    "claim-strongly",
    "copula",
    "ought",
    "possible",
    "probe",
    "deny",
    "recommend",
    "do",
    "culprit",
    "order",
    "forbid",
    "dose",
    "thought",
    "applied",
    "option",
    "example",
    "avoid",
    "instead",
    "than",
    "if",
    "needed",
    "past",
    "general",
    "cause",
    "purpose",
    "head",
    "contrast",
    "and",
    "or",
    "verb",
    "refer",
    "topical",
    "oral",
    "injected",
    "intralesional",
    "nothing",
    "mark",
]
Direction = Literal["forward", "backward", "both"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """Words that say how what stands near them is meant.

    ``direction`` is where the words it bears on stand: after it, before it, or either.
    """

    id: str
    category: Category
    direction: Direction
    source: str
    fires: str
    silent: str
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """Words that carry a concept which is more than its name ("goes away by itself").

    ``concept`` is a concept id, ``stance`` the stance the words have when nothing near them says otherwise.
    """

    id: str
    concept: str
    stance: str | None
    source: str
    fires: str
    silent: str
    phrases: tuple[str, ...]


def load_cues(folder: Path = RULES) -> tuple[Cue, ...]:
    """The cues of ``cues.json``. Raises ``BadData`` naming file, entry and reason."""
    cues = tuple(Cue(**entry) for entry in _entries(folder / "cues.json", Cue))
    for cue in cues:
        _require(cue.category in get_args(Category), "has no known category", "cues.json", cue.id)
        _require(
            cue.direction in get_args(Direction), "has no known direction", "cues.json", cue.id
        )
    return cues


def load_expressions(folder: Path = RULES) -> tuple[Expression, ...]:
    """The expressions of ``expressions.json``. Raises ``BadData`` naming file, entry and reason."""
    entries = _entries(folder / "expressions.json", Expression)
    return tuple(Expression(**entry) for entry in entries)


def load_harms(folder: Path = RULES) -> frozenset[str]:
    """Names of treatments in ``harms.json`` that are spoken of only to be kept away from ("trigger")."""
    return _load_names(folder / "harms.json")


def load_unread(folder: Path = RULES) -> frozenset[str]:
    """Names in ``unread.json`` that are too vague in an answer to be a statement ("spots")."""
    return _load_names(folder / "unread.json")


def _load_names(file: Path) -> frozenset[str]:
    data = json.loads(file.read_text(encoding="utf-8"))
    return frozenset(name for names in data.values() for name in names)


def _entries(file: Path, shape: type) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
    keys = set(shape.__dataclass_fields__)  # type: ignore[attr-defined]
    seen: set[str] = set()
    for entry in entries:
        name = str(entry.get("id"))
        _require(set(entry) == keys, f"needs exactly the keys {sorted(keys)}", file.name, name)
        _require(name not in seen, "this id stands twice", file.name, name)
        _require(bool(entry["phrases"]), "has no phrase", file.name, name)
        _require(bool(entry["source"]), "names no source", file.name, name)
        seen.add(name)
        entry["phrases"] = tuple(entry["phrases"])
    return entries


def _require(fine: bool, reason: str, file: str, entry: str) -> None:  # noqa: FBT001
    if not fine:
        raise BadData(reason, file=file, entry=entry)
