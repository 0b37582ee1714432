"""How much one text may be."""

from __future__ import annotations

from milium.errors import UnusableInput


# Characters of one question or one answer. The longest answer met in practice has a few thousand;
# what is longer is a book or a mistake, and is refused before time is spent on it.
MAX_TEXT = 200_000


def check_length(text: str, what: str, *, source: str | None, line: int | None = None) -> None:
    """Raise ``UnusableInput`` when the text is longer than ``MAX_TEXT``."""
    if len(text) > MAX_TEXT:
        reason = f"{what} has {len(text):,} characters; at most {MAX_TEXT:,} are read"
        raise UnusableInput(reason, source=source, line=line)
