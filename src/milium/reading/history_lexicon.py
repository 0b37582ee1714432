"""What the question reader knows: names of sites, signs and treatments, and the cues around them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from milium.errors import BadData
from milium.reading.automaton import Automaton, Wording
from milium.reading.history_rules import QuestionRule, QuestionRules, load_question_rules
from milium.reading.phrases import choices
from milium.statements import ConceptRef
from milium.vocabulary import Concept, Kind, Vocabulary, normal_name


# Entries that only order the vocabulary; nobody says them.
_HEADING = "heading"
_READ: tuple[Kind, ...] = ("site", "symptom", "treatment")
_MARKS = '.,;:!?()[]\n-–—/+&"“”'
# Advice rather than something an asker has used.
_UNTRIED = frozenset(("food", "management"))
_COURSE = "symptom:course"
_KIND: dict[str, Kind] = {"site": "site", "treated": "treatment"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What one run of words can mean in a question: things named, by kind, and cues with the rule they come from."""

    named: tuple[tuple[str, ConceptRef], ...] = ()
    forms: tuple[str, ...] = ()
    cues: tuple[tuple[str, str], ...] = ()

    def refs(self, kind: str) -> tuple[ConceptRef, ...]:
        """The concepts named of ``kind`` (``site``, ``symptom``, ``absent``, ``treatment``)."""
        return tuple(ref for of, ref in self.named if of == kind)

    def is_cue(self, *categories: str) -> bool:
        """Whether the words are a cue of one of ``categories``."""
        return any(category in categories for category, _ in self.cues)


def merge_words(words: list[Word]) -> Word:
    """One meaning of several; of each kind the first named holds."""
    named: dict[str, list[ConceptRef]] = {}
    for word in words:
        for kind in dict.fromkeys(kind for kind, _ in word.named):
            named.setdefault(kind, list(word.refs(kind)))
    return Word(
        named=tuple((kind, ref) for kind, refs in named.items() for ref in refs),
        forms=next((word.forms for word in words if word.forms), ()),
        cues=tuple(dict.fromkeys(cue for word in words for cue in word.cues)),
    )


class HistoryLexicon:
    """Two machines over words: ``findings`` for what is told, ``asks`` for what is asked."""

    def __init__(self, vocabulary: Vocabulary, rules: QuestionRules) -> None:
        """Raises ``BadData`` where a rule names a concept the vocabulary lacks."""
        self.findings: Automaton[Word] = Automaton(merge_words)
        self.asks: Automaton[Word] = Automaton(merge_words)
        self.signs = {c.id: _ref(c) for c in vocabulary if c.kind == "symptom"}
        self.places = {c.id: _ref(c) for c in vocabulary if c.kind == "site"}
        self.guessed_in_questions = _ids(vocabulary, rules.guessed_in_questions)
        for rule in rules.rules:
            machine = (
                self.asks
                if rule.category.startswith(("ask-", "query-", "plea-"))
                else self.findings
            )
            for phrase in rule.phrases:
                machine.add_phrase(choices(phrase), _meaning(rule, vocabulary))
        self._vocabulary = vocabulary
        self._unread = {kind: frozenset(map(normal_name, of)) for kind, of in rules.unread.items()}
        self.findings.add_names(vocabulary.first_words, self._names_below)
        self.findings.words.count_names(_names(vocabulary, rules.unread))
        for machine in (self.findings, self.asks):
            for mark in _MARKS:
                machine.add_name((mark,), Word(cues=(("mark", mark),)))
            machine.close()

    def _names_below(self, first: str) -> Iterator[tuple[Wording, Word]]:
        """The names that begin with that word, each with the first concept of every kind."""
        for words, concepts in self._vocabulary.names_below(first):
            held: dict[str, Concept] = {}
            for concept in concepts:
                if _is_told(concept) and words not in self._unread.get(concept.kind, ()):
                    held.setdefault(concept.kind, concept)
            if held:
                yield words, _word(held)


def load_history_lexicon(vocabulary: Vocabulary) -> HistoryLexicon:
    """The lexicon of the shipped rules over ``vocabulary``."""
    return HistoryLexicon(vocabulary, load_question_rules())


def _meaning(rule: QuestionRule, vocabulary: Vocabulary) -> Word:
    kind = _KIND.get(rule.category, "symptom")
    concepts = [vocabulary.lookup(name, kind) for name in rule.concepts]
    for name, concept in zip(rule.concepts, concepts, strict=True):
        if concept is None:
            raise BadData(f"names {name}, an unknown {kind}", file="question.json", entry=rule.id)
    named = tuple((rule.category, _ref(concept)) for concept in concepts if concept is not None)
    return Word(named=named, cues=() if named else ((rule.category, rule.id),))


def _ids(vocabulary: Vocabulary, names: frozenset[str]) -> frozenset[str]:
    concepts = [vocabulary.lookup(name, "symptom") for name in names]
    if None in concepts:
        raise BadData(
            "names an unknown symptom", file="question.json", entry="guessed_in_questions"
        )
    return frozenset(concept.id for concept in concepts if concept is not None)


def _names(vocabulary: Vocabulary, unread: dict[str, frozenset[str]]) -> Iterator[str]:
    for concept in vocabulary:
        if _is_told(concept):
            skipped = unread.get(concept.kind, ())
            yield from (name for name in concept.searched_names if name not in skipped)


def _is_told(concept: Concept) -> bool:
    return (
        concept.kind in _READ
        and concept.form != _HEADING
        and concept.form not in _UNTRIED
        and _COURSE not in concept.is_a
    )


def _word(concepts: dict[str, Concept]) -> Word:
    treatment = concepts.get("treatment")
    return Word(
        named=tuple((kind, _ref(concept)) for kind, concept in concepts.items()),
        forms=(treatment.form,) if treatment else (),
    )


def _ref(concept: Concept) -> ConceptRef:
    return ConceptRef(id=concept.id, name=concept.name)
