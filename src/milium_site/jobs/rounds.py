"""A row of the table of periodic work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Every:
    """``does`` is the path of a function without arguments; whatever it does, doing it twice is doing it once."""

    name: str
    every: timedelta
    does: str
