from __future__ import annotations

from pathlib import Path

import pytest

from milium.errors import BadData
from milium.vocabulary import load_vocabulary


HEADER = "id,name,form,is_a,clinical,lay,brands,misspellings,lookup_only,codes,source\n"
GOOD = "condition:acne,acne,disease,,,,,,,ICD10CM:L70.9 bucket,milium\n"


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("disease.csv", HEADER + GOOD, "named after its kind"),
        ("condition.csv", "id,name\n" + GOOD, "the first line must be"),
        ("condition.csv", HEADER + "condition:acne,acne\n", "cells"),
        ("condition.csv", HEADER + GOOD.replace("condition:", "site:"), "needs an id condition:"),
        ("condition.csv", HEADER + GOOD.replace(",acne,", ",,"), "and a name"),
        ("condition.csv", HEADER + GOOD.replace(",milium", ","), "names no source"),
        ("condition.csv", HEADER + GOOD.replace("ICD10CM:", ""), "is no code"),
        ("condition.csv", HEADER + GOOD + GOOD, "stands twice"),
        ("condition.csv", HEADER + GOOD.replace("disease,", "disease,condition:x"), "is unknown"),
        (
            "condition.csv",
            HEADER + GOOD.replace("disease,", "disease,condition:acne"),
            "leads back to itself",
        ),
    ],
    ids=lambda value: value if len(value) < 30 else "",
)
def test_a_data_file_that_breaks_the_schema_is_refused_in_one_line(
    tmp_path: Path, name: str, text: str, says: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")

    with pytest.raises(BadData, match=says) as refusal:
        load_vocabulary(tmp_path)

    assert "\n" not in str(refusal.value)


def test_a_data_file_that_keeps_the_schema_is_read(tmp_path: Path) -> None:
    (tmp_path / "condition.csv").write_text(HEADER + GOOD, encoding="utf-8")

    (concept,) = load_vocabulary(tmp_path)

    assert (concept.name, concept.codes[0].value, concept.codes[0].match) == (
        "acne",
        "L70.9",
        "bucket",
    )
