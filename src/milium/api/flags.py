"""The red flags of one text."""

from __future__ import annotations

from milium.statements import Intake, Triage
from milium.triage import triage as _triage


def triage(text: str, *, intake: Intake | None = None, country: str | None = None) -> Triage:
    """The red flags of one text and of the intake's answers; ``country`` decides the emergency number named."""
    return _triage(text, intake=intake, country=country)
