"""Micro F1 over (kind, concept), and with the stance, as the project's guidelines for reading define it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from milium import api


Key = tuple[str, str]
Reading = Mapping[Key, str | None]


def f1(read: Callable[[str], Reading], answers: list[dict[str, Any]]) -> tuple[float, float]:
    """F1 of the concepts, and of the concepts with their stance."""
    plain: Counter[str] = Counter()
    stanced: Counter[str] = Counter()
    for answer in answers:
        _count(dict(read(answer["text"])), answer["statements"], plain, stanced)
    return _f1(plain), _f1(stanced)


def _count(
    mine: dict[Key, str | None],
    wanted: list[dict[str, Any]],
    plain: Counter[str],
    stanced: Counter[str],
) -> None:
    for statement in wanted:
        key = next((key for key in keys_of(statement) if key in mine), None)
        if key is None:
            missed = not statement.get("optional")
            plain["missed"] += missed
            stanced["missed"] += missed
            continue
        accepted = {statement.get("stance"), *statement.get("stance_also", [])}
        right = statement["kind"] == "outlook" or mine.pop(key) in accepted
        mine.pop(key, None)
        plain["right"] += 1
        stanced.update(["right"] if right else ["extra", "missed"])
    plain["extra"] += len(mine)
    stanced["extra"] += len(mine)


def keys_of(statement: dict[str, Any]) -> list[Key]:
    """Every name that counts for a statement of the gold, as kind and concept id."""
    kind = statement["kind"]
    concepts = (api.lookup(n, kind) for n in [statement["concept"], *statement.get("also", [])])
    return [(kind, concept.id) for concept in concepts if concept]


def _f1(count: Counter[str]) -> float:
    wrong = count["extra"] + count["missed"]
    return 2 * count["right"] / max(1, 2 * count["right"] + wrong)
