"""Several readings of one case become one comparison."""

from __future__ import annotations

from milium.comparison.compare import compare_readings
from milium.comparison.summary import count_sentences


__all__ = ["compare_readings", "count_sentences"]
