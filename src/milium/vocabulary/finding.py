"""All mentions of known names in a text, longest first, in time linear in the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from milium.vocabulary.naming import chunk_words, normal_name, normal_word
from milium.vocabulary.spelling import Slips


Payload = TypeVar("Payload")
Hit = tuple[int, int, Payload]

# The key that ends a name in the tree of words; no normal word is empty.
_END = ""
# A word that no name holds, so that every walk ends there.
STRANGE = "\0"
# Stands for any number in a name.
NUMBER = "#"
# An abbreviation such as A&E, a word, a line's end where a new line of thought begins, a dash between spaces, or another mark.
# Hyphens inside words and other white space part words and are no tokens.
SCAN = re.compile(
    r"[^\W\d_]&[^\W\d_]s?(?![^\W_])|[^\W_]+(?:['’][^\W_]+)*|\n(?=[ \t]{0,9}[\nA-Z0-9*•(\-–])|(?<=\s)[-–—](?=\s)|[^\w\s\-‐‑–]|_"
)
_LONGEST_WORD = 48
_REMEMBERED = 65536


class Words(dict[str, str]):
    """From a word as written to its normal form, remembering what was asked; bounded."""

    def __init__(self) -> None:
        super().__init__()
        self._known: Counter[str] = Counter()
        self._uncounted: list[str] = []
        self._slips: Slips | None = None

    def __missing__(self, raw: str) -> str:
        normal = self._normal(raw)
        if len(self) < _REMEMBERED:
            self[raw] = normal
        return normal

    def count(self, words: Iterable[str]) -> None:
        """Take normal ``words`` as known, once more each."""
        self.clear()
        self._slips = None
        for word in words:
            self._known[word] += 1

    def count_names(self, names: Iterable[str]) -> None:
        """Take the words of ``names`` as known. They are counted when a text first holds a word that may be a slip."""
        self.clear()
        self._slips = None
        self._uncounted.extend(names)

    def _normal(self, raw: str) -> str:
        if len(raw) > _LONGEST_WORD:
            return STRANGE
        word = normal_word(raw)
        if not raw[0].isdecimal() and not Slips.may_be(word):
            return word or STRANGE
        known = self._counted()
        if word in known:
            return word
        if raw[0].isdecimal():
            return self._measure(word)
        if self._slips is None:
            self._slips = Slips(known)
        return self._slips.meant(word) or STRANGE

    def _counted(self) -> Counter[str]:
        if self._uncounted:
            known = self._known.copy()
            for chunk, times in Counter(" ".join(self._uncounted).split()).items():
                for word in chunk_words(chunk):
                    known[word] += times
            self._known, self._uncounted = known, []
        return self._known

    def _measure(self, word: str) -> str:
        """A number, or a number with its unit in one piece (``#mg`` for 100mg)."""
        measure = NUMBER + word.lstrip("0123456789")
        if measure == NUMBER:
            return NUMBER
        return measure if measure in self._known else STRANGE


class NameTree(Generic[Payload]):
    """Names as a tree of normal words, each with what it stands for."""

    def __init__(self) -> None:
        self._tree: dict[str, Any] = {}
        self._words = Words()

    def add(self, words: Sequence[str], payload: Payload) -> None:
        """Let the name made of these normal words stand for ``payload``; the last one added holds."""
        if not words:
            return
        self._words.count(words)
        node = self._tree
        for word in words:
            node = node.setdefault(word, {})
        node[_END] = payload

    def scan(self, text: str) -> tuple[list[re.Match[str]], list[Hit[Payload]]]:
        """The tokens of ``text``, and ``(first, past, payload)`` for each name, in token numbers.

        Names are longest from each place on, and never overlap.
        """
        tokens = list(SCAN.finditer(text))
        normal = self._words
        words = [normal[token[0]] for token in tokens]
        words.append(STRANGE)
        return tokens, self._hits(words)

    def _hits(self, words: list[str]) -> list[Hit[Payload]]:
        tree, hits = self._tree, []
        at, end = 0, len(words) - 1
        while at < end:
            node = tree.get(words[at])
            if node is None:
                at += 1
                continue
            past, payload = _longest(node, words, at + 1)
            if past:
                hits.append((at, past, payload))
                at = past
            else:
                at += 1
        return hits


def _longest(node: dict[str, Any], words: list[str], at: int) -> tuple[int, Any]:
    past, payload = 0, None
    while True:
        if _END in node:
            past, payload = at, node[_END]
        deeper = node.get(words[at])
        if deeper is None:
            deeper = node.get(NUMBER) if NUMBER in node and words[at][0].isdecimal() else None
            if deeper is None:
                return past, payload
        node = deeper
        at += 1


@dataclass(frozen=True, slots=True)
class Mention:
    """``text[start:end]`` names one of ``concepts`` (ids; several where a name is shared)."""

    start: int
    end: int
    concepts: tuple[str, ...]


class Finder:
    """Finds names by walking a tree of normal words, the longest name from each place on.

    Names never overlap in the result, and are never found across a punctuation mark.
    """

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """``names`` are pairs of a name and the id it stands for."""
        ids: dict[tuple[str, ...], dict[str, None]] = {}
        for name, concept in names:
            ids.setdefault(normal_name(name), {})[concept] = None
        self._tree: NameTree[tuple[str, ...]] = NameTree()
        for words, concepts in ids.items():
            self._tree.add(words, tuple(concepts))

    def find(self, text: str) -> tuple[Mention, ...]:
        """The mentions in ``text``, left to right; offsets are indices into ``text`` as given."""
        tokens, hits = self._tree.scan(text)
        return tuple(
            Mention(tokens[first].start(), tokens[past - 1].end(), concepts)
            for first, past, concepts in hits
        )
