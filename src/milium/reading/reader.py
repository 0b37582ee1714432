"""What every reader of answers offers, and the one Milium carries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import milium
from milium.statements import Reading, Statement


class Reader(Protocol):
    """Reads one specialist's answer. ``name`` and ``version`` go into every reading, so that it can be told apart."""

    @property
    def name(self) -> str:
        """Which reader this is."""

    @property
    def version(self) -> str:
        """Changes whenever the same text may be read differently."""

    def read(self, text: str) -> Reading:
        """What ``text`` says. Any text is readable; every quote is an exact span of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltInReader:
    """The reader that needs nothing but Milium's own terms and rules: ``read_answer`` turns a text into statements."""

    read_answer: Callable[[str], tuple[Statement, ...]]
    name: str = "built-in"
    version: str = milium.__version__

    def read(self, text: str) -> Reading:
        """What ``text`` says."""
        return Reading(
            statements=self.read_answer(text),
            reader=self.name,
            version=self.version,
        )
