"""One thing people speak of: a condition, a site, a symptom, a treatment, a test, a specialty, an outlook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args


Kind = Literal["condition", "site", "symptom", "treatment", "test", "specialty", "outlook"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A code of another system (``ICD10CM``, ``DOID``, ``HP``, ``UBERON``).

    ``match`` is ``bucket`` where the code's category is broader than the concept or residual, else ``named``.
    """

    system: str
    value: str
    match: Literal["named", "bucket"] = "named"


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """An entry of the vocabulary. ``id`` is ``kind:slug``; ``is_a`` holds the ids of its classes.

    ``form`` says what sort of entry it is within its kind (``class``, ``drug``, ``procedure``, ``group`` ...).
    ``lookup_only`` names are too general to be searched for in a text ("head" for the scalp).
    """

    id: str
    kind: Kind
    name: str
    form: str = ""
    is_a: tuple[str, ...] = ()
    clinical: tuple[str, ...] = ()
    lay: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    misspellings: tuple[str, ...] = ()
    lookup_only: tuple[str, ...] = ()
    codes: tuple[Code, ...] = ()
    source: str = "milium"

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, the preferred one first."""
        return (*self.searched_names, *self.lookup_only)

    @property
    def searched_names(self) -> tuple[str, ...]:
        """The names that are found in texts, the preferred one first."""
        return (self.name, *self.clinical, *self.lay, *self.brands, *self.misspellings)
