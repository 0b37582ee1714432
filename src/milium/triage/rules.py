"""The red-flag rules: data with a closed schema, a source, and examples that fire and that must not."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import cast, get_args

from milium.notes.entries import Entry, load_entries
from milium.statements import Source, Urgency


URGENCIES: tuple[Urgency, ...] = get_args(Urgency)  # most urgent first
_EXAMPLES = 3

Groups = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """A level to rise to when one of the features is there too."""

    to: Urgency
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Fires when, in one of ``when``, every group has a feature and no feature of ``unless`` is asserted.

    The first group of an alternative is its trigger: the flag quotes the trigger's words.
    """

    id: str
    version: int
    title: str
    urgency: Urgency
    advice: str
    applies_to: str
    verified: bool
    reviewed: str
    note: str | None
    sources: tuple[Source, ...]
    when: tuple[Groups, ...]
    unless: tuple[str, ...]
    escalate: tuple[Escalation, ...]
    fires: tuple[str, ...]
    silent: tuple[str, ...]


def load_rules(path: Path, features: AbstractSet[str]) -> tuple[Rule, ...]:
    """Read the rules. Raises ``BadData`` naming file, entry and reason, a feature nobody defined included."""
    return tuple(_rule(entry, features) for entry in load_entries(path, "rules"))


def _rule(entry: Entry, features: AbstractSet[str]) -> Rule:
    required = (
        "id version title urgency advice applies_to verified reviewed sources when fires silent"
    )
    entry.closed(required.split(), ("note", "unless", "escalate"))
    when = tuple(_groups(part, features) for part in entry.parts("when"))
    if not when:
        raise entry.refuse("when is empty: the rule could never fire")
    return Rule(
        id=entry.id,
        version=entry.number("version", at_least=1),
        title=entry.text("title"),
        urgency=cast("Urgency", entry.choice("urgency", URGENCIES)),
        advice=entry.text("advice"),
        applies_to=entry.text("applies_to"),
        verified=entry.flag("verified"),
        reviewed=entry.day("reviewed"),
        note=entry.maybe("note"),
        sources=entry.sources(),
        when=when,
        unless=_known(entry, entry.words("unless"), features),
        escalate=tuple(_escalation(part, features) for part in entry.parts("escalate")),
        fires=entry.words("fires", at_least=_EXAMPLES),
        silent=entry.words("silent", at_least=_EXAMPLES),
    )


def _groups(part: Entry, features: AbstractSet[str]) -> Groups:
    part.closed(("trigger",), ("with",))
    groups = [part.words("trigger", at_least=1)]
    groups += [other.words("any", at_least=1) for other in part.parts("with")]
    return tuple(_known(part, group, features) for group in groups)


def _escalation(part: Entry, features: AbstractSet[str]) -> Escalation:
    part.closed(("to", "any"))
    return Escalation(
        to=cast("Urgency", part.choice("to", URGENCIES)),
        features=_known(part, part.words("any", at_least=1), features),
    )


def _known(entry: Entry, names: tuple[str, ...], features: AbstractSet[str]) -> tuple[str, ...]:
    for name in names:
        if name not in features:
            raise entry.refuse(f"{name!r} is no feature of features.json")
    return names
