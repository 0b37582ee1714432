"""What was published on a treatment of a condition, as pages show it. Counts and quotes of reports, no judgement. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from milium.api import Report, evidence_for, vocabulary


MOST_NAMED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The reports, with one line that sums them up."""

    condition: str
    reports: tuple[Report, ...]
    summary: str

    @property
    def heading(self) -> str:
        """How many there are: ``6 published reports``."""
        return f"{len(self.reports)} published report{'' if len(self.reports) == 1 else 's'}"

    @property
    def reviewed(self) -> str:
        """The day on which the one looked at longest ago was looked at, as an ISO date."""
        return min(report.reviewed for report in self.reports)


def published(
    condition: str, treatment: str | None = None, *, told_below: Collection[str] = ()
) -> Published | None:
    """What is known of the condition, or of a treatment of it; None where nothing is.

    Reports on a treatment in ``told_below`` are left to its own row.
    """
    found = [
        report
        for report in evidence_for(condition, treatment)
        if treatment is None or _own(report, treatment, told_below)
    ]
    if not found:
        return None
    return Published(
        condition=_name(condition),
        reports=tuple(found),
        summary=_treatments(found) if treatment is None else _results(found),
    )


def _own(report: Report, treatment: str, told_below: Collection[str]) -> bool:
    return treatment in report.treatments or not set(report.treatments) & set(told_below)


def _treatments(reports: Iterable[Report]) -> str:
    """How many reports each treatment has, what is suspected as a cause left out: ``tretinoin 3, cryotherapy 1``."""
    counts = Counter(_name(id_) for r in reports if not r.harm for id_ in r.treatments)
    named = [f"{name} {number}" for name, number in counts.most_common(MOST_NAMED)]
    return ", ".join([*named, "others"] if len(counts) > MOST_NAMED else named)


def _results(reports: Collection[Report]) -> str:
    """What was done and came of it where there is one report; the number of people where all say theirs."""
    if len(reports) == 1:
        only = next(iter(reports))
        return ": ".join(filter(None, (only.treatment, only.outcome.rstrip("."))))
    people = [report.patients for report in reports]
    known = sum(number for number in people if number)
    return f"{known} people in all" if all(people) else ""


def _name(id_: str) -> str:
    return vocabulary().concept(id_).name
