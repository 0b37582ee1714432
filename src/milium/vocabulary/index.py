"""Names by their first word: what follows a first word is put in normal form when that word is first asked for.

Tens of thousands of names are known, and a text meets the first words of a few hundred.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from milium.vocabulary.concept import Concept
from milium.vocabulary.naming import chunk_words, normal_name


Wording = tuple[str, ...]
# A name, the id of its concept, and whether the name is searched for in texts.
_Name = tuple[str, str, bool]


class NameIndex:
    """Every name of the concepts, preferred names before synonyms."""

    def __init__(self, concepts: Collection[Concept]) -> None:
        self._names: dict[str, list[_Name]] = {}
        self._below: dict[str, Mapping[Wording, Mapping[str, bool]]] = {}
        for name in _names(concepts):
            first = _first_word(name[0])
            if first in self._names:
                self._names[first].append(name)
            else:
                self._names[first] = [name]

    def __iter__(self) -> Iterator[str]:
        """The first words, in normal form."""
        return iter(self._names)

    def below(self, first: str) -> Mapping[Wording, Mapping[str, bool]]:
        """The names that begin with that normal word: for each the concepts' ids, and whether it is searched for."""
        found = self._below.get(first)
        if found is None:
            found = self._below[first] = _in_normal_form(self._names.get(first, ()))
        return found


def _names(concepts: Iterable[Concept]) -> Iterator[_Name]:
    for concept in concepts:
        yield concept.name, concept.id, True
    for concept in concepts:
        for name in concept.searched_names[1:]:
            yield name, concept.id, True
        for name in concept.lookup_only:
            yield name, concept.id, False


def _first_word(name: str) -> str:
    return next(iter(chunk_words(name.partition(" ")[0]) or normal_name(name)), "")


def _in_normal_form(names: Iterable[_Name]) -> Mapping[Wording, Mapping[str, bool]]:
    found: dict[Wording, dict[str, bool]] = {}
    for name, concept, searched in names:
        found.setdefault(normal_name(name), {}).setdefault(concept, searched)
    return found
