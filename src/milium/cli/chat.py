"""``milium read --reader chat``: the chat endpoint of the settings, and an account of how it did."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from milium import api
from milium.errors import UnusableInput


class CountedReader:
    """A reader that counts what was dropped and what another reader had to read."""

    def __init__(self, reader: api.Reader) -> None:
        self._reader = reader
        self.name, self.version = reader.name, reader.version
        self.texts = 0
        self.fallbacks: Counter[str] = Counter()
        self.dropped: Counter[str] = Counter()

    def read(self, text: str) -> api.Reading:
        """What ``text`` says."""
        reading = self._reader.read(text)
        self.texts += 1
        self.dropped.update(dict(reading.dropped))
        if reading.fallback:
            self.fallbacks[reading.fallback] += 1
        return reading

    def account(self) -> Iterator[str]:
        """What a person should know of a run that did not go as asked: at most two lines."""
        if self.fallbacks:
            yield (
                f"{self.fallbacks.total()} of {self.texts} texts were read by the built-in reader "
                f"({_listed(self.fallbacks)})"
            )
        if self.dropped:
            yield f"{self.dropped.total()} statements were dropped ({_listed(self.dropped)})"


def _listed(counts: Counter[str]) -> str:
    return "; ".join(f"{reason}: {count}" for reason, count in counts.most_common())


@contextmanager
def chat_reader() -> Iterator[api.Reader]:
    """The reader that the settings name; closing says on standard error how it did.

    Raises ``UnusableInput`` where the settings or the package it needs are missing.
    """
    try:
        # Needs a package that only this reader needs.
        from milium.chat import chat_reader as connected  # noqa: PLC0415
    except ModuleNotFoundError as error:
        if error.name != "httpx":
            raise
        raise UnusableInput(
            "--reader chat needs the package httpx; install it with: pip install 'milium[chat]'"
        ) from None
    with connected(os.environ) as reader:
        counted = CountedReader(reader)
        try:
            yield counted
        finally:
            for line in counted.account():
                print(f"milium: {line}", file=sys.stderr)
