"""Milium reads specialists' answers to a skin question and lays them side by side, every cell tied to its words.

The public functions are in ``milium.api``, the exceptions in ``milium.errors``.
"""

from __future__ import annotations


__version__ = "0.1.0"
