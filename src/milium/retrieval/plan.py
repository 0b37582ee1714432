"""From the words of a query to what is looked for, and how much each finding counts."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from milium.retrieval.focus import asking, focuses
from milium.retrieval.schema import (
    ASKED,
    CONCEPT,
    KIN,
    NAME,
    PORTRAIT,
    WORDS,
    asked_of,
    concepts_in,
)
from milium.retrieval.words import normal_words, stop_terms, term
from milium.vocabulary import Vocabulary


# Words of a query that are read, and terms that are searched for: a long message says what matters in its rarest words.
# Strange words of a query whose spelling is looked into: each costs about a millisecond in a large archive.
MOST_WORDS, MOST_TERMS, MOST_MENDED = 1200, 32, 6
# Pairs of what is asked and a word it is asked of.
MOST_ASKED = 16
_LONGEST_NAME = 6
# The rarity at which a word counts once; rarer words count a little more, commoner ones a little less.
_USUAL_RARITY = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each kind of match counts beside BM25 over the words. Chosen on development questions: docs/retrieval.md."""

    rarity: float = 0.5
    repeat: float = 2.0
    guess: float = 0.7
    name: float = 0.7
    concept: float = 0.5
    kin: float = 0.15
    portrait: float = 1.0
    asked: float = 0.6


@dataclass(frozen=True, slots=True)
class Clause:
    """Entries whose ``field`` holds ``term`` gain ``weight`` times the term's BM25 score."""

    field: str
    term: str
    weight: float


@dataclass(frozen=True, slots=True)
class Plan:
    """What to look for, the terms whose words are marked in what is shown, and the spellings that were mended."""

    clauses: tuple[Clause, ...]
    terms: frozenset[str]
    mended: tuple[tuple[str, str], ...] = ()


class Planner:
    """Reads queries against what an index holds."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        count: Callable[[str, str], int],
        meant: Callable[[str], str | None],
        weights: Weights | None = None,
    ) -> None:
        """``count(field, term)`` says how many entries hold a term, ``meant(word)`` the term of the word that a strange one was meant to be."""
        self._vocabulary, self._count, self._meant = vocabulary, count, meant
        self.weights = weights or Weights()

    def plan(self, query: str, *, entries: int) -> Plan:
        """What a query asks for; no clauses when no word of it says what to look for."""
        query = query[: 20 * MOST_WORDS]
        words = normal_words(query)[:MOST_WORDS]
        terms = [term(word) for word in words]
        mended = self._mend(dict(zip(terms, words, strict=True)))
        words = [mended.get(t, w) for w, t in zip(words, terms, strict=True)]
        wanted = Counter(mended.get(t, t) for t in terms if t and t not in stop_terms())
        clauses = self._words(wanted, frozenset(mended.values()), entries)
        clauses += self._names(words, entries)
        clauses += self._concepts(query)
        clauses += self._asked(query, wanted, entries)
        return Plan(tuple(clauses), frozenset(wanted), tuple(mended.items()))

    def _mend(self, words: Mapping[str, str]) -> dict[str, str]:
        strange = [t for t in words if t and t not in stop_terms()]
        strange = [t for t in strange if not (self._count(WORDS, t) or self._count(PORTRAIT, t))]
        meant = ((t, self._meant(words[t])) for t in strange[:MOST_MENDED])
        return {term: word for term, word in meant if word}

    def _words(
        self, wanted: Mapping[str, int], guessed: AbstractSet[str], entries: int
    ) -> list[Clause]:
        weights, clauses = self.weights, []
        for word, times in wanted.items():
            # What is said again matters more, but not as much more (k3 of Okapi BM25).
            share = (weights.repeat + 1) * times / (weights.repeat + times)
            share *= weights.guess if word in guessed else 1.0
            for field, part in ((WORDS, share), (PORTRAIT, share * weights.portrait)):
                if worth := self._worth(field, word, word, entries):
                    rarity = worth * self._rarity(Clause(field, word, 1.0), entries)
                    weight = part * worth * (rarity / _USUAL_RARITY) ** weights.rarity
                    clauses.append(Clause(field, word, weight))
        clauses.sort(key=lambda c: -c.weight * self._rarity(c, entries))
        return clauses[: 2 * MOST_TERMS]

    def _worth(self, field: str, term: str, word: str, entries: int) -> float:
        """What makes ``term`` of a field worth no more than the ``word`` is among all words; nothing when no entry holds it.

        A word may be rare in a field that few entries fill, and common in the language.
        """
        own = self._rarity(Clause(field, term, 1.0), entries)
        common = self._rarity(Clause(WORDS, word, 1.0), entries)
        return min(common or own, own) / own if own else 0.0

    def _names(self, words: Sequence[str], entries: int) -> list[Clause]:
        """Titles and synonyms that stand in the query word for word, the longest from each place."""
        clauses: dict[str, Clause] = {}
        at = 0
        while at < len(words):
            size = next(
                s for s in range(_LONGEST_NAME, -1, -1) if not s or self._is_name(words, at, s)
            )
            if size:
                name = " ".join(words[at : at + size])
                clauses[name] = self._name(name, words[at : at + size], entries)
            at += size or 1
        return list(clauses.values())[:MOST_TERMS]

    def _name(self, name: str, words: Sequence[str], entries: int) -> Clause:
        """A whole name counts for its rarity as a name, but not more than its words: the title "Doctor" says little."""
        own = self._rarity(Clause(NAME, name, 1.0), entries)
        parts = sum(self._rarity(Clause(WORDS, term(word), 1.0), entries) for word in words)
        return Clause(NAME, name, self.weights.name * min(1.0, parts / own))

    def _is_name(self, words: Sequence[str], at: int, size: int) -> bool:
        part = words[at : at + size]
        if len(part) < size or all(term(word) in stop_terms() for word in part):
            return False
        return self._count(NAME, " ".join(part)) > 0

    def _concepts(self, query: str) -> list[Clause]:
        named = concepts_in(query, self._vocabulary)
        above = {a: None for c in named for a in sorted(self._vocabulary.ancestors(c))}
        weights = self.weights
        clauses = [Clause(CONCEPT, c, weights.concept) for c in named]
        clauses += [Clause(KIN, c, weights.kin) for c in named]
        clauses += [Clause(CONCEPT, a, weights.kin) for a in above if a not in named]
        return [c for c in clauses if c.weight and self._count(c.field, c.term)][:MOST_TERMS]

    def _asked(self, query: str, wanted: Iterable[str], entries: int) -> list[Clause]:
        """Entries whose question asks the same of a thing that the query names; a question for several things is divided among them."""
        asked = [f for f in focuses(normal_words(asking(query))) if f != "definition"]
        clauses = []
        for pair in asked_of(asked, wanted):
            word = pair.partition(":")[2]
            if worth := self._worth(ASKED, pair, word, entries):
                clauses.append(Clause(ASKED, pair, self.weights.asked / len(asked) * worth))
        clauses.sort(key=lambda c: -c.weight * self._rarity(c, entries))
        return clauses[:MOST_ASKED]

    def _rarity(self, clause: Clause, entries: int) -> float:
        """The logarithm that BM25 weighs a term by; nothing for a term that no entry holds."""
        count = self._count(clause.field, clause.term)
        return math.log(1 + (entries - count + 0.5) / (count + 0.5)) if count else 0.0
