"""Which words of a text could tell who wrote it."""

from __future__ import annotations

from milium.deidentification.masking import Masked, MaskedSpan, deidentify
from milium.deidentification.rules import KINDS, Rule, load_rules


__all__ = ["KINDS", "Masked", "MaskedSpan", "Rule", "deidentify", "load_rules"]
