"""Phrases with word classes and gaps, kept in one tree and found in a text in one walk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from milium.triage.tokens import Tokens
from milium.triage.words import Words


# `..` lets up to 3 words stand between, `...` up to 7; never a negator, a contrast or the end of a sentence.
_GAPS = {"..": 3, "...": 7}
# `a & b` finds the parts in either order with a `..` between them, `a && b` with a `...`.
_EITHER_ORDER = {"&": "..", "&&": "..."}
_TAKE_BACK = "@!"  # how names of cues and of exceptions begin
_STEP = re.compile(r"(?:<[\w.+-]+>|[^\W_]+)(?:\|(?:<[\w.+-]+>|[^\W_]+))*\??")

Span = tuple[int, int]


@dataclass(slots=True)
class Node:
    """A place in the tree: words that lead on, gaps that lead on, and the names that end here."""

    edges: dict[str, Node] = field(default_factory=dict)
    gaps: dict[int, Node] = field(default_factory=dict)
    ends: list[str] = field(default_factory=list)


class Patterns:
    """A tree of phrases, each under a name."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.root = Node()
        self.barriers: frozenset[str] = frozenset()

    def add(self, name: str, pattern: str) -> None:
        """Let ``pattern`` be found under ``name``. Raises ``ValueError`` with the reason when it cannot be read."""
        for order in _orders(pattern.split()):
            self._add_in_order(name, order, pattern)

    def _add_in_order(self, name: str, steps: list[str], pattern: str) -> None:
        if not steps or steps[0] in _GAPS or steps[-1] in _GAPS:
            raise ValueError(f"pattern {pattern!r} must begin and end with a word")
        for path in self._paths(steps, pattern):
            node = self.root
            for step in path:
                node = self._next(node, step)
            if name not in node.ends:
                node.ends.append(name)

    def _paths(self, steps: list[str], pattern: str) -> Iterator[list[str]]:
        if not steps:
            yield []
            return
        step, rest = steps[0], steps[1:]
        if step not in _GAPS and not _STEP.fullmatch(step):
            raise ValueError(f"pattern {pattern!r} has an unreadable part {step!r}")
        for tail in self._paths(rest, pattern):
            yield [step.rstrip("?"), *tail]
            if step.endswith("?"):
                yield tail

    def _next(self, node: Node, step: str) -> Node:
        if step in _GAPS:
            return node.gaps.setdefault(_GAPS[step], Node())
        return node.edges.setdefault(self._key(step), Node())

    def _key(self, step: str) -> str:
        if "|" in step:
            self._learn_choice(step)
            return step
        if step.startswith("<"):
            if not self.words.class_known(step):
                raise ValueError(f"{step} is no class of words")
            return step
        return self.words.learn(step)

    def _learn_choice(self, step: str) -> None:
        for part in step.split("|"):
            key = self._key(part)
            if key.startswith("<"):
                members = [w for w, names in self.words.classes.items() if key in names]
                for member in members:
                    self.words.classes[member].add(step)
            else:
                self.words.classes.setdefault(key, set()).add(step)

    def find(self, tokens: Tokens) -> dict[str, list[Span]]:
        """Every match as (first word, word after the last), in order: one for each first word, the shortest,

        but for cues (``@``) and exceptions (``!``) the longest, which says more exactly what is taken back.
        """
        found: dict[str, list[Span]] = {}
        edges = self.root.edges
        for first, keys in enumerate(tokens.keys):
            for key in keys:
                node = edges.get(key)
                if node is not None:
                    self._walk(node, first, tokens, found)
        return found

    def _walk(self, node: Node, first: int, tokens: Tokens, found: dict[str, list[Span]]) -> None:
        best: dict[str, int] = {}
        open_: list[tuple[Node, int]] = [(node, first + 1)]
        while open_:
            node, at = open_.pop()
            for name in node.ends:
                known = best.get(name)
                if known is None or (at > known if name[0] in _TAKE_BACK else at < known):
                    best[name] = at
            open_.extend(self._onward(node, at, tokens))
        for name, end in best.items():
            spans = found.setdefault(name, [])
            if spans and spans[-1][0] == first:
                pick = max if name[0] in _TAKE_BACK else min
                spans[-1] = (first, pick(end, spans[-1][1]))
            else:
                spans.append((first, end))

    def _onward(self, node: Node, at: int, tokens: Tokens) -> Iterator[tuple[Node, int]]:
        if node.edges:
            yield from self._steps(node, at, tokens, self._skips(at, tokens))
        for limit, after in node.gaps.items():
            yield from self._steps(after, at, tokens, limit)

    def _skips(self, at: int, tokens: Tokens) -> int:
        skips = 0
        while at + skips < len(tokens) and tokens.words[at + skips] in self.words.skippable:
            skips += 1
        return skips

    def _steps(self, node: Node, at: int, tokens: Tokens, limit: int) -> Iterator[tuple[Node, int]]:
        for place in range(at, min(at + limit + 1, len(tokens))):
            if tokens.sentence[place] != tokens.sentence[at - 1]:
                return
            for key in tokens.keys[place]:
                onward = node.edges.get(key)
                if onward is not None:
                    yield onward, place + 1
            if tokens.words[place] in self.barriers:
                return


def _orders(steps: list[str]) -> list[list[str]]:
    """Every order in which the parts of a pattern may stand: one, or two for each sign for either order."""
    for at, step in enumerate(steps):
        if step in _EITHER_ORDER:
            first, gap = steps[:at], _EITHER_ORDER[step]
            rests = _orders(steps[at + 1 :])
            return [
                order for rest in rests for order in ([*first, gap, *rest], [*rest, gap, *first])
            ]
    return [steps]
