"""Predicted histories against a gold file of annotated questions: the figures the guidelines define, and the errors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from milium.reading.resampling import Counts, Figure, figure
from milium.statements import History
