"""Who sees which opinions of a case: the one place that decides it. Pure.

Opinions are sealed. A specialist who knows what a colleague wrote moves towards it, so nothing of the others' is
given out (no word, no name, no count) before their own is signed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, TypeVar, assert_never

from milium_site.opinions.workflow import COMMITTED, DRAFT, STANDING, WITHDRAWN


class Sealed(Protocol):
    """What deciding needs to know of an opinion."""

    @property
    def specialist_id(self) -> int:
        """Its author."""
        ...

    @property
    def state(self) -> str:
        """Where it stands in ``workflow.OPINION``."""
        ...


Item = TypeVar("Item", bound=Sealed)


@dataclass(frozen=True, slots=True)
class TheAsker:
    """Whoever holds the case's secret link."""


@dataclass(frozen=True, slots=True)
class Panellist:
    """A specialist with a seat on the case's panel."""

    specialist_id: int


@dataclass(frozen=True, slots=True)
class Stranger:
    """Everybody else, staff included."""


@dataclass(frozen=True, slots=True)
class Moderator:
    """A moderator without a seat on the case's panel: they read what was signed, hidden or not, and no draft."""


Reader = TheAsker | Panellist | Stranger | Moderator


def visible(opinions: Iterable[Item], reader: Reader) -> Iterator[Item]:
    """The opinions that ``reader`` may see, in the order given; a panellist's own comes first."""
    match reader:
        case TheAsker():
            yield from (o for o in opinions if o.state in STANDING)
        case Panellist(specialist_id):
            yield from _for_panellist(list(opinions), specialist_id)
        case Moderator():
            yield from (o for o in opinions if o.state in COMMITTED)
        case Stranger():
            yield from ()
        case _:
            assert_never(reader)


def _for_panellist(opinions: list[Item], specialist_id: int) -> Iterator[Item]:
    # Their own first: it is what they came to write, and the only one they may see while they write it.
    own = [o for o in opinions if o.specialist_id == specialist_id]
    yield from own
    if any(o.state in COMMITTED for o in own):
        yield from (o for o in opinions if o.specialist_id != specialist_id and o.state in STANDING)


def withdrawn(opinions: Iterable[Item], reader: Reader) -> Iterator[Item]:
    """The opinions that were taken back, for those who may know of any: the asker, moderators, and who has signed."""
    match reader:
        case TheAsker() | Moderator():
            yield from (o for o in opinions if o.state == WITHDRAWN)
        case Panellist(specialist_id):
            every = list(opinions)
            if not is_sealed(every, specialist_id):
                yield from (o for o in every if o.state == WITHDRAWN)
        case Stranger():
            yield from ()
        case _:
            assert_never(reader)


def is_sealed(opinions: Iterable[Sealed], specialist_id: int) -> bool:
    """Whether the specialist still writes: they have no opinion, or a draft."""
    return all(o.state == DRAFT for o in opinions if o.specialist_id == specialist_id)
