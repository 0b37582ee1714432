"""The terms Milium knows: looking a name up, finding names in a text, walking is-a."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from milium.errors import BadData
from milium.vocabulary.composition import parts
from milium.vocabulary.concept import KINDS, Concept, Kind
from milium.vocabulary.finding import Finder, Mention
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
        for concept in self._concepts.values():
            self._climb(concept.id, ())
        self._by_name: dict[tuple[str, ...], list[str]] = {}
        self._index_names()
        self._finder: Finder | None = None

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
        found = self._named(words, kind)
        for one_kind in (kind,) if kind else KINDS:
            for simpler in parts(words, one_kind) if not found else ():
                found = found or self._named(simpler, one_kind)
        return found

    def _named(self, words: tuple[str, ...], kind: Kind | None) -> Concept | None:
        ids = self._by_name.get(words, ())
        return next((c for c in map(self.concept, ids) if kind in (None, c.kind)), None)

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Every known name in ``text``, left to right, longest match, never overlapping."""
        if self._finder is None:
            self._finder = Finder((name, c.id) for c in self for name in c.searched_names)
        return self._finder.find(text)

    def ancestors(self, concept_id: str) -> frozenset[str]:
        """The ids of every class above the concept, without itself."""
        return self._ancestors[concept_id]

    def is_a(self, concept_id: str, ancestor: str) -> bool:
        """Whether the concept is that class or stands below it."""
        return concept_id == ancestor or ancestor in self._ancestors[concept_id]

    def _climb(self, concept_id: str, path: tuple[str, ...]) -> frozenset[str]:
        if concept_id in path:
            raise BadData("its is-a leads back to itself", file="vocabulary", entry=concept_id)
        if concept_id not in self._ancestors:
            above: set[str] = set()
            for parent in self._concepts[concept_id].is_a:
                if parent not in self._concepts:
                    raise BadData(
                        f"is_a names {parent}, which is unknown",
                        file="vocabulary",
                        entry=concept_id,
                    )
                above |= {parent, *self._climb(parent, (*path, concept_id))}
            self._ancestors[concept_id] = frozenset(above)
        return self._ancestors[concept_id]

    def _index_names(self) -> None:
        for concept in self:
            self._by_name.setdefault(normal_name(concept.name), []).append(concept.id)
        for concept in self:
            for name in concept.names[1:]:
                ids = self._by_name.setdefault(normal_name(name), [])
                if concept.id not in ids:
                    ids.append(concept.id)
