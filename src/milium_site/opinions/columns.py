"""Each answer of a comparison as its author's: who they were when they signed, what they changed since, what they replied."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from milium_site.opinions.models import Opinion
from milium_site.opinions.workflow import AMENDED
from milium_site.people.presenters import credential_card


# What is said of a check that counted when the answer was signed and does not any more.
SINCE = {
    "expired": "This check has expired since.",
    "withdrawn": "This check was withdrawn since.",
    "unchecked": "This check does not count any more.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What the answer said before it was amended."""

    signed_at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One opinion, as the head of a column and as a whole answer below."""

    id: str
    name: str
    profession: str
    credential: str
    checked_on: date
    is_demo: bool
    signed_at: datetime | None
    text: str
    own: bool = False
    register: str = ""
    looked_at: str = ""
    expires_on: date | None = None
    conflicts: str = ""
    since: str = ""
    amended_at: datetime | None = None
    because: str = ""
    earlier: tuple[Earlier, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Replied:
    """What an author said to a row on which they differ."""

    name: str
    text: str
    at: datetime
    own: bool


def columns_of(opinions: Iterable[Opinion], *, own: int | None = None) -> tuple[Column, ...]:
    """The heads of the columns, from what was known of each author on the day they signed."""
    return tuple(_column(opinion, own) for opinion in opinions)


def _column(opinion: Opinion, own: int | None) -> Column:
    known, copy = opinion.credential, is_copy(opinion)
    amended = opinion.state == AMENDED
    return Column(
        id=str(opinion.pk),
        name=known["name"],
        profession=known["profession"],
        credential=known["credential"],
        checked_on=date.fromisoformat(known["checked_on"]),
        is_demo=bool(known["demo"]),
        signed_at=opinion.signed_at,
        text=opinion.text,
        own=opinion.pk == own,
        register=known.get("register", ""),
        looked_at=known.get("looked_at", ""),
        expires_on=_day(known.get("expires_on", "")),
        conflicts=known.get("conflicts", ""),
        since="" if copy else SINCE.get(credential_card(opinion.specialist).standing, ""),
        amended_at=opinion.changed_at if amended else None,
        because=opinion.because if amended else "",
        earlier=() if copy else _earlier(opinion),
    )


def _day(iso: str) -> date | None:
    return date.fromisoformat(iso) if iso else None


def is_copy(opinion: Opinion) -> bool:
    """Whether it stands in for a published answer: that has no author's row, and nothing hangs on it."""
    return opinion.specialist_id is None


def _earlier(opinion: Opinion) -> tuple[Earlier, ...]:
    versions = reversed(opinion.earlier.all())
    return tuple(Earlier(signed_at=v.signed_at, text=v.text) for v in versions)


def replies_by_row(
    opinions: Iterable[Opinion], *, own: int | None = None
) -> dict[str, tuple[Replied, ...]]:
    """What the authors said to the rows on which they differ, by the row's name."""
    by_row: dict[str, tuple[Replied, ...]] = {}
    for opinion in (o for o in opinions if not is_copy(o)):
        for reply in opinion.replies.all():
            said = Replied(
                name=opinion.credential["name"], text=reply.text, at=reply.at, own=opinion.pk == own
            )
            by_row[reply.row] = (*by_row.get(reply.row, ()), said)
    return by_row
