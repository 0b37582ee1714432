"""Names and phrases with choices as one machine over words, its states worked out when first met.

Names can be left out until a text holds their first word: few of the many are ever met.

A phrase with many choices stands for too many wordings to spell out. So phrases are kept as a graph whose nodes
are places in phrases; a state of the machine is the set of places a run of words can have led to. States are
remembered, so that a walk costs one look-up a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from threading import Lock
from typing import Any, Generic, TypeVar

from milium.vocabulary import NUMBER, SCAN, STRANGE, Words


Payload = TypeVar("Payload")
Wording = tuple[str, ...]
_END = ""
_START = 0


class Automaton(Generic[Payload]):
    """Finds the longest names and phrases of a text, left to right, never overlapping."""

    def __init__(self, merge: Callable[[list[Payload]], Payload]) -> None:
        """``merge`` makes one payload of those of all the phrases that a run of words fits, first added first."""
        self._merge = merge
        self._edges: list[dict[str, list[int]]] = [{}]
        self._skips: dict[int, list[int]] = {}
        self._accepts: dict[int, Payload] = {}
        self._states: dict[frozenset[int], dict[str, Any]] = {}
        self._start: dict[str, Any] = {}
        self._first_words: Iterable[str] = ()
        self._below: Callable[[str], Iterable[tuple[Wording, Payload]]] = _none_below
        self._growing = Lock()
        self.words = Words()

    # -- building

    def add_name(self, words: Wording, payload: Payload) -> None:
        """Let these words stand for ``payload``; names share their beginnings."""
        self._put(words, payload)
        self.words.count(words)

    def add_names(
        self,
        first_words: Iterable[str],
        below: Callable[[str], Iterable[tuple[Wording, Payload]]],
    ) -> None:
        """Let the names that ``below`` gives for a first word be known from when a text first holds that word.

        Each name comes once, and is no name added otherwise; ``words`` are to be told of their words.
        """
        self._first_words, self._below = first_words, below

    def _put(self, words: Wording, payload: Payload) -> None:
        node = _START
        for word in words:
            nodes = self._edges[node].setdefault(word, [])
            if not nodes:
                nodes.append(self._node())
            node = nodes[0]
        self._accept(node, payload)

    def add_phrase(self, parts: Sequence[Sequence[Wording]], payload: Payload) -> None:
        """Let each wording of the phrase stand for ``payload``: one choice of every part, in order."""
        start = node = self._node()
        for choices in parts:
            after = self._node()
            for choice in choices:
                self._path(node, choice, after)
            node = after
        self.words.count(word for choices in parts for choice in choices for word in choice)
        self._accept(node, payload)
        self._skips.setdefault(_START, []).append(start)

    def _node(self) -> int:
        self._edges.append({})
        return len(self._edges) - 1

    def _accept(self, node: int, payload: Payload) -> None:
        held = self._accepts.get(node)
        self._accepts[node] = payload if held is None else self._merge([held, payload])

    def _path(self, node: int, words: Wording, after: int) -> None:
        if not words:
            self._skips.setdefault(node, []).append(after)
            return
        for word in words[:-1]:
            between = self._node()
            self._edges[node].setdefault(word, []).append(between)
            node = between
        self._edges[node].setdefault(words[-1], []).append(after)

    def close(self) -> None:
        """Make the machine ready, after the last phrase."""
        self._states.clear()
        self._start = self._state(self._reach([_START]))
        self._start.pop(_END, None)
        for word in self._first_words:
            self._start.setdefault(word, ())

    @property
    def size(self) -> int:
        """How many states have been worked out so far."""
        return len(self._states)

    # -- states

    def _reach(self, nodes: Iterable[int]) -> frozenset[int]:
        reached: set[int] = set()
        open_nodes = list(nodes)
        while open_nodes:
            node = open_nodes.pop()
            if node not in reached:
                reached.add(node)
                open_nodes += self._skips.get(node, ())
        return frozenset(reached)

    def _state(self, nodes: frozenset[int]) -> dict[str, Any]:
        state = self._states.get(nodes)
        if state is None:
            state = self._states[nodes] = self._worked_out(nodes)
        return state

    def _met(self, state: dict[str, Any], word: str, after: tuple[int, ...]) -> dict[str, Any]:
        """The state that ``word`` leads to, now that it is first met."""
        if state is not self._start:
            state[word] = reached = self._state(self._reach(after))
            return reached
        # Readers are shared between threads, and this step changes more than one thing.
        with self._growing:
            held: dict[str, Any] | tuple[int, ...] = state[word]
            if isinstance(held, tuple):
                for words, payload in self._below(word):
                    self._put(words, payload)
                named = self._edges[_START].get(word, ())
                held = state[word] = self._state(self._reach((*after, *named)))
            return held

    def _worked_out(self, nodes: frozenset[int]) -> dict[str, Any]:
        leads: dict[str, list[int]] = {}
        for node in nodes:
            for word, after in self._edges[node].items():
                leads.setdefault(word, []).extend(after)
        state: dict[str, Any] = {word: tuple(after) for word, after in leads.items()}
        accepted = [self._accepts[node] for node in sorted(nodes) if node in self._accepts]
        if accepted:
            state[_END] = accepted[0] if len(accepted) == 1 else self._merge(accepted)
        return state

    # -- walking

    def scan(self, text: str) -> tuple[list[re.Match[str]], list[tuple[int, int, Payload]]]:
        """The tokens of ``text``, and ``(first, past, payload)`` for each find, in token numbers."""
        tokens = list(SCAN.finditer(text))
        normal = self.words
        words = [normal[token[0]] for token in tokens]
        words.append(STRANGE)
        return tokens, self._finds(words)

    def _finds(self, words: list[str]) -> list[tuple[int, int, Payload]]:
        start, finds = self._start, []
        at, end = 0, len(words) - 1
        while at < end:
            word = words[at]
            if word in start:
                past, payload = self._longest(words, at)
                if past:
                    finds.append((at, past, payload))
                    at = past
                    continue
            at += 1
        return finds

    def _longest(self, words: list[str], at: int) -> tuple[int, Any]:
        state, past, payload = self._start, 0, None
        while True:
            word = words[at]
            after = state.get(word)
            if after is None:
                if NUMBER not in state or not word[0].isdecimal():
                    return past, payload
                word = NUMBER
                after = state[word]
            if after.__class__ is tuple:
                after = self._met(state, word, after)
            state = after
            at += 1
            if _END in state:
                past, payload = at, state[_END]


def _none_below(_: str) -> tuple[()]:
    return ()
