"""What a condition, a treatment or a test is, in Milium's own two sentences. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from milium.api import Concept, PlainText, text_of, vocabulary


KINDS = {"condition": "Conditions", "treatment": "Treatments", "test": "Tests"}
MOST_NAMES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A concept with its text. ``kind`` and ``slug`` make its address."""

    kind: str
    slug: str
    name: str
    text: PlainText
    other_names: tuple[str, ...]
    brands: tuple[str, ...]

    @property
    def id(self) -> str:
        """The concept's id."""
        return f"{self.kind}:{self.slug}"


@lru_cache(maxsize=4096)
def explained(concept_id: str) -> Explained | None:
    """What Milium says of the concept; None where it carries no text."""
    text, kind = text_of(concept_id), concept_id.partition(":")[0]
    if text is None or kind not in KINDS:
        return None
    concept = vocabulary().concept(concept_id)
    return Explained(
        kind=kind,
        slug=concept_id.partition(":")[2],
        name=capital(concept.name),
        text=text,
        other_names=other_names(concept),
        brands=concept.brands[:MOST_NAMES],
    )


def other_names(concept: Concept) -> tuple[str, ...]:
    """The first few other names, what people say before what clinicians write, each once."""
    names = {name.casefold(): name for name in reversed((*concept.lay, *concept.clinical))}
    names.pop(concept.name.casefold(), None)
    return tuple(reversed(names.values()))[:MOST_NAMES]


def every_explained() -> tuple[tuple[str, tuple[Explained, ...]], ...]:
    """Every text under the heading of its kind, by name."""
    return tuple(
        (heading, tuple(sorted(_of(kind), key=lambda e: e.name.casefold())))
        for kind, heading in KINDS.items()
    )


def _of(kind: str) -> Iterator[Explained]:
    for concept in vocabulary():
        if concept.kind == kind and (found := explained(concept.id)):
            yield found


def capital(name: str) -> str:
    """The name as a heading has it."""
    return name[:1].upper() + name[1:]
