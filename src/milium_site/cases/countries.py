"""Countries as an asker chooses them, with the number to call in an emergency."""

from __future__ import annotations

from milium.api import places


ELSEWHERE = "ZZ"


def choices() -> list[tuple[str, str]]:
    """The countries by name, then the one that is not listed."""
    known = sorted((place.name, code) for code, place in places().items())
    return [*((code, name) for name, code in known), (ELSEWHERE, "Another country")]


def is_known(code: str) -> bool:
    """Whether it is the ISO 3166 code of a country that is listed."""
    return code in places()


def emergency_number(code: str) -> str:
    """The number to call there, the first where there are two; empty when none is known.

    >>> emergency_number("GB")
    '999'
    """
    place = places().get(code)
    return place.emergency.split()[0] if place and place.emergency else ""


def guessed_from(accept_language: str, default: str) -> str:
    """The country a browser's language points to, else ``default``.

    >>> guessed_from("en-GB,en;q=0.8", "US")
    'GB'
    """
    first = accept_language.partition(",")[0].partition(";")[0].strip()
    region = first.rpartition("-")[2].upper() if "-" in first else ""
    return region if is_known(region) else default
