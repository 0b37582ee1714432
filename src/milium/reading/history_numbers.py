"""Numbers as askers write them: in figures or in words."""

from __future__ import annotations

import re


_SMALL = {
    word: number
    for number, words in enumerate(
        "zero,one a an,two,three,four,five,six,seven,eight,nine,ten,eleven,twelve,thirteen,fourteen,fifteen,"
        "sixteen,seventeen,eighteen,nineteen".split(",")
    )
    for word in words.split()
} | {"couple": 2, "dozen": 12, "decade": 10}
_TENS = {
    word: 10 * number
    for number, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
_ONES = "one|two|three|four|five|six|seven|eight|nine"

# A pattern for one number; ``value_of`` reads what it matches.
NUMBER = (
    rf"(?:\d{{1,3}}(?:\.\d)?|(?:{'|'.join(_TENS)})(?:[\s-](?:{_ONES}))?"
    rf"|(?:an?\s+)?couple\b|(?:{'|'.join(sorted(_SMALL, key=len, reverse=True))})\b)"
)


def value_of(number: str) -> float:
    """The value of a number that ``NUMBER`` matches, whatever its case.

    >>> value_of("seventy-two"), value_of("1.5"), value_of("a")
    (72.0, 1.5, 1.0)
    """
    lower = number.lower()
    if lower[0].isdigit():
        return float(lower)
    lower = re.sub(r"^an?\s+", "", lower)
    if lower in _SMALL:
        return float(_SMALL[lower])
    tens, _, ones = lower.replace("-", " ").partition(" ")
    return float(_TENS[tens] + _SMALL.get(ones.strip(), 0))
