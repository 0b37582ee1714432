"""The words and shapes in which the command line shows readings: one table for every format."""

from __future__ import annotations

import sys
from collections.abc import Sequence


SHAPES = {
    "recommended": "●",
    "option": "○",
    "avoid": "✕",
    "unneeded": "✕",
    "conditional": "◐",
    "likely": "●",
    "possible": "○",
    "unlikely": "✕",
}
ASCII_SHAPES = {
    "●": "*",
    "○": "o",
    "✕": "x",
    "◐": "~",
    "“": '"',
    "”": '"',
    "…": "...",
    "–": "-",
    "·": "-",
    "✓": "+",
}
STANCES = {
    "recommended": "recommended",
    "option": "option",
    "avoid": "avoid",
    "unneeded": "not needed",
    "conditional": "if needed",
    "likely": "likely",
    "possible": "possible",
    "unlikely": "unlikely",
}
KINDS = {
    "diagnosis": "What it may be",
    "test": "Tests",
    "referral": "Whom to see",
    "treatment": "Treatments",
    "outlook": "What to expect",
}
ROUTES = {
    "topical": "on the skin",
    "oral": "by mouth",
    "injected": "by injection",
    "intralesional": "injected into the spot",
}
RESPONSES = {
    "none": "no result",
    "partial": "little or partial result",
    "good": "good result",
    "worse": "it got worse",
    "unknown": "result not told",
}
ASKS = {
    "what_is_it": "what it is",
    "what_can_i_do": "what can be done",
    "is_it_serious": "whether it is serious",
    "is_it_contagious": "whether it is catching",
    "is_this_treatment_right": "whether the treatment is right",
    "other": "something else",
}
URGENCIES = {
    "emergency": "emergency, now",
    "same_day": "the same day",
    "within_2_weeks": "within 2 weeks",
    "routine": "routine",
}
NOTES_HINT = "Sourced facts, apart from what the specialists said."
QUESTIONS_HINT = "Put together by Milium from the above."
CLOSING = (
    "Milium sorts what specialists wrote. It makes no diagnosis, and what it shows is no "
    "substitute for being seen. Not mentioned means that nothing was said, not no."
)


def stance(value: str | None) -> str:
    """A stance with its shape: ``● recommended``; nothing for a statement without one."""
    return f"{SHAPES[value]} {STANCES[value]}" if value else ""


def shown(text: str) -> str:
    """Somebody's words on one line; what a terminal would obey rather than show is left out."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def quoted(text: str) -> str:
    """The words on one line, in quotation marks."""
    return f"“{shown(text)}”"


def joined(names: Sequence[str]) -> str:
    """``A``, ``A and B``, ``A, B and C``."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def plain(text: str) -> str:
    """The text in ASCII where standard output can show no more."""
    try:
        "●✕“…".encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return "".join(ASCII_SHAPES.get(character, character) for character in text)
    return text


def duration(iso: str) -> str:
    """An ISO 8601 duration in words: ``P2M`` is ``2 months``."""
    units = {"Y": "year", "M": "month", "W": "week", "D": "day", "H": "hour"}
    number, unit = iso.lstrip("PT")[:-1], iso[-1]
    if not number.replace(".", "").isdigit() or unit not in units:
        return iso
    return f"{number} {units[unit]}{'' if number == '1' else 's'}"


def others(number: int) -> str:
    """``the other one``, ``the 5 others``."""
    return "the other one" if number == 1 else f"the {number} others"


def counted(number: int, noun: str) -> str:
    """``1 answer``, ``5 answers``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
