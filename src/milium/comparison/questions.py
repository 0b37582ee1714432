"""Questions for the person to ask at the next visit: Milium's own, put together from the comparison by templates."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from milium.comparison.differences import holders
from milium.statements import Case, Comparison, Difference, Opinion, Row


_DATA = Path(__file__).with_name("data") / "questions.json"
# More things than this in one question, and it can no longer be read out; more specialists, and they are counted.
_LONGEST = 6
_MOST_NAMES = 3


def questions_to_ask(case: Case, comparison: Comparison) -> tuple[str, ...]:
    """The questions, what bears on safety first; none is made up of anything that no specialist wrote."""
    return tuple(dict.fromkeys(_Asking(case, comparison).all()))


def name_of(opinion: Opinion) -> str:
    """How an opinion is spoken of: its specialist's name where there is one."""
    return opinion.specialist or f"Specialist {opinion.id}"


def joined(names: Sequence[str]) -> str:
    """``A``, ``A and B``, ``A, B and C``."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(_DATA.read_text(encoding="utf-8"))
    return data


class _Asking:
    """One comparison, asked about."""

    def __init__(self, case: Case, comparison: Comparison) -> None:
        self.comparison = comparison
        self.names: Mapping[str, str] = {o.id: name_of(o) for o in case.opinions}
        self.rows = {
            (row.kind, row.concept.id): row
            for part in ("diagnoses", "do_first", "options", "avoid")
            for row in getattr(comparison, part)
        }

    def all(self) -> Iterator[str]:
        yield from self.tests()
        yield from self.conflicts()
        yield from self.referrals()
        yield from self.diagnoses()
        yield from self.tried()
        yield from self.treatments()
        yield from self.withdrawn()
        if any(row.concept.id == "outlook:may-recur" for row in self.comparison.outlook):
            yield _fill("may_recur")

    def tests(self) -> Iterator[str]:
        for row in self.comparison.do_first:
            holding = holders(row, against=False)
            silent = [name for name in self.names if name not in {p.opinion for p in row.positions}]
            if row.kind == "test" and not holders(row, against=True):
                yield _fill(
                    "test" if silent else "test_all",
                    names=self.named(holding),
                    others=self.named(silent),
                    concept=row.concept.name,
                    purpose=_purpose(row),
                )

    def conflicts(self) -> Iterator[str]:
        for difference in self.comparison.differences:
            row = self.rows.get((difference.kind, difference.concept.id))
            if difference.reason in ("stance", "class") and row:
                yield self.conflict(difference, row)

    def conflict(self, difference: Difference, row: Row) -> str:
        holding = holders(row, against=False)
        others = [name for name in difference.opinions if name not in holding]
        template = "class" if difference.reason == "class" else f"opposed_{row.kind}"
        return _fill(
            template, names=self.named(holding), others=self.named(others), concept=row.concept.name
        )

    def referrals(self) -> Iterator[str]:
        parted = [d for d in self.comparison.differences if d.reason == "referral"]
        if len(parted) > 1:
            yield _fill("referral", list=self.listed(parted))

    def diagnoses(self) -> Iterator[str]:
        likely = [
            row
            for row in self.comparison.diagnoses
            if any(p.stance == "likely" for p in row.positions)
        ]
        parted = [row for row in likely if len(row.positions) < len(self.names)]
        if len(parted) > 1 and len({holders(row, against=False) for row in parted}) > 1:
            yield _fill("diagnoses", list=self.listed(parted))

    def tried(self) -> Iterator[str]:
        for tried in self.comparison.history.tried:
            beside = [
                row.concept.name
                for row in self.comparison.options
                if row.tried == tried and row.concept.id != tried.concept.id
            ]
            if beside:
                response = _data()["responses"][tried.response]
                yield _fill(
                    "tried", concept=tried.concept.name, response=response, list=joined(beside)
                )

    def treatments(self) -> Iterator[str]:
        options = self.comparison.options
        shared = [row for row in options if len(holders(row, against=False)) == len(self.names)]
        if shared and len(self.names) > 1:
            everyone = "Both" if len(self.names) == 2 else f"All {len(self.names)}"
            yield _fill("shared", all=everyone, list=joined([row.concept.name for row in shared]))
        single = [row for row in options if len(row.positions) < len(self.names)]
        if 0 < len(single) <= _LONGEST:
            yield _fill("single", list=self.listed(single))

    def withdrawn(self) -> Iterator[str]:
        kinds = {note.id: note.kind for note in self.comparison.notes}
        for row in self.comparison.options:
            if any(kinds.get(note) == "withdrawn" for note in row.notes):
                holding = holders(row, against=False)
                yield _fill("withdrawn", names=self.named(holding), concept=row.concept.name)

    def named(self, opinions: Sequence[str]) -> str:
        if len(opinions) > _MOST_NAMES:
            return f"{len(opinions)} of them"
        return joined([self.names[opinion] for opinion in opinions])

    def listed(self, items: Sequence[Row | Difference]) -> str:
        return joined([f"{item.concept.name} ({self.named(_who(item))})" for item in items])


def _who(item: Row | Difference) -> Sequence[str]:
    return item.opinions if isinstance(item, Difference) else holders(item, against=False)


def _purpose(row: Row) -> str:
    for position in row.positions:
        if position.purpose:
            return f" (“{' '.join(position.purpose.text.split())}”)"
    return ""


def _fill(template: str, **values: str) -> str:
    text: str = _data()["templates"][template]
    return text.format(**values)
