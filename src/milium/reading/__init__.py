"""An answer read into statements."""

from __future__ import annotations

from milium.reading.answers import AnswerReader


__all__ = ["AnswerReader"]
