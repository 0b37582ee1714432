"""The vocabulary, loaded once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from milium.errors import UnusableInput
from milium.vocabulary import KINDS, Concept, Kind, Vocabulary, load_vocabulary


# What ``lookup`` takes for a kind: the kinds of the vocabulary, and the kinds of statements that go by another name.
LOOKUP_KINDS: Mapping[str, Kind] = {
    **{kind: kind for kind in KINDS},
    "diagnosis": "condition",
    "referral": "specialty",
}


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The vocabulary Milium carries, loaded once."""
    return load_vocabulary()


def lookup(name: str, kind: str | None = None) -> Concept | None:
    """The concept that any of its names stands for, among those of ``kind`` (one of ``LOOKUP_KINDS``) where one is given.

    Raises ``UnusableInput`` on a kind that is none.
    """
    if kind is not None and kind not in LOOKUP_KINDS:
        raise UnusableInput(f"there is no kind {kind!r}; it is one of {', '.join(LOOKUP_KINDS)}")
    return vocabulary().lookup(name, LOOKUP_KINDS[kind] if kind else None)
