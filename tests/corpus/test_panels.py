"""Real panels through the comparison: nothing breaks, and every word shown is its specialist's own."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from milium import api


PARTS = ("diagnoses", "do_first", "options", "avoid", "outlook")


@pytest.fixture(scope="module")
def cases(shared: Path) -> tuple[api.Case, ...]:
    with gzip.open(
        shared / "panels" / "dermavqa_train.cases.jsonl.gz", "rt", encoding="utf-8"
    ) as lines:
        return tuple(api.case_from_json(json.loads(line)) for line in lines)


def test_every_panel_is_compared_and_every_quote_is_exact(cases: tuple[api.Case, ...]) -> None:
    positions = 0
    for case in cases:
        texts = {opinion.id: opinion.text for opinion in case.opinions}
        comparison = api.compare(case)
        json.dumps(api.to_dict(comparison), allow_nan=False)
        for row in (row for part in PARTS for row in getattr(comparison, part)):
            assert row.positions, (case.id, row.concept)
            for position in row.positions:
                positions += 1
                for quote in filter(None, (position.quote, position.purpose)):
                    assert quote.text.strip(), (case.id, row.concept)
                    said = texts[position.opinion][quote.start : quote.end]
                    assert said == quote.text, (case.id, row.concept)

    assert len(cases) == 842
    assert positions > len(cases)


def test_no_opinion_stands_twice_on_a_row_and_no_row_stands_twice(
    cases: tuple[api.Case, ...],
) -> None:
    for case in cases:
        comparison = api.compare(case)
        for part in PARTS:
            rows = getattr(comparison, part)
            ids = [(row.kind, row.concept.id) for row in rows]
            assert len(ids) == len(set(ids)), case.id
            for row in rows:
                named = [position.opinion for position in row.positions]
                assert len(named) == len(set(named)), (case.id, row.concept)


def test_agreement_lies_between_none_and_all(cases: tuple[api.Case, ...]) -> None:
    for case in cases:
        comparison = api.compare(case)
        for figure in (comparison.agreement_diagnosis, comparison.agreement_treatment):
            assert figure is None or (0 <= figure <= 1 and len(case.opinions) > 1), case.id
