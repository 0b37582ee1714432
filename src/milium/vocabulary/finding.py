"""All mentions of known names in a text, longest first, in time linear in the text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from milium.vocabulary.naming import TOKEN, normal_name, normal_word


# The key that ends a name in the tree of words; no normal word is empty.
_END = ""


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
        self._tree: dict[str, Any] = {}
        for name, concept in names:
            self._add(normal_name(name), concept)

    def _add(self, words: tuple[str, ...], concept: str) -> None:
        if not words:
            return
        node = self._tree
        for word in words:
            node = node.setdefault(word, {})
        ids = node.get(_END, ())
        if concept not in ids:
            node[_END] = (*ids, concept)

    def find(self, text: str) -> tuple[Mention, ...]:
        """The mentions in ``text``, left to right; offsets are indices into ``text`` as given."""
        tokens = list(TOKEN.finditer(text))
        words = [normal_word(token.group()) for token in tokens]
        words.append("\n")  # no name holds it, so that every walk ends at the text's end
        found: list[Mention] = []
        at = 0
        while at < len(tokens):
            length, ids = self._longest(words, at)
            if ids:
                found.append(Mention(tokens[at].start(), tokens[at + length - 1].end(), ids))
            at += length or 1
        return tuple(found)

    def _longest(self, words: list[str], at: int) -> tuple[int, tuple[str, ...]]:
        node = self._tree.get(words[at])
        length, ids, walked = 0, (), 0
        while node is not None:
            walked += 1
            if _END in node:
                length, ids = walked, node[_END]
            node = node.get(words[at + walked])
        return length, ids
