"""Published cases and series, by condition and treatment."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from milium.notes.entries import Entry, load_entries
from milium.notes.safety import known_concepts
from milium.statements import Source
from milium.vocabulary import Vocabulary


DATA = Path(__file__).with_name("data") / "evidence"
DESIGNS = ("case_report", "case_series", "cohort", "trial", "review", "expert_opinion")
READ = ("full_text", "excerpt", "reference_only", "cited_in_chapter")
_REQUIRED = ("id", "condition", "design", "outcome", "read", "verified", "reviewed", "sources")
_OPTIONAL = (
    *("treatments", "treatment", "authors", "year", "journal", "patients", "patient", "site"),
    *("follow_up", "pmid", "doi", "pmcid", "harm", "remark"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One published report. ``treatments`` are concept ids, ``treatment`` says it in words; ``patients`` is a number.

    ``read`` tells how much of it was read for this entry; ``harm`` marks a treatment as the suspected cause.
    """

    id: str
    condition: str
    treatments: tuple[str, ...]
    treatment: str | None
    authors: str | None
    year: int | None
    journal: str | None
    design: str
    patients: int | None
    patient: str | None
    site: str | None
    outcome: str
    follow_up: str | None
    read: str
    verified: bool
    reviewed: str
    harm: bool
    remark: str | None
    identifiers: tuple[tuple[str, str], ...]
    sources: tuple[Source, ...]


def load_reports(known: Container[str], folder: Path = DATA) -> tuple[Report, ...]:
    """Every report of the folder's files. Raises ``BadData`` naming file, entry and reason."""
    reports: dict[str, Report] = {}
    for path in sorted(folder.glob("*.json")):
        for entry in load_entries(path, "reports"):
            if entry.id in reports:
                raise entry.refuse("another file has an entry with this id")
            reports[entry.id] = _report(entry, known)
    return tuple(reports.values())


def _report(entry: Entry, known: Container[str]) -> Report:
    entry.closed(_REQUIRED, _OPTIONAL)
    condition = entry.text("condition")
    if condition not in known:
        raise entry.refuse(f"condition {condition!r} is no concept of the vocabulary")
    marks = ("pmid", "doi", "pmcid")
    return Report(
        id=entry.id,
        condition=condition,
        treatments=known_concepts(entry, "treatments", known),
        treatment=entry.maybe("treatment"),
        authors=entry.maybe("authors"),
        year=_whole(entry, "year"),
        journal=entry.maybe("journal"),
        design=entry.choice("design", DESIGNS),
        patients=_whole(entry, "patients"),
        patient=entry.maybe("patient"),
        site=entry.maybe("site"),
        outcome=entry.text("outcome"),
        follow_up=entry.maybe("follow_up"),
        read=entry.choice("read", READ),
        verified=entry.flag("verified"),
        reviewed=entry.day("reviewed"),
        harm=entry.flag("harm"),
        remark=entry.maybe("remark"),
        identifiers=tuple((m, entry.text(m)) for m in marks if m in entry.fields),
        sources=entry.sources(),
    )


def _whole(entry: Entry, name: str) -> int | None:
    return None if entry.fields.get(name) is None else entry.number(name, at_least=1)


@lru_cache(maxsize=4)
def reports(known: Container[str]) -> tuple[Report, ...]:
    """The reports Milium carries, loaded once for a vocabulary."""
    return load_reports(known)


def evidence_for(
    condition: str, treatment: str | None, among: tuple[Report, ...], vocabulary: Vocabulary
) -> tuple[Report, ...]:
    """Reports on a condition, and on a treatment or a member of its class where one is given; newest first.

    Reports whose year is not known come last. An unknown id finds nothing.
    """
    found = [r for r in among if r.condition == condition and _tells_of(r, treatment, vocabulary)]
    return tuple(sorted(found, key=lambda report: -(report.year or 0)))


def _tells_of(report: Report, treatment: str | None, vocabulary: Vocabulary) -> bool:
    if treatment is None:
        return True
    return any(id_ == treatment or vocabulary.is_a(id_, treatment) for id_ in report.treatments)
