"""A case as other programs write it: the ``Case`` of the design, as JSON.

Fields that Milium does not know are left out, and named in the case's remarks.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from milium.cases.limits import check_length
from milium.errors import UnusableInput
from milium.statements import Asker, Case, Opinion


_CASE = ("id", "title", "question", "asker", "opinions", "remarks")
_ASKER = ("sex", "age", "place")
_OPINION = ("id", "text", "specialist", "specialty")


def case_from_json(data: object, *, source: str | None = None, line: int | None = None) -> Case:
    """The case that a JSON value describes. Raises ``UnusableInput`` naming the field and what it should hold."""
    return _Reader(source, line).case(data)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Knows where the value came from, for the messages."""

    source: str | None
    line: int | None

    def case(self, data: object) -> Case:
        fields = self.object(data, "a case")
        opinions = self.opinions(fields.get("opinions"))
        unknown = [name for name in fields if name not in _CASE]
        asker = self.object(fields.get("asker") or {}, "asker")
        unknown += [f"asker.{name}" for name in asker if name not in _ASKER]
        for opinion in cast("Sequence[Mapping[str, object]]", fields["opinions"]):
            unknown += [f"opinions.{name}" for name in opinion if name not in _OPINION]
        return Case(
            id=self.id(fields.get("id"), "id"),
            title=self.text(fields, "title") or "",
            question=self.text(fields, "question") or "",
            asker=self.asker(asker),
            opinions=opinions,
            remarks=(*self.remarks(fields), *_remarks(unknown, opinions)),
        )

    def opinions(self, value: object) -> tuple[Opinion, ...]:
        if value is None or value == []:
            raise self.error("the case has no opinions, so there is nothing to compare")
        if not isinstance(value, list):
            raise self.error(f"opinions must be a list, not {_kind(value)}")
        opinions = tuple(self.opinion(item, number) for number, item in enumerate(value, start=1))
        seen: set[str] = set()
        for opinion in opinions:
            if opinion.id in seen:
                raise self.error(f"two opinions have the id {opinion.id!r}; each needs its own")
            seen.add(opinion.id)
        if not any(opinion.text.strip() for opinion in opinions):
            raise self.error("no opinion of the case has any text")
        return opinions

    def opinion(self, value: object, number: int) -> Opinion:
        name = f"opinion {number}"
        fields = self.object(value, name)
        if "text" not in fields:
            raise self.error(f"{name} has no text")
        return Opinion(
            id=self.id(fields.get("id"), f"the id of {name}"),
            text=self.text(fields, "text", of=name) or "",
            specialist=self.text(fields, "specialist", of=name),
            specialty=self.text(fields, "specialty", of=name),
        )

    def asker(self, fields: Mapping[str, object]) -> Asker:
        sex, age = fields.get("sex"), fields.get("age")
        if sex not in (None, "female", "male"):
            raise self.error(f"asker.sex must be female, male or null, not {sex!r}")
        if age is not None and not _is_age(age):
            raise self.error(f"asker.age must be a number of years from 0 to 130, not {age!r}")
        place = self.text(fields, "place", of="asker")
        return Asker(sex=sex, age=cast("float | None", age), place=place or None)

    def remarks(self, fields: Mapping[str, object]) -> tuple[str, ...]:
        value = fields.get("remarks") or []
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.error("remarks must be a list of texts")
        return tuple(value)

    def id(self, value: object, what: str) -> str:
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if not isinstance(value, str) or not value.strip():
            raise self.error(f"{what} must be a text or a whole number, not {_kind(value)}")
        return value

    def text(self, fields: Mapping[str, object], name: str, *, of: str = "case") -> str | None:
        value = fields.get(name)
        if value is not None and not isinstance(value, str):
            raise self.error(f"{name} of {of} must be a text, not {_kind(value)}")
        if value is not None:
            check_length(value, f"{name} of {of}", source=self.source, line=self.line)
        return value

    def object(self, value: object, what: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self.error(f"{what} must be an object {{...}}, not {_kind(value)}")
        return value

    def error(self, reason: str) -> UnusableInput:
        return UnusableInput(reason, source=self.source, line=self.line)


def _is_age(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return math.isfinite(value) and 0 <= value <= 130


def _kind(value: object) -> str:
    names = {dict: "an object", list: "a list", str: "an empty text", bool: "true or false"}
    return "nothing" if value is None else names.get(type(value), "a number")


def _remarks(unknown: Sequence[str], opinions: Sequence[Opinion]) -> tuple[str, ...]:
    remarks = []
    if unknown:
        names = ", ".join(dict.fromkeys(unknown))
        remarks.append(f"Milium does not know these fields and left them out: {names}.")
    if empty := [opinion.id for opinion in opinions if not opinion.text.strip()]:
        remarks.append(f"Opinion {', '.join(empty)} has no text.")
    return tuple(remarks)
