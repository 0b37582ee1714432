"""A fired triage rule, and the triage of one text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from milium.statements.note import Source
from milium.statements.quote import Quote


Urgency = Literal["emergency", "same_day", "within_2_weeks", "routine"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RedFlag:
    """One rule that fired: which, in which version, on which words, and where to go now.

    ``quote`` is None when the rule stands on ticked answers of the intake form alone.
    """

    rule: str
    version: int
    urgency: Urgency
    quote: Quote | None
    advice: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Triage:
    """The most urgent level of the flags (``routine`` when none fired), and the flags, most urgent first."""

    urgency: Urgency
    flags: tuple[RedFlag, ...] = ()
