"""Names and cues in one tree, so that one walk over an answer finds both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from milium.errors import BadData
from milium.reading.automaton import Automaton, Wording
from milium.reading.phrases import choices
from milium.reading.rules import (
    Category,
    Cue,
    Direction,
    Expression,
    load_cues,
    load_expressions,
    load_harms,
    load_unread,
)
from milium.statements import STANCES, ConceptRef, Stance, StatementKind
from milium.vocabulary import Concept, Kind, Vocabulary, normal_name


KIND_OF: dict[Kind, StatementKind] = {
    "condition": "diagnosis",
    "treatment": "treatment",
    "test": "test",
    "specialty": "referral",
    "outlook": "outlook",
}
# Categories that only colour what other cues say: they may share their words with one of those.
_SHARED: frozenset[Category] = frozenset(
    ("head", "topical", "oral", "injected", "intralesional", "verb", "dose")
)
# What the denial of an outlook says.
_OPPOSITE = {
    "outlook:serious": "outlook:benign",
    "outlook:contagious": "outlook:not-contagious",
}
# Entries that only order the vocabulary; nobody says them.
_HEADING = "heading"
# The form of what is spoken of only to be kept away from.
HARM = "harm"
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
    opposite: Target | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """What one run of words can mean."""

    senses: tuple[Sense, ...] = ()
    targets: tuple[Target, ...] = ()
    symptom: bool = False


def merge_leaves(leaves: list[Leaf]) -> Leaf:
    """One leaf of several: an expression before a name of its kind, the first rule before later ones."""
    senses: list[Sense] = []
    targets: dict[StatementKind, Target] = {}
    for leaf in leaves:
        for target in leaf.targets:
            if target.kind not in targets or targets[target.kind].rule is None:
                targets[target.kind] = target
        senses += (sense for sense in leaf.senses if _adds(sense, senses))
    return Leaf(
        senses=tuple(senses),
        targets=tuple(targets.values()),
        symptom=any(leaf.symptom for leaf in leaves),
    )


def _adds(sense: Sense, senses: list[Sense]) -> bool:
    held = {other.category for other in senses}
    return sense.category not in held and (sense.category in _SHARED or held <= _SHARED)


class Lexicon:
    """What the reader knows: every name of the vocabulary, every cue and every expression."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        cues: Iterable[Cue],
        expressions: Iterable[Expression],
        unread: frozenset[str],
        harms: frozenset[str],
    ) -> None:
        self._vocabulary = vocabulary
        self._unread = frozenset(map(normal_name, unread))
        self._harms = {c.id for name in harms if (c := vocabulary.lookup(name, "treatment"))}
        self.tree: Automaton[Leaf] = Automaton(merge_leaves)
        for expression in expressions:
            leaf = self._harmful(Leaf(targets=(_target(vocabulary, expression),)))
            for phrase in expression.phrases:
                self.tree.add_phrase(choices(phrase), leaf)
        self.tree.add_names(vocabulary.first_words, self._names_below)
        self.tree.words.count_names(_names(vocabulary, unread))
        for cue in cues:
            leaf = Leaf(senses=(Sense(cue.category, cue.direction, cue.id),))
            for phrase in cue.phrases:
                self.tree.add_phrase(choices(phrase), leaf)
        for mark in _MARKS:
            self.tree.add_name((mark,), Leaf(senses=(Sense("mark", "both", mark),)))
        self.tree.close()

    def _names_below(self, first: str) -> Iterator[tuple[Wording, Leaf]]:
        """The names that begin with that word, each with the first concept of every kind."""
        for words, concepts in self._vocabulary.names_below(first):
            ids: dict[Kind, str] = {}
            for concept in concepts:
                if _is_said(concept):
                    ids.setdefault(concept.kind, concept.id)
            if ids and words not in self._unread:
                yield words, self._harmful(_leaf(self._vocabulary, ids))

    def _harmful(self, leaf: Leaf) -> Leaf:
        if not any(target.ref.id in self._harms for target in leaf.targets):
            return leaf
        return replace(
            leaf,
            targets=tuple(
                t._replace(form=HARM) if t.ref.id in self._harms else t for t in leaf.targets
            ),
        )


def load_lexicon(vocabulary: Vocabulary) -> Lexicon:
    """The lexicon of the shipped rules over ``vocabulary``."""
    return Lexicon(vocabulary, load_cues(), load_expressions(), load_unread(), load_harms())


def _names(vocabulary: Vocabulary, unread: frozenset[str]) -> Iterator[str]:
    for concept in vocabulary:
        if _is_said(concept):
            yield from (name for name in concept.searched_names if name not in unread)


def _is_said(concept: Concept) -> bool:
    return concept.form != _HEADING and (concept.kind in KIND_OF or concept.kind == "symptom")


def _leaf(vocabulary: Vocabulary, ids: dict[Kind, str]) -> Leaf:
    return Leaf(
        targets=tuple(
            _plain(vocabulary, concept, KIND_OF[kind])
            for kind, concept in ids.items()
            if kind in KIND_OF
        ),
        symptom="symptom" in ids,
    )


def _target(vocabulary: Vocabulary, expression: Expression) -> Target:
    kind, _, name = expression.concept.partition("/")
    concept = vocabulary.lookup(name, kind) if kind in KIND_OF else None
    if concept is None:
        raise _bad(expression, f"{expression.concept} is unknown")
    kind_of = KIND_OF[concept.kind]
    stance: Stance | None = next((s for s in STANCES[kind_of] if s == expression.stance), None)
    if stance != expression.stance:
        raise _bad(expression, f"{expression.stance} is no stance of a {kind_of}")
    plain = _plain(vocabulary, concept.id, kind_of)
    return plain._replace(stance=stance, rule=expression.id)


def _bad(expression: Expression, reason: str) -> BadData:
    return BadData(reason, file="expressions.json", entry=expression.id)


def _plain(vocabulary: Vocabulary, concept_id: str, kind: StatementKind) -> Target:
    concept = vocabulary.concept(concept_id)
    other = _OPPOSITE.get(concept_id)
    return Target(
        kind,
        ConceptRef(id=concept.id, name=concept.name),
        concept.form,
        None,
        None,
        _plain(vocabulary, other, kind) if other is not None and other in vocabulary else None,
    )
