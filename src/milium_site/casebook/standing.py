"""Where a case stands, in one line, and what is next. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


# No answer after this long is too long: the page says where else to go.
TOO_LONG = timedelta(days=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What deciding needs. ``usual`` is the measured wait of half of the ``measured`` cases before, where there are enough."""

    state: str
    opened_at: datetime | None
    panel: int
    answers: int
    questions: int = 0
    follow_up: bool = False
    usual: timedelta | None = None
    measured: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """``line`` says where the case is, ``next`` what happens or what to do, ``late`` that it takes too long."""

    line: str
    next: str
    late: bool = False


def standing(facts: Facts, now: datetime) -> Standing:
    """The first line of the case page."""
    fixed = FIXED.get(facts.state)
    if fixed:
        return fixed
    late = is_late(facts, now)
    return Standing(line=_line(facts), next=_next(facts, late=late), late=late)


def is_late(facts: Facts, now: datetime) -> bool:
    """Whether an open case waits for its first answer for too long."""
    waits = facts.state == "open" and facts.answers == 0 and facts.opened_at is not None
    return waits and now - facts.opened_at > TOO_LONG  # type: ignore[operator] # it has a time where it waits


FIXED = {
    "submitted": Standing(line="Your case was sent.", next="It is on its way to its panel."),
    "screening": Standing(
        line="A moderator reads your case first.",
        next="They make sure that it is safe to show, and that nobody can be known by it. Then the panel gets it. There is nothing for you to do.",
    ),
    "held": Standing(
        line="A moderator is looking at your case.",
        next="Until they are done, the panel cannot see it. There is nothing for you to do.",
    ),
    "returned": Standing(
        line="A moderator sent your case back to you.",
        next="Change what they ask for below, then send it again. The panel has not seen it.",
    ),
    "removed": Standing(
        line="A moderator took your case down.",
        next="The panel can no longer see it. You can still read it, download it and erase it here.",
    ),
}


def _line(facts: Facts) -> str:
    if facts.state == "closed":
        return "Your case is closed."
    if facts.state == "answered":
        return "Everybody on the panel has answered."
    if facts.answers:
        has = "has" if facts.answers == 1 else "have"
        return f"{facts.answers} of {facts.panel} specialists {has} answered."
    if facts.panel:
        return f"Your case is with {facts.panel} specialist{'' if facts.panel == 1 else 's'}."
    return "Your case is open. No specialist is free yet."


def _next(facts: Facts, *, late: bool) -> str:
    if facts.questions:
        which = "A question waits" if facts.questions == 1 else f"{facts.questions} questions wait"
        return f"{which} for your answer."
    if facts.follow_up:
        return "We would like to know how it went: it takes a minute."
    if facts.state in {"answered", "closed"}:
        return "Read below what they say, what to do first, and where they differ."
    if facts.answers:
        return "Others may still write. You can read what is there now."
    if late:
        return "No answer has come yet, and this takes too long."
    return _expectation(facts)


def _expectation(facts: Facts) -> str:
    if facts.usual is None:
        return "Too few cases were answered here before to say how long it takes. Come back with your link, or let us tell you."
    return (
        f"For half of the last {facts.measured} cases, the first answer came within "
        f"{in_words(facts.usual)}."
    )


def in_words(wait: timedelta) -> str:
    """A wait rounded up to what people say: ``40 minutes``, ``5 hours``, ``2 days``.

    >>> in_words(timedelta(hours=30))
    '30 hours'
    """
    minutes = max(1, -(-int(wait.total_seconds()) // 60))
    for size, most, name in ((1, 90, "minute"), (60, 48 * 60, "hour"), (24 * 60, None, "day")):
        if most is None or minutes <= most:
            count = -(-minutes // size)
            return f"{count} {name}{'' if count == 1 else 's'}"
    raise AssertionError("a day has no most")
