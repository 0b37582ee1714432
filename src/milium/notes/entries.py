"""Reading the library's JSON data: a closed schema, refused in one line that names file, entry and reason."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from milium.errors import BadData
from milium.statements import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One object of a data file. Every reader refuses what is missing, empty or of another type."""

    file: str
    id: str
    fields: Mapping[str, object]

    def refuse(self, reason: str) -> BadData:
        """The error to raise about this entry."""
        return BadData(reason, file=self.file, entry=self.id)

    def closed(self, required: Iterable[str], optional: Iterable[str] = ()) -> None:
        """Refuse missing fields and fields nobody reads."""
        required = set(required)
        for name in sorted(required - self.fields.keys()):
            raise self.refuse(f"{name} is missing")
        for name in sorted(self.fields.keys() - required - set(optional)):
            raise self.refuse(f"{name} is not a field here")

    def text(self, name: str) -> str:
        """A filled string."""
        value = self.fields.get(name)
        if not isinstance(value, str) or not value.strip():
            raise self.refuse(f"{name} must be a filled text")
        return value

    def maybe(self, name: str) -> str | None:
        """A filled string, or None when absent or null."""
        return None if self.fields.get(name) is None else self.text(name)

    def number(self, name: str, *, at_least: int = 0) -> int:
        """A whole number."""
        value = self.fields.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or value < at_least:
            raise self.refuse(f"{name} must be a whole number of at least {at_least}")
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        """True or false."""
        value = self.fields.get(name, default)
        if not isinstance(value, bool):
            raise self.refuse(f"{name} must be true or false")
        return value

    def choice(self, name: str, allowed: Iterable[str]) -> str:
        """One of a closed set of words."""
        value, allowed = self.text(name), tuple(allowed)
        if value not in allowed:
            raise self.refuse(f"{name} {value!r} is none of {', '.join(allowed)}")
        return value

    def day(self, name: str) -> str:
        """An ISO date, kept as text."""
        value = self.text(name)
        try:
            date.fromisoformat(value)
        except ValueError:
            raise self.refuse(f"{name} {value!r} is no date like 2026-11-22") from None
        return value

    def words(self, name: str, *, at_least: int = 0) -> tuple[str, ...]:
        """A list of filled strings; absent counts as empty."""
        value = self.fields.get(name, [])
        if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
            raise self.refuse(f"{name} must be a list of filled texts")
        if len(value) < at_least:
            raise self.refuse(f"{name} needs at least {at_least} entries, has {len(value)}")
        return tuple(value)

    def parts(self, name: str) -> Iterator[Entry]:
        """A list of objects, each an entry that answers for this one; absent counts as empty."""
        value = self.fields.get(name, [])
        if not isinstance(value, list) or not all(isinstance(part, dict) for part in value):
            raise self.refuse(f"{name} must be a list of objects")
        for part in value:
            yield Entry(file=self.file, id=self.id, fields=part)

    def sources(self) -> tuple[Source, ...]:
        """Where the fact was read: at least one address with its title."""
        found = tuple(_source(part) for part in self.parts("sources"))
        if not found:
            raise self.refuse("sources is empty: a fact needs a source")
        return found


def _source(part: Entry) -> Source:
    part.closed(("url", "title"))
    url = part.text("url")
    if not url.startswith(("https://", "http://")):
        raise part.refuse(f"source {url!r} is no web address")
    return Source(url=url, title=part.text("title"))


def load_object(path: Path) -> Mapping[str, Any]:
    """The JSON object a file holds. Raises ``BadData`` when there is none."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise BadData(f"cannot be read: {error}", file=path.name) from error
    except json.JSONDecodeError as error:
        raise BadData(f"is no JSON: {error}", file=path.name) from error
    if not isinstance(value, dict):
        raise BadData("must hold one object", file=path.name)
    return value


def load_entries(path: Path, name: str) -> tuple[Entry, ...]:
    """The list ``name`` of a file, each entry with an ``id`` of its own."""
    listed = load_object(path).get(name)
    if not isinstance(listed, list):
        raise BadData(f"must hold a list {name!r}", file=path.name)
    entries = tuple(
        _entry(path.name, position, fields) for position, fields in enumerate(listed, 1)
    )
    seen: set[str] = set()
    for entry in entries:
        if entry.id in seen:
            raise entry.refuse("two entries have this id")
        seen.add(entry.id)
    return entries


def _entry(file: str, position: int, fields: object) -> Entry:
    if not isinstance(fields, dict):
        raise BadData("must be an object", file=file, entry=f"entry {position}")
    id_ = fields.get("id")
    if not isinstance(id_, str) or not id_.strip():
        raise BadData("id is missing", file=file, entry=f"entry {position}")
    return Entry(file=file, id=id_, fields=fields)
