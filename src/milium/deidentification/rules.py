"""The rules by which identifying words are found: patterns and lists, all of them data."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from milium.errors import BadData


DATA = Path(__file__).with_name("data")
FILE = "rules.json"
KINDS = (
    "name",
    "phone",
    "email",
    "url",
    "handle",
    "address",
    "postcode",
    "place",
    "date",
    "age",
    "record_number",
    "id_number",
    "plate",
    "workplace",
)
# Which files hold the words that a rule's conditions name.
_FILES = {
    "common": ("common",),
    "heads": ("heads",),
    "regions": ("regions",),
    "first_names": ("first_names",),
    "words_names": ("first_names_that_are_words",),
    "last_names": ("last_names",),
    "names": ("first_names", "first_names_that_are_words", "last_names"),
    "places": ("places",),
    "places_words": ("places", "places_that_are_words"),
}
_PLACEHOLDER = re.compile(r"\{([A-Z]+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One way to find one kind of identifier.

    ``pattern`` masks its group ``x`` where it has one, else all it matches. The conditions name word lists:
    ``only_first`` and ``only_last`` must hold the first or last word; ``prefix_of`` cuts the match to its longest
    beginning that is listed; words of ``unless`` are cut from the end, and a match that begins with one is dropped,
    ``unless_any`` drops a match with any such word, ``trim_first`` cuts them from the beginning.
    ``followed_by`` names what must come next. A ``weak`` match gives way to a medical name.
    ``masks`` and ``keeps`` are examples: ``[[...]]`` stands around what must go.
    """

    id: str
    kind: str
    pattern: re.Pattern[str]
    only_first: frozenset[str] | None
    only_last: frozenset[str] | None
    prefix_of: frozenset[str] | None
    unless: frozenset[str]
    unless_any: frozenset[str]
    trim_first: frozenset[str]
    followed_by: frozenset[str] | None
    weak: bool
    masks: tuple[str, ...]
    keeps: tuple[str, ...]
    source: str


@lru_cache(maxsize=1)
def load_rules() -> tuple[Rule, ...]:
    """Every rule. Raises ``BadData`` naming the rule whose entry is wrong."""
    data = json.loads((DATA / FILE).read_text("utf-8"))
    return tuple(_rule(entry, data["parts"]) for entry in data["rules"])


@lru_cache(maxsize=32)
def words(name: str) -> frozenset[str]:
    """The words of a list, in lower case."""
    lines = (line for file in _FILES[name] for line in _lines(file))
    return frozenset(line.lower() for line in lines)


def _lines(file: str) -> list[str]:
    text = (DATA / f"{file}.txt").read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _rule(entry: dict[str, Any], parts: dict[str, str]) -> Rule:
    try:
        pattern = _PLACEHOLDER.sub(lambda found: parts[found[1]], entry["pattern"])
        if entry["kind"] not in KINDS:
            raise BadData(f"{entry['kind']!r} is no kind", file=FILE, entry=entry["id"])
        return Rule(
            id=entry["id"],
            kind=entry["kind"],
            pattern=re.compile(pattern, re.MULTILINE if entry.get("multiline") else 0),
            only_first=_list(entry, "only_first"),
            only_last=_list(entry, "only_last"),
            prefix_of=_list(entry, "prefix_of"),
            unless=_list(entry, "unless") or frozenset(),
            unless_any=_list(entry, "unless_any") or frozenset(),
            trim_first=_list(entry, "trim_first") or frozenset(),
            followed_by=_list(entry, "followed_by"),
            weak=bool(entry.get("weak")),
            masks=tuple(entry["masks"]),
            keeps=tuple(entry["keeps"]),
            source=entry["source"],
        )
    except (KeyError, re.error) as error:
        raise BadData(
            f"is incomplete or wrong: {error}", file=FILE, entry=entry.get("id")
        ) from None


def _list(entry: dict[str, Any], field: str) -> frozenset[str] | None:
    if field not in entry:
        return None
    return frozenset().union(*(words(name) for name in entry[field].split()))
