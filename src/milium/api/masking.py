"""Masking what could tell who wrote a text."""

from __future__ import annotations

from milium.api.terms import vocabulary
from milium.deidentification import Masked
from milium.deidentification import deidentify as _deidentify


def deidentify(text: str) -> Masked:
    """The text with what could tell who wrote it masked, and the spans that went. What is uncertain is masked.

    >>> deidentify("My son Tom, 7, was seen on 3 May 2021.").text
    'My son [name], 7, was seen on [date, 2021].'
    """
    return _deidentify(text, vocabulary())
