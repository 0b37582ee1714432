"""The terms Milium knows: looking a name up, finding names in a text, walking is-a."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain

from milium.errors import BadData
from milium.vocabulary.composition import parts
from milium.vocabulary.concept import KINDS, Concept, Kind
from milium.vocabulary.finding import Finder, Mention
from milium.vocabulary.index import NameIndex, Wording
from milium.vocabulary.naming import normal_name


class Vocabulary:
    """A closed set of concepts. Built once, never changed."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        """Raises ``BadData`` where an id stands twice or an is-a leads nowhere or in a circle."""
        self._concepts: dict[str, Concept] = {}
        for concept in concepts:
            if concept.id in self._concepts:
                raise BadData("this id stands twice", file="vocabulary", entry=concept.id)
            self._concepts[concept.id] = concept
        self._ancestors: dict[str, frozenset[str]] = {}
        self._check_classes()

    def __len__(self) -> int:
        return len(self._concepts)

    def __iter__(self) -> Iterator[Concept]:
        return iter(self._concepts.values())

    def __contains__(self, concept_id: object) -> bool:
        return concept_id in self._concepts

    def concept(self, concept_id: str) -> Concept:
        """The concept of that id; ``KeyError`` when there is none."""
        return self._concepts[concept_id]

    def lookup(self, name: str, kind: Kind | None = None) -> Concept | None:
        """The concept that ``name`` names, of ``kind`` where one is given; a preferred name wins over a synonym.

        A composed name that is no entry is taken apart: "topical hydrocortisone cream" is hydrocortisone.
        """
        words = normal_name(name)
        simpler = (
            (part, one) for one in ((kind,) if kind else KINDS) for part in parts(words, one)
        )
        wordings = chain([(words, kind)], simpler)
        return next(filter(None, (self._named(*wording) for wording in wordings)), None)

    def _named(self, words: Wording, kind: Kind | None) -> Concept | None:
        ids = self._index.below(words[0]).get(words, ()) if words else ()
        return next((c for c in map(self.concept, ids) if kind in (None, c.kind)), None)

    @property
    def first_words(self) -> Iterable[str]:
        """The normal word of every name that comes first in it."""
        return self._index

    def names_below(self, first: str) -> Iterator[tuple[Wording, tuple[Concept, ...]]]:
        """The names in normal form that begin with ``first`` and are searched for, each with its concepts.

        Those whose preferred name it is come first.
        """
        for words, ids in self._index.below(first).items():
            concepts = tuple(self._concepts[i] for i, searched in ids.items() if searched)
            if concepts:
                yield words, concepts

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Every known name in ``text``, left to right, longest match, never overlapping."""
        return self._finder.find(text)

    @cached_property
    def _index(self) -> NameIndex:
        return NameIndex(self._concepts.values())

    @cached_property
    def _finder(self) -> Finder:
        return Finder((name, c.id) for c in self for name in c.searched_names)

    def ancestors(self, concept_id: str) -> frozenset[str]:
        """The ids of every class above the concept, without itself."""
        held = self._ancestors.get(concept_id)
        if held is None:
            above = self._concepts[concept_id].is_a
            held = frozenset(above).union(*map(self.ancestors, above))
            self._ancestors[concept_id] = held
        return held

    def is_a(self, concept_id: str, ancestor: str) -> bool:
        """Whether the concept is that class or stands below it."""
        return concept_id == ancestor or ancestor in self.ancestors(concept_id)

    def _check_classes(self) -> None:
        sound: set[str] = set()
        for concept_id in self._concepts:
            self._climb(concept_id, sound, ())

    def _climb(self, concept_id: str, sound: set[str], path: tuple[str, ...]) -> None:
        if concept_id in path:
            raise BadData("its is-a leads back to itself", file="vocabulary", entry=concept_id)
        for parent in self._concepts[concept_id].is_a:
            if parent in sound:
                continue
            if parent not in self._concepts:
                reason = f"is_a names {parent}, which is unknown"
                raise BadData(reason, file="vocabulary", entry=concept_id)
            self._climb(parent, sound, (*path, concept_id))
        sound.add(concept_id)
