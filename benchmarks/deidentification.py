"""How many planted identifiers de-identification masks, and how many medical words it takes with them.

python -m benchmarks.deidentification
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from milium import api


CORPUS = Path(__file__).resolve().parents[1] / "tests" / "corpus" / "identifiers.jsonl"


@dataclass(slots=True)
class Figures:
    """Counts over texts; an identifier counts as masked when each letter and digit of it is."""

    planted: int = 0
    found: int = 0
    medical: int = 0
    lost: int = 0
    missed: Counter[str] = field(default_factory=Counter)

    @property
    def masked(self) -> float:
        """The share of planted identifiers that were masked."""
        return self.found / self.planted

    @property
    def medical_lost(self) -> float:
        """The share of words of medical names, outside identifiers, that were masked."""
        return self.lost / self.medical


def identifiers() -> list[dict[str, Any]]:
    """The texts with their planted identifiers."""
    return [json.loads(line) for line in CORPUS.read_text("utf-8").splitlines()]


def measure(texts: Sequence[dict[str, Any]]) -> Figures:
    """Mask each text and count."""
    figures = Figures()
    for entry in texts:
        text = entry["text"]
        hidden = {n for span in api.deidentify(text).spans for n in range(span.start, span.end)}
        planted = set()
        for identifier in entry["identifiers"]:
            places = range(identifier["start"], identifier["end"])
            planted.update(places)
            whole = all(n in hidden for n in places if text[n].isalnum())
            figures.planted += 1
            figures.found += whole
            figures.missed[identifier["kind"]] += not whole
        for mention in api.vocabulary().mentions(text):
            places = range(mention.start, mention.end)
            if planted.isdisjoint(places):
                words = len(text[mention.start : mention.end].split())
                figures.medical += words
                figures.lost += words * (not hidden.isdisjoint(places))
    return figures


def main() -> None:
    """Print the figures of both halves."""
    texts = identifiers()
    for name, half in (("seen while writing the rules", 0), ("unseen", 1)):
        figures = measure(texts[half::2])
        missed = ", ".join(f"{n} {kind}" for kind, n in figures.missed.items() if n) or "none"
        print(
            f"{name}: {figures.found} of {figures.planted} identifiers masked ({figures.masked:.1%}; missed: {missed}); "
            f"{figures.lost} of {figures.medical} medical words masked ({figures.medical_lost:.1%})"
        )


if __name__ == "__main__":
    main()
