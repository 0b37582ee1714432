"""On a cluster of two processes the results are those of one, in the same order."""

from __future__ import annotations

import gzip
import json
from itertools import islice
from pathlib import Path

from dask import bag

from milium import api
from milium.api.distributed import compare_cases, read_answers, read_questions


SOME = 60


def test_two_processes_give_what_one_gives(shared: Path) -> None:
    with gzip.open(
        shared / "panels" / "dermavqa_train.cases.jsonl.gz", "rt", encoding="utf-8"
    ) as lines:
        cases = [api.case_from_json(json.loads(line)) for line in islice(lines, SOME)]
    texts = [opinion.text for case in cases for opinion in case.opinions]
    # One start of the processes for all three.
    found = bag.concat(
        [
            read_answers(bag.from_sequence(texts, npartitions=2)),
            read_questions(bag.from_sequence([c.question for c in cases], npartitions=2)),
            compare_cases(bag.from_sequence(cases, npartitions=2)),
        ]
    ).compute(scheduler="processes", num_workers=2)

    assert found == [
        *map(api.read_answer, texts),
        *(api.read_question(case.question) for case in cases),
        *map(api.compare, cases),
    ]
