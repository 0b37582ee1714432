"""The words a statement was read from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """An exact span: ``source[start:end] == text``, offsets being Python string indices.

    Raises ``ValueError`` when empty or when the offsets do not span the text's length.
    """

    text: str
    start: int
    end: int

    def __post_init__(self) -> None:
        if not self.text or self.start < 0 or self.end - self.start != len(self.text):
            raise ValueError(f"not a span: {self.text!r} at {self.start}..{self.end}")

    @classmethod
    def of(cls, source: str, start: int, end: int) -> Quote:
        """The span ``source[start:end]``."""
        return cls(text=source[start:end], start=start, end=end)
