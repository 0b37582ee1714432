"""One thing an opinion says, with the words that say it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from milium.statements.concept_ref import ConceptRef
from milium.statements.quote import Quote


StatementKind = Literal["diagnosis", "treatment", "test", "referral", "outlook"]
Stance = Literal[
    "likely", "possible", "unlikely", "recommended", "option", "avoid", "unneeded", "conditional"
]
Route = Literal["topical", "oral", "injected", "intralesional"]

STATEMENT_KINDS: tuple[StatementKind, ...] = get_args(StatementKind)

# Weakest first: when a concept is spoken of twice, the stronger stance is kept.
STANCES: dict[StatementKind, tuple[Stance | None, ...]] = {
    "diagnosis": ("unlikely", "possible", "likely"),
    "treatment": ("avoid", "option", "recommended"),
    "test": ("unneeded", "option", "recommended"),
    "referral": ("conditional", "recommended"),
    "outlook": (None,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one specialist says of one concept for this case.

    ``stance`` belongs to the kind (``STANCES``); ``route`` is a treatment's, and only when the text says it;
    ``condition`` holds the words the advice depends on. Raises ``ValueError`` on a stance of another kind.
    """

    kind: StatementKind
    concept: ConceptRef
    stance: Stance | None
    route: Route | None = None
    condition: str | None = None
    quote: Quote

    def __post_init__(self) -> None:
        if self.stance not in STANCES[self.kind]:
            raise ValueError(f"{self.stance!r} is no stance of a {self.kind}")
