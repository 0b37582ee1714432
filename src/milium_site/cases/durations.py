"""How long a complaint has lasted: a number and a unit on a form, ISO 8601 in a history. Pure."""

from __future__ import annotations

import re


UNITS: dict[str, str] = {"D": "days", "W": "weeks", "M": "months", "Y": "years"}
ISO = re.compile(r"P(?P<number>\d+(?:\.\d+)?)(?P<unit>[DWMY])")


def split(duration: str | None) -> tuple[str, str]:
    """The number and the unit's letter, both empty when the duration has another shape or is not known.

    >>> split("P2M")
    ('2', 'M')
    """
    found = ISO.fullmatch(duration or "")
    return (found["number"], found["unit"]) if found else ("", "")


def joined(number: int | None, unit: str) -> str:
    """The ISO 8601 duration, empty without a number.

    >>> joined(2, "M")
    'P2M'
    """
    return f"P{number}{unit}" if number else ""


def in_words(duration: str | None) -> str:
    """The duration as one says it, empty when not known.

    >>> in_words("P1Y")
    '1 year'
    """
    number, unit = split(duration)
    if not number:
        return ""
    word = UNITS[unit]
    return f"{number} {word.removesuffix('s') if number == '1' else word}"
