"""Countries as an asker chooses them, with the number to call in an emergency."""

from __future__ import annotations

import re
from dataclasses import dataclass

from milium.api import places


ELSEWHERE = "ZZ"
NUMBER = re.compile(r"\d[\d ]*\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Somebody to ring, in words (``Samaritans on 116 123``), and the number alone (``116123``)."""

    words: str
    number: str
    countries: str = ""


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


def emergency_lines() -> tuple[Line, ...]:
    """Every emergency number with the countries where it counts, the number of most countries first."""
    by_words: dict[str, list[str]] = {}
    for place in places().values():
        if place.emergency:
            by_words.setdefault(place.emergency, []).append(place.name)
    ordered = sorted(by_words.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(
        Line(words=words, number=words.split()[0], countries=", ".join(sorted(names)))
        for words, names in ordered
    )


def crisis_line(code: str) -> Line | None:
    """Who listens there to somebody who thinks of ending their life; None where we know nobody."""
    place = places().get(code)
    return _crisis(place.crisis) if place and place.crisis else None


def crisis_lines() -> tuple[Line, ...]:
    """Every crisis line with its countries."""
    by_words: dict[str, list[str]] = {}
    for place in places().values():
        if place.crisis:
            by_words.setdefault(place.crisis, []).append(place.name)
    return tuple(
        _crisis(words, ", ".join(sorted(names))) for words, names in sorted(by_words.items())
    )


def _crisis(words: str, countries: str = "") -> Line:
    found = NUMBER.search(words)
    number = found[0].replace(" ", "") if found else ""
    return Line(words=words, number=number, countries=countries)


def guessed_from(accept_language: str, default: str) -> str:
    """The country a browser's language points to, else ``default``.

    >>> guessed_from("en-GB,en;q=0.8", "US")
    'GB'
    """
    first = accept_language.partition(",")[0].partition(";")[0].strip()
    region = first.rpartition("-")[2].upper() if "-" in first else ""
    return region if is_known(region) else default
