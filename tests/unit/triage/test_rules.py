"""Every rule against its own examples: what must fire it, and what must not."""

from __future__ import annotations

import pytest

from milium.triage import rule_book, triage
from milium.triage.rules import URGENCIES


RULES = rule_book().rules
FIRES = [(rule.id, text) for rule in RULES for text in rule.fires]
SILENT = [(rule.id, text) for rule in RULES for text in rule.silent]


def fired(text: str) -> set[str]:
    return {flag.rule for flag in triage(text).flags}


@pytest.mark.parametrize(("rule", "text"), FIRES)
def test_a_rule_fires_on_its_examples(rule: str, text: str) -> None:
    assert rule in fired(text)


@pytest.mark.parametrize(("rule", "text"), SILENT)
def test_a_rule_is_silent_on_its_counterexamples(rule: str, text: str) -> None:
    assert rule not in fired(text)


@pytest.mark.parametrize("text", sorted({text for _, text in FIRES}))
def test_a_quote_is_an_exact_span_of_the_text(text: str) -> None:
    for flag in triage(text).flags:
        assert flag.quote is not None
        assert text[flag.quote.start : flag.quote.end] == flag.quote.text


@pytest.mark.parametrize(("rule", "text"), FIRES)
def test_capitals_and_curly_apostrophes_change_nothing(rule: str, text: str) -> None:
    assert rule in fired(text.upper().replace("'", "\u2019"))


def test_there_are_43_rules_each_with_a_version_and_a_source() -> None:
    assert len(RULES) == 43
    assert all(rule.version >= 1 and rule.sources for rule in RULES)


def test_the_most_urgent_flag_leads() -> None:
    found = triage(
        "mole has changed colour. also a wasp stung me just now, tongue swollen, cant breathe"
    )

    levels = [URGENCIES.index(flag.urgency) for flag in found.flags]
    assert found.urgency == "emergency"
    assert levels == sorted(levels)
    assert {"rf_anaphylaxis", "rf_changing_mole"} <= {flag.rule for flag in found.flags}
