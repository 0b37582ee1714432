"""Whether the record is as it was written: every entry in the chain, every digest right, the end where it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from milium_site.record.anchor import Anchor, ForeignAnchor, kept
from milium_site.record.chain import digest_of
from milium_site.record.models import Entry, Head, Link, Waiting


AT_ONCE = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """``wrong`` says, one line each, what was found; an empty one means that the record is sound.

    ``number`` and ``digest`` are the end of the chain, to be noted somewhere else; ``waiting`` counts entries that
    were written just now and have no place in the chain yet.
    """

    wrong: tuple[str, ...]
    number: int
    digest: str
    waiting: int


def verify(*, noted: tuple[int, str] | None = None) -> Verdict:
    """Walks the whole chain. ``noted`` is an end that somebody wrote down earlier."""
    head = Head.objects.filter(pk=1).first()
    if head is None:
        wrong = [*_without_record(), *_unchained()]
        return Verdict(wrong=tuple(wrong), number=0, digest="", waiting=Waiting.objects.count())
    ends = list(_ends(head, noted))
    walk = _Walk(before=head.name, ends=ends)
    wrong = [*walk.along(), *_at_the_end(head, walk), *_foreign(head), *_unchained()]
    return Verdict(
        wrong=tuple(wrong),
        number=walk.number,
        digest=walk.before,
        waiting=Waiting.objects.count(),
    )


class _Walk:
    """Goes along the links; ``number`` and ``before`` are where it stands, ``ends`` what must be met on the way."""

    def __init__(self, *, before: str, ends: list[tuple[str, int, str]]) -> None:
        self.before, self.number = before, 0
        self.ends = ends

    def along(self) -> Iterator[str]:
        links = Link.objects.order_by("number").iterator(AT_ONCE)
        while some := list(islice(links, AT_ONCE)):
            entries = Entry.objects.in_bulk([link.entry_id for link in some])
            for link in some:
                yield from self._over(link, entries.get(link.entry_id))

    def _over(self, link: Link, entry: Entry | None) -> Iterator[str]:
        if link.number != self.number + 1:
            yield f"links {self.number + 1} to {link.number - 1} of the chain were removed"
        if entry is None:
            yield f"entry {link.entry_id} was removed (link {link.number})"
        elif digest_of(self.before, link.number, entry) != link.digest:
            yield f"entry {entry.pk} was changed, or its link {link.number} was"
        self.number, self.before = link.number, link.digest
        for where, number, digest in self.ends:
            if number == link.number and digest != link.digest:
                yield f"link {number} is not what {where} says: the chain was made anew"


def _ends(head: Head, noted: tuple[int, str] | None) -> Iterator[tuple[str, int, str]]:
    yield "the head in the database", head.number, head.digest
    for anchor in _anchors():
        if anchor.name == head.name:
            yield "the anchor in the instance folder", anchor.number, anchor.digest
    if noted:
        yield "the end that was noted", *noted


def _at_the_end(head: Head, walk: _Walk) -> Iterator[str]:
    for where, number, _ in walk.ends:
        if number > walk.number:
            yield f"the end was cut off: the chain has {walk.number} links, {where} says {number}"
    if walk.number > head.number:
        yield f"the chain has {walk.number} links, the head in the database says {head.number}"
    if walk.number and not any(a.name == head.name for a in _anchors()):
        yield "the instance folder holds no anchor of this record"


def _anchors() -> Iterable[Anchor]:
    try:
        return list(kept())
    except ForeignAnchor:
        return []


def _foreign(head: Head) -> Iterator[str]:
    try:
        others = [a for a in kept() if a.name != head.name]
    except ForeignAnchor as error:
        yield str(error)
        return
    for anchor in others:
        yield f"the instance folder holds the anchor of another record with {anchor.number} links ({anchor.name[:16]}): if this is a new database, remove that file"


def _without_record() -> Iterator[str]:
    try:
        anchors = list(kept())
    except ForeignAnchor as error:
        yield str(error)
        return
    for anchor in anchors:
        yield f"the record is gone: the instance folder holds the anchor of one with {anchor.number} links"


def _unchained() -> Iterator[str]:
    for pk in Entry.objects.filter(link=None, waiting=None).values_list("pk", flat=True)[:100]:
        yield f"entry {pk} is not in the chain: it was added past Milium, or its link was removed"
