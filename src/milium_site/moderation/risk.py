"""What makes a waiting case one to look at first: rules over what is known of it. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


ADULT = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the rules look at. ``knowable`` and ``intimate`` are what was said of each photo."""

    personal: int
    urgency: str
    age: int | None
    for_child: bool
    knowable: tuple[str, ...] = ()
    intimate: tuple[str, ...] = ()
    removed_before: bool = False

    @property
    def minor(self) -> bool:
        """Whether the person is, or may be, under 18."""
        return self.for_child or (self.age is not None and self.age < ADULT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A rule that fired: what a moderator is told, and how much it weighs."""

    id: str
    weight: int
    says: str


MARKS = {
    mark.id: mark
    for mark in (
        Mark(id="minor-intimate", weight=20, says="An intimate photo of somebody who may be under 18"),
        Mark(id="urgent", weight=8, says="A red flag: it should not wait"),
        Mark(id="removed-before", weight=6, says="The same words were removed before"),
        Mark(id="face", weight=5, says="A photo may show who it is"),
        Mark(id="intimate", weight=4, says="An intimate photo"),
        Mark(id="personal", weight=4, says="The words may tell who somebody is"),
        Mark(id="minor", weight=3, says="About somebody under 18"),
    )
}  # fmt: skip


def marks(seen: Seen) -> tuple[Mark, ...]:
    """The rules that fire, the gravest first."""
    return tuple(sorted((MARKS[id_] for id_ in _fired(seen)), key=lambda m: -m.weight))


def _fired(seen: Seen) -> Iterator[str]:
    intimate = any(said != "no" for said in seen.intimate)
    if intimate:
        yield "minor-intimate" if seen.minor or seen.age is None else "intimate"
    if seen.urgency in {"emergency", "same_day"}:
        yield "urgent"
    if seen.removed_before:
        yield "removed-before"
    if any(said != "no" for said in seen.knowable):
        yield "face"
    if seen.personal:
        yield "personal"
    if seen.minor:
        yield "minor"
