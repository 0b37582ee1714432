"""Names and cues in one tree, so that one walk over an answer finds both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from milium.errors import BadData
from milium.reading.phrases import wordings
from milium.reading.rules import (
    Category,
    Cue,
    Direction,
    Expression,
    load_cues,
    load_expressions,
    load_unread,
)
from milium.statements import STANCES, ConceptRef, Stance, StatementKind
from milium.vocabulary import Kind, NameTree, Vocabulary, normal_name


KIND_OF: dict[Kind, StatementKind] = {
    "condition": "diagnosis",
    "treatment": "treatment",
    "test": "test",
    "specialty": "referral",
    "outlook": "outlook",
}
# Categories that only colour what other cues say: they may share their words with one of those.
_SHARED: frozenset[Category] = frozenset(
    ("head", "topical", "oral", "injected", "intralesional", "verb")
)
_MARKS = ".,;:!?()[]\n-–—/+&"


class Sense(NamedTuple):
    """A cue as the walk meets it: its category, where it looks, and the rule it comes from."""

    category: Category
    direction: Direction
    rule: str


class Target(NamedTuple):
    """A concept as the walk meets it; ``stance`` is given with an expression, else ``None``."""

    kind: StatementKind
    ref: ConceptRef
    form: str
    stance: Stance | None
    rule: str | None


@dataclass(slots=True)
class Leaf:
    """What one run of words can mean."""

    senses: tuple[Sense, ...] = ()
    targets: tuple[Target, ...] = ()
    symptom: bool = False
    _kinds: set[StatementKind] = field(default_factory=set)

    def add_target(self, target: Target) -> None:
        """Take ``target`` unless its kind is taken: the first name of a kind holds."""
        if target.kind not in self._kinds:
            self._kinds.add(target.kind)
            self.targets = (*self.targets, target)

    def add_sense(self, sense: Sense) -> None:
        """Take ``sense`` unless one that says as much is there: the first rule of a phrase holds."""
        held = {s.category for s in self.senses}
        if sense.category in held or (sense.category not in _SHARED and held - _SHARED):
            return
        self.senses = (*self.senses, sense)


class Lexicon:
    """What the reader knows: every name of the vocabulary, every cue and every expression."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        cues: Iterable[Cue],
        expressions: Iterable[Expression],
        unread: frozenset[str],
    ) -> None:
        leaves: dict[tuple[str, ...], Leaf] = {}
        for words, target in _expressed(vocabulary, expressions):
            leaves.setdefault(words, Leaf()).add_target(target)
        _add_names(leaves, vocabulary, frozenset(map(normal_name, unread)))
        for words, sense in _cued(cues):
            leaves.setdefault(words, Leaf()).add_sense(sense)
        self.tree: NameTree[Leaf] = NameTree()
        for words, leaf in leaves.items():
            self.tree.add(words, leaf)
        for mark in _MARKS:
            self.tree.add((mark,), Leaf(senses=(Sense("mark", "both", mark),)))


def load_lexicon(vocabulary: Vocabulary) -> Lexicon:
    """The lexicon of the shipped rules over ``vocabulary``."""
    return Lexicon(vocabulary, load_cues(), load_expressions(), load_unread())


def _add_names(
    leaves: dict[tuple[str, ...], Leaf], vocabulary: Vocabulary, unread: frozenset[tuple[str, ...]]
) -> None:
    for preferred in (True, False):
        for concept in vocabulary:
            kind = KIND_OF.get(concept.kind)
            names = concept.searched_names
            for name in names[:1] if preferred else names[1:]:
                words = normal_name(name)
                if not words or words in unread or (kind is None and concept.kind != "symptom"):
                    continue
                leaf = leaves.setdefault(words, Leaf())
                if kind is None:
                    leaf.symptom = True
                else:
                    ref = ConceptRef(id=concept.id, name=concept.name)
                    leaf.add_target(Target(kind, ref, concept.form, None, None))


def _cued(cues: Iterable[Cue]) -> Iterator[tuple[tuple[str, ...], Sense]]:
    for cue in cues:
        sense = Sense(cue.category, cue.direction, cue.id)
        for phrase in cue.phrases:
            for words in wordings(phrase):
                yield words, sense


def _expressed(
    vocabulary: Vocabulary, expressions: Iterable[Expression]
) -> Iterator[tuple[tuple[str, ...], Target]]:
    for expression in expressions:
        target = _target(vocabulary, expression)
        for phrase in expression.phrases:
            for words in wordings(phrase):
                yield words, target


def _target(vocabulary: Vocabulary, expression: Expression) -> Target:
    if expression.concept not in vocabulary:
        raise BadData(
            f"{expression.concept} is unknown", file="expressions.json", entry=expression.id
        )
    concept = vocabulary.concept(expression.concept)
    kind = KIND_OF[concept.kind]
    stance: Stance | None = next((s for s in STANCES[kind] if s == expression.stance), None)
    if stance != expression.stance:
        raise BadData(
            f"{expression.stance} is no stance of a {kind}",
            file="expressions.json",
            entry=expression.id,
        )
    ref = ConceptRef(id=concept.id, name=concept.name)
    return Target(kind, ref, concept.form, stance, expression.id)
