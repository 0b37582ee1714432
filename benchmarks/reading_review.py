"""What the author of an answer has to put right on the review page, and how long reviewing and signing takes them.

Corrections are the scorer's errors: a point too many is one tick taken away, a wrong stance one choice, a missed point one
added. The time is modelled, not measured: reading at 240 words a minute every name and quote that the page shows, and the
keystroke-level model (Card, Moran and Newell, 1980, doi:10.1145/358886.358895) for every press after it, in seconds.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from benchmarks import texts
from benchmarks.scoring import keys_of
from milium import api


WORDS_A_SECOND = 240 / 60
POINT, PRESS, KEY, THINK, HOME = 1.1, 0.2, 0.28, 1.35, 0.4
CLICK = POINT + PRESS
REMOVE = THINK + CLICK
CHANGE = THINK + 2 * CLICK
# Mark the words (two points and two presses), go to the box, type the name, choose what they say, add.
ADD = THINK + 2 * CLICK + CLICK + HOME + HOME + 2 * CLICK + CLICK
SIGN = THINK + CLICK
MOST_CORRECTIONS, MOST_SECONDS = 2, 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What one answer asks of its author; ``typed`` is how many characters the names of missed points have."""

    extra: int
    missed: int
    stances: int
    words: int
    typed: int

    @property
    def corrections(self) -> int:
        return self.extra + self.missed + self.stances

    @property
    def seconds(self) -> float:
        corrected = self.extra * REMOVE + self.stances * CHANGE + self.missed * ADD
        return self.words / WORDS_A_SECOND + corrected + self.typed * KEY + SIGN


@dataclass(frozen=True, slots=True, kw_only=True)
class Errors:
    """What the reader got wrong in one answer: points too many, points with another stance (and the right one), points missed."""

    read: list[api.Statement]
    extra: list[api.Statement]
    stances: list[tuple[api.Statement, str]]
    missed: list[dict[str, Any]]


def errors_of(answer: dict[str, Any]) -> Errors:
    """The scorer's errors, as the review page meets them."""
    read = {(s.kind, s.concept.id): s for s in api.read_answer(answer["text"])}
    left, stances, missed = dict(read), [], []
    for wanted in answer["statements"]:
        found = next((left.pop(key) for key in keys_of(wanted) if key in left), None)
        accepted = {wanted.get("stance"), *wanted.get("stance_also", [])}
        if found is None and not wanted.get("optional"):
            missed.append(wanted)
        elif found and wanted["kind"] != "outlook" and found.stance not in accepted:
            stances.append((found, str(wanted["stance"])))
    return Errors(
        read=list(read.values()), extra=list(left.values()), stances=stances, missed=missed
    )


def work_of(answer: dict[str, Any]) -> Work:
    errors = errors_of(answer)
    return Work(
        extra=len(errors.extra),
        missed=len(errors.missed),
        stances=len(errors.stances),
        words=sum(len(s.concept.name.split()) + len(s.quote.text.split()) for s in errors.read),
        typed=sum(len(wanted["concept"]) for wanted in errors.missed),
    )


def main() -> None:
    file = texts.GOLD if texts.GOLD.exists() else texts.OWN_GOLD
    works = [work_of(answer) for answer in texts.gold(file)]
    print(f"{len(works)} answers of {file.name}\n")
    _row("corrections an answer", (w.corrections for w in works), MOST_CORRECTIONS)
    _row("seconds until signed (model)", (w.seconds for w in works), MOST_SECONDS)
    for name in ("extra", "missed", "stances"):
        print(f"  {name:<10} {sum(getattr(w, name) for w in works) / len(works):.2f} an answer")


def _row(name: str, values: Iterable[float], most: float) -> None:
    found = sorted(values)
    within = sum(value <= most for value in found) / len(found)
    median, ninth = statistics.median(found), found[int(len(found) * 0.9)]
    print(
        f"  {name:<30} median {median:.1f} (at most {most} asked for), 9 of 10 within {ninth:.1f}; "
        f"{within:.0%} within {most}"
    )


if __name__ == "__main__":
    main()
