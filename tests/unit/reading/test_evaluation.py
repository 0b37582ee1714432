"""The figures, on readings small enough to count by hand."""

from __future__ import annotations

import pytest

from milium import api


TEXT = "It is psoriasis. Use tretinoin. It is harmless."


def gold(**changes: object) -> api.GoldAnswer:
    statements = [
        {
            "kind": "diagnosis",
            "concept": "psoriasis",
            "stance": "likely",
            "quote": "It is psoriasis",
        },
        {
            "kind": "treatment",
            "concept": "retinoic acid",
            "stance": "option",
            "quote": "tretinoin",
            **changes,
        },
        {"kind": "test", "concept": "skin biopsy", "stance": "recommended", "quote": "x"},
    ]
    return api.gold_answer({"id": "1", "text": TEXT, "statements": statements})


def scored(answer: api.GoldAnswer) -> api.Evaluation:
    return api.score_answers([answer], {"1": api.read_answer(TEXT)})


def test_concepts_are_compared_after_synonyms_are_folded() -> None:
    concept = scored(gold()).concept
    assert (concept.right, concept.extra, concept.missed) == (2, 1, 1)
    assert concept.precision == pytest.approx(2 / 3)


def test_a_wrong_stance_counts_as_extra_and_missed() -> None:
    stance = scored(gold()).stance
    assert (stance.right, stance.extra, stance.missed) == (1, 2, 2)


def test_another_accepted_stance_is_right() -> None:
    assert scored(gold(stance_also=["recommended"])).stance.right == 2


def test_an_optional_statement_that_is_missed_costs_nothing() -> None:
    answer = gold(concept="isotretinoin", optional=True)
    assert scored(answer).concept.missed == 1


def test_every_disagreement_is_listed_with_its_sort() -> None:
    assert {(error.sort, error.kind) for error in scored(gold()).errors} == {
        ("missed", "test"),
        ("extra", "outlook"),
        ("stance", "treatment"),
    }


def test_an_answer_without_a_reading_is_missed_whole() -> None:
    assert api.score_answers([gold()], {}).concept.missed == 3


def test_a_quote_that_is_no_span_is_counted() -> None:
    (first, *_) = api.read_answer(TEXT)
    shifted = api.Statement(
        kind=first.kind,
        concept=first.concept,
        stance=first.stance,
        quote=api.Quote(text=first.quote.text, start=3, end=3 + len(first.quote.text)),
    )
    assert api.score_answers([gold()], {"1": [shifted]}).bad_quotes == 1


def test_the_interval_holds_the_figure_and_comes_out_the_same_twice() -> None:
    answers = [
        api.gold_answer(
            {
                "id": str(n),
                "text": TEXT,
                "statements": [
                    {"kind": "diagnosis", "concept": "psoriasis", "stance": "likely", "quote": "x"}
                ],
            }
        )
        for n in range(20)
    ]
    read = {answer.id: api.read_answer(TEXT if int(answer.id) % 3 else "") for answer in answers}
    one, other = api.score_answers(answers, read), api.score_answers(answers, read)
    assert one.concept == other.concept
    assert one.concept.low is not None
    assert one.concept.high is not None
    assert one.concept.low <= one.concept.f1 <= one.concept.high
