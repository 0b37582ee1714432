"""What a token may be used for, as a table, and who may make one that does it. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal


Role = Literal["specialist", "moderator", "operator"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """One thing a token may do. ``roles`` may make such a token; it works as long as its maker has one of them."""

    name: str
    says: str
    roles: frozenset[Role]


SPECIALIST: frozenset[Role] = frozenset({"specialist"})
MODERATOR: frozenset[Role] = frozenset({"moderator"})
OPERATOR: frozenset[Role] = frozenset({"operator"})
SCOPES = {
    scope.name: scope
    for scope in (
        Scope(
            name="cases:read", says="Read your queue, your cases and their answers", roles=SPECIALIST
        ),
        Scope(
            name="cases:write", says="Take cases, pass them on, and ask the person", roles=SPECIALIST
        ),
        Scope(
            name="opinions:write", says="Write your answers and sign them", roles=SPECIALIST
        ),
        Scope(name="fhir:read", says="Read your cases as FHIR", roles=SPECIALIST),
        Scope(
            name="fhir:write",
            says="Send cases, and drafts of your answers, as FHIR",
            roles=SPECIALIST | OPERATOR,
        ),
        Scope(
            name="moderation:read", says="Read the cases that wait for a moderator", roles=MODERATOR
        ),
        Scope(name="moderation:write", says="Open and hold cases", roles=MODERATOR),
        Scope(name="operator:read", says="Read how the site is doing, and no case", roles=OPERATOR),
    )
}  # fmt: skip
# What the holder of a case's secret link may do with it: everything of their own case.
OF_THE_ASKER = frozenset({"own:read", "own:write", "fhir:read"})


def offered(roles: Collection[Role]) -> tuple[Scope, ...]:
    """The scopes that somebody with these roles may give a token."""
    return tuple(scope for scope in SCOPES.values() if scope.roles & set(roles))


def is_allowed(scope: str, roles: Collection[Role]) -> bool:
    """Whether a token of somebody with these roles may be used for it now."""
    return scope in SCOPES and bool(SCOPES[scope].roles & set(roles))
