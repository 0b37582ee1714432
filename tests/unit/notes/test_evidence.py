"""Published reports, and the plain texts."""

from __future__ import annotations

import re

import pytest

from milium import api
from milium.notes import reports, safety_notes, texts
from milium.triage import rule_book


PLAQUE = "condition:milia-en-plaque"


def test_milia_en_plaque_has_22_reports_each_with_a_source() -> None:
    found = api.evidence_for(PLAQUE)

    assert len(found) == 22
    assert all(report.sources for report in found)


def test_reports_on_a_class_are_those_on_its_members() -> None:
    retinoid = {report.id for report in api.evidence_for(PLAQUE, "treatment:retinoid")}

    assert {"mep-e02", "mep-e04", "mep-e08"} <= retinoid
    assert "mep-e16" not in retinoid


def test_reports_come_newest_first_and_those_without_a_year_last() -> None:
    years = [report.year or 0 for report in api.evidence_for(PLAQUE)]

    assert years == sorted(years, reverse=True)


def test_an_unknown_condition_has_no_reports() -> None:
    assert api.evidence_for("condition:nobody-knows") == ()


def test_a_concept_without_a_text_has_none() -> None:
    assert api.text_of("condition:nobody-knows") is None


def syllables(word: str) -> int:
    word = word.lower()
    groups = len(re.findall(r"[aeiouy]+", word))
    if word.endswith("e") and not word.endswith(("le", "ee")) and groups > 1:
        groups -= 1
    if word.endswith("ed") and not word.endswith(("ted", "ded")) and groups > 1:
        groups -= 1
    return max(groups, 1)


def grade(text: str) -> float:
    """The Flesch-Kincaid grade: 0.39 words a sentence + 11.8 syllables a word - 15.59."""
    sentences = max(len(re.findall(r"[.!?:;](?=\s|$)", text)), 1)
    words = re.findall(r"[A-Za-z']+", text)
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def test_the_measure_agrees_with_known_grades() -> None:
    assert grade("The cat sat on the mat.") < 0.5
    assert grade("Contraindicated pharmaceutical preparations necessitate consultation.") > 20


@pytest.mark.parametrize("concept", sorted(texts(api.vocabulary())))
def test_a_text_is_two_sentences_at_eighth_grade_or_below(concept: str) -> None:
    text = texts(api.vocabulary())[concept].text

    assert len(re.findall(r"[.!?](?=\s|$)", text)) == 2
    assert grade(text) <= 8


def test_the_advice_of_the_rules_is_at_eighth_grade_or_below_on_average() -> None:
    grades = [grade(rule.advice) for rule in rule_book().rules]

    assert sum(grades) / len(grades) <= 8


def test_safety_notes_read_at_eighth_grade_or_below_on_average() -> None:
    grades = [grade(safety.note.statement) for safety in safety_notes(api.vocabulary())]

    assert sum(grades) / len(grades) <= 8


def test_every_report_says_how_much_of_it_was_read() -> None:
    unread = [r for r in reports(api.vocabulary()) if r.read == "reference_only"]

    assert unread
    assert not any(report.verified for report in unread)
