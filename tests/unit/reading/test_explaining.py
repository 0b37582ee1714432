"""An explanation shows what each stage saw."""

from __future__ import annotations

from milium import api


def test_a_sentence_is_explained_by_its_clauses_mentions_cues_and_statements() -> None:
    (sentence,) = api.explain("It may be psoriasis, but not rosacea.").sentences
    assert [clause.text for clause in sentence.clauses] == [
        "It may be psoriasis,",
        "but not rosacea",
    ]
    assert [mention.quote.text for mention in sentence.mentions] == ["psoriasis", "rosacea"]
    assert {"possible", "contrast", "deny"} <= {cue.category for cue in sentence.cues}
    assert [read.statement.stance for read in sentence.read] == ["possible", "unlikely"]


def test_the_rule_that_gave_a_stance_is_named() -> None:
    (sentence,) = api.explain("Avoid wool.").sentences
    assert [read.rule for read in sentence.read] == ["avoid"]


def test_a_statement_that_a_stronger_one_replaced_is_shown_as_not_kept() -> None:
    first, second = api.explain("Tretinoin may help. I recommend tretinoin.").sentences
    assert [read.kept for read in (*first.read, *second.read)] == [False, True]


def test_a_sentence_that_says_nothing_is_shown_too() -> None:
    assert len(api.explain("Thank you for writing. Use urea.").sentences) == 2
