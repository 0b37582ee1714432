"""One person's problem as asked, with the opinions on it."""

from __future__ import annotations

from dataclasses import dataclass, field

from milium.statements.history import Sex


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """What is known of the person beside their text; ``place`` is free text such as ``Maine``."""

    sex: Sex | None = None
    age: float | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """One specialist's answer, as signed. ``id`` is unique within its case."""

    id: str
    text: str
    specialist: str | None = None
    specialty: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A question and its opinions. ``remarks`` says how a plain page was split, for the reader of the output."""

    id: str
    title: str = ""
    question: str = ""
    asker: Asker = field(default_factory=Asker)
    opinions: tuple[Opinion, ...] = ()
    remarks: tuple[str, ...] = ()
