"""The question reader's rules as ``rules/question.json`` gives them, checked.

Every rule says where it comes from and carries a sentence in which it fires and one in which it must not.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Literal, get_args

from milium.errors import BadData
from milium.reading.rules import RULES
from milium.statements import Ask, Response


Scoping = Literal[
    "deny",
    "deny-before",
    "guess",
    "break",
    "void",
    "use",
    "use-procedure",
    "no-use",
    "asked-use",
    "elsewhere",
    "went-of",
]
Naming = Literal["site", "symptom", "absent", "treated"]
ASKS: tuple[Ask, ...] = get_args(Ask)
RESPONSES: tuple[Response, ...] = get_args(Response)
CATEGORIES = frozenset(
    (
        *get_args(Scoping),
        *get_args(Naming),
        *(f"went-{response}" for response in RESPONSES),
        "came-back",
        *(f"ask-{ask}" for ask in ASKS),
        *(f"query-{ask}" for ask in ASKS),
        *(f"plea-{ask}" for ask in ASKS),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRule:
    """Words that say how what stands near them is meant, or that name ``concepts`` by themselves.

    ``category`` is one of ``CATEGORIES``; ``concepts`` are names of the vocabulary: of sites for the category
    ``site``, of symptoms for ``symptom`` and ``absent``, of treatments that were had for ``treated``. An ``ask-`` rule fires anywhere, a ``query-`` rule
    only in a sentence that ends in a question mark, a ``plea-`` rule only where nothing else is asked.
    """

    id: str
    category: str
    concepts: tuple[str, ...]
    source: str
    fires: str
    silent: str
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRules:
    """All that ``question.json`` holds.

    ``unread`` are names too vague in a question to be read, by kind; ``guessed_in_questions`` are signs that are as
    often diseases: in a sentence that ends in a question mark they are asked about and not told.
    """

    rules: tuple[QuestionRule, ...]
    unread: dict[str, frozenset[str]]
    guessed_in_questions: frozenset[str]


def load_question_rules(folder: Path = RULES) -> QuestionRules:
    """The rules of ``question.json``. Raises ``BadData`` naming file, entry and reason."""
    data = json.loads((folder / "question.json").read_text(encoding="utf-8"))
    keys = {field.name for field in fields(QuestionRules)}
    _require(set(data) == keys, f"needs exactly the keys {sorted(keys)}", None)
    seen: set[str] = set()
    rules = tuple(_rule(entry, seen) for entry in data["rules"])
    return QuestionRules(
        rules=rules,
        unread={kind: frozenset(names) for kind, names in data["unread"].items()},
        guessed_in_questions=frozenset(data["guessed_in_questions"]),
    )


def _rule(entry: dict[str, Any], seen: set[str]) -> QuestionRule:
    name = str(entry.get("id"))
    keys = {field.name for field in fields(QuestionRule)}
    _require(set(entry) == keys, f"needs exactly the keys {sorted(keys)}", name)
    _require(name not in seen, "this id stands twice", name)
    _require(entry["category"] in CATEGORIES, f"{entry['category']!r} is no category", name)
    _require(bool(entry["phrases"]), "has no phrase", name)
    _require(
        all(entry[key] for key in ("source", "fires", "silent")), "lacks source or example", name
    )
    named = entry["category"] in get_args(Naming)
    _require(bool(entry["concepts"]) == named, "names concepts, or should, by its category", name)
    seen.add(name)
    return QuestionRule(
        **{**entry, "concepts": tuple(entry["concepts"]), "phrases": tuple(entry["phrases"])}
    )


def _require(fine: bool, reason: str, entry: str | None) -> None:  # noqa: FBT001
    if not fine:
        raise BadData(reason, file="question.json", entry=entry)
