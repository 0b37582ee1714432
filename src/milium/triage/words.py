"""How people spell: one normal form for a word, the classes it belongs to, and near misses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from milium.errors import BadData
from milium.notes.entries import load_object


_RANGE = re.compile(r"<([nd])(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)>")
_REMEMBERED = 50_000  # words whose forms are kept, so that odd texts cannot fill the memory
_FUZZY_FROM = 7  # shorter words are one letter away from too many others; those of 6 may have two letters swapped
# What is longer is no word of any language; leaving out each of its letters in turn would take time and room without end.
_LONGEST_WORD = 30


@dataclass(slots=True, kw_only=True)
class Words:
    """Normal forms and classes. ``known`` grows with the patterns; a near miss is corrected to a known word."""

    spelling: dict[str, str]
    classes: dict[str, set[str]]
    numbers: dict[str, float]
    unpluralled: frozenset[str]
    distinct: frozenset[str]
    skippable: frozenset[str]
    ranges: set[str] = field(default_factory=set)
    known: set[str] = field(default_factory=set)
    near: dict[str, str] = field(default_factory=dict)
    class_names: set[str] = field(default_factory=set)
    _normal: dict[str, str] = field(default_factory=dict)
    _keys: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def singular(self, word: str) -> str:
        """The word without a plural or third-person ending, and in its usual spelling."""
        word = self.spelling.get(word, word)
        if word in self.unpluralled or len(word) < 4 or not word.endswith("s"):
            return word
        if word.endswith(("ss", "us", "is", "as")):
            return word
        if word.endswith(("shes", "ches", "xes", "sses")):
            return self.spelling.get(word[:-2], word[:-2])
        stem = word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]
        return self.spelling.get(stem, stem)

    def learn(self, word: str) -> str:
        """Note a word that patterns use, and return its normal form."""
        normal = self.singular(word)
        if normal not in self.known:
            self.known.add(normal)
            self.expect(normal, normal)
        return normal

    def expect(self, word: str, normal: str) -> None:
        """Let near misses of ``word`` stand for ``normal``, when the word is long enough to tell."""
        if len(word) >= _FUZZY_FROM and word.isalpha():
            for form in (word, *_cuts(word)):
                self.near.setdefault(form, normal)
        elif len(word) == _FUZZY_FROM - 1 and word.isalpha():
            for form in _swaps(word):
                self.near.setdefault(form, normal)

    def learn_class(self, name: str, members: list[str]) -> None:
        """Let each member carry the class ``name``."""
        self.class_names.add(name)
        for member in members:
            self.classes.setdefault(self.learn(member), set()).add(name)

    def normal(self, word: str) -> str:
        """The normal form of a word as typed (lower case, no apostrophe)."""
        found = self._normal.get(word)
        if found is None:
            found = self.singular(word)
            if found not in self.known and found not in self.distinct:
                found = self._corrected(found)
            if len(self._normal) < _REMEMBERED and len(word) <= _LONGEST_WORD:
                self._normal[word] = found
        return found

    def _corrected(self, word: str) -> str:
        if not _FUZZY_FROM - 1 <= len(word) <= _LONGEST_WORD or not word.isalpha():
            return word
        for cut in (word, *_cuts(word)):
            near = self.near.get(cut)
            if near is not None and near[0] == word[0]:
                return near
        return word

    def keys(self, word: str) -> tuple[str, ...]:
        """What a pattern may call this (normal) word: itself, its classes, its number ranges.

        Remembered, so ask only when every pattern has been learnt.
        """
        found = self._keys.get(word)
        if found is None:
            found = self._found_keys(word)
            if len(self._keys) < _REMEMBERED and len(word) <= _LONGEST_WORD:
                self._keys[word] = found
        return found

    def _found_keys(self, word: str) -> tuple[str, ...]:
        value = self.numbers.get(word)
        if value is None and word[0].isdecimal():
            value = float(word)
        keys = (word, *self.classes.get(word, ()))
        return keys if value is None else (*keys, "<n>", *self._ranges_of(value, "." in word))

    def _ranges_of(self, value: float, decimal: bool) -> list[str]:  # noqa: FBT001
        found = []
        for name in self.ranges:
            kind, low, high = _RANGE.fullmatch(name).groups()  # type: ignore[union-attr]
            if float(low) <= value <= float(high) and (kind == "n" or decimal):
                found.append(name)
        return found

    def class_known(self, name: str) -> bool:
        """Whether a pattern may use ``name``; number ranges become known by use."""
        if _RANGE.fullmatch(name):
            self.ranges.add(name)
            return True
        return name == "<n>" or name in self.class_names


def _cuts(word: str) -> list[str]:
    """The word with one letter left out, the first kept."""
    return [word[:i] + word[i + 1 :] for i in range(1, len(word))]


def _swaps(word: str) -> list[str]:
    """The word with two neighbouring letters in each other's place, the first kept."""
    return [word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(1, len(word) - 1)]


def load_words(path: Path) -> Words:
    """Read the words file. Raises ``BadData`` on a section it does not know."""
    data = load_object(path)
    sections = {"spelling", "classes", "numbers", "unpluralled", "distinct", "skippable"}
    if data.keys() != sections:
        odd = ", ".join(sorted(data.keys() ^ sections))
        raise BadData(f"sections missing or unknown: {odd}", file=path.name)
    words = Words(
        spelling={odd: good for good, odds in _lists(data, "spelling", path) for odd in odds},
        classes={},
        numbers={word: float(value) for word, value in data["numbers"].items()},
        unpluralled=frozenset(data["unpluralled"]),
        distinct=frozenset(data["distinct"]),
        skippable=frozenset(data["skippable"]),
    )
    for odd, good in words.spelling.items():
        words.expect(odd, good)
    for name, members in _lists(data, "classes", path):
        words.learn_class(f"<{name}>", members)
    return words


def _lists(data: Mapping[str, Any], section: str, path: Path) -> list[tuple[str, list[str]]]:
    value = data[section]
    for name, members in value.items():
        if not isinstance(members, str):
            raise BadData("must be words in one text, apart by blanks", file=path.name, entry=name)
    return [(name, members.split()) for name, members in value.items()]
