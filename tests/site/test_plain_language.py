"""Every sentence of the product itself can be read by somebody who left school after the eighth grade."""

from __future__ import annotations

import pytest
from tests import plain


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("the", 1), ("read", 1), ("places", 2), ("apple", 2), ("waited", 2), ("treatment", 2), ("answered", 2),
        ("opinion", 3), ("biopsy", 3), ("medicine", 3), ("emergency", 4), ("dermatologist", 5), ("walk-in", 2),
    ],
)  # fmt: skip
def test_syllables_are_counted_as_they_are_said(word: str, count: int) -> None:
    assert plain.syllables(word) == count


def test_the_grade_is_that_of_the_published_example() -> None:
    example = "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."

    assert plain.grade(example) == pytest.approx(11.3, abs=0.5)


def test_a_hard_sentence_is_found() -> None:
    assert plain.grade("Dermatological evaluation necessitates comprehensive documentation.") > 20


def test_the_sentences_are_really_collected() -> None:
    places = {where.split("/")[0] for where, _ in plain.of_templates()}

    assert {"cases", "opinions", "foundation", "people", "consents"} <= places
    assert any("Tell us what is going on" in s for _, s in plain.of_code())


@pytest.mark.parametrize(
    "collect", [plain.of_templates, plain.of_code, plain.of_questions, plain.of_knowledge]
)
def test_no_sentence_is_above_the_eighth_grade(collect: plain.Collector) -> None:
    hard = [
        f"{where}: grade {plain.grade(sentence):.1f}: {sentence}"
        for where, sentence in collect()
        if plain.grade(sentence) > plain.GRADE
    ]

    assert hard == [], "write it in shorter words or two sentences:\n" + "\n".join(hard)
