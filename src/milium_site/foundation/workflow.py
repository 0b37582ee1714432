"""A workflow is a table of legal moves; its diagram is drawn from the table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


class IllegalMove(Exception):
    """The table has no such move. The message names the workflow, where it stands and where it cannot go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workflow:
    """``moves[state]`` holds every state that may follow; a final state has an empty set."""

    name: str
    start: str
    moves: Mapping[str, frozenset[str]]

    def __post_init__(self) -> None:
        unknown = {to for ends in self.moves.values() for to in ends} - set(self.moves)
        if unknown or self.start not in self.moves:
            raise ValueError(f"{self.name}: states without a row: {sorted(unknown) or self.start}")

    def check(self, state: str, to: str) -> None:
        """Raises ``IllegalMove`` unless the table has the move."""
        if to not in self.moves[state]:
            raise IllegalMove(f"{self.name} is {state} and cannot become {to}")

    def mermaid(self) -> str:
        """The diagram, as docs/site/workflows.md holds it."""
        arrows = [
            f"    {state} --> {to}" for state, ends in self.moves.items() for to in sorted(ends)
        ]
        return "\n".join(["stateDiagram-v2", f"    [*] --> {self.start}", *arrows])
