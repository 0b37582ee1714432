"""Texts without the characters that no page, feed or database can hold. Pure."""

from __future__ import annotations

import re


# What XML 1.0 leaves out (https://www.w3.org/TR/xml/#charsets).
ILLEGIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def legible(text: str) -> str:
    """The text with a space for each such character: everything else stays where it was."""
    return ILLEGIBLE.sub(" ", text)
