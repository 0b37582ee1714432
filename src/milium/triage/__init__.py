"""Red flags: named, versioned, sourced rules over what a text and the intake form say. No diagnosis is made."""

from __future__ import annotations

from milium.statements.intake import Intake
from milium.triage.assess import RuleBook, load_rule_book, rule_book, triage
from milium.triage.features import Features, Finding, load_features
from milium.triage.rules import Escalation, Rule, load_rules


__all__ = [
    "Escalation",
    "Features",
    "Finding",
    "Intake",
    "Rule",
    "RuleBook",
    "load_features",
    "load_rule_book",
    "load_rules",
    "rule_book",
    "triage",
]
