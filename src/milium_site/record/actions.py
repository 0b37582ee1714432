"""Every write to the record: it only appends.

An entry is written with the write it tells of: both are kept or neither is. Its place in the chain is given right
after the commit, by whoever gets hold of the chain's end first, so that nobody waits for anybody while they work.
"""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils import timezone

from milium_site.record import anchor
from milium_site.record.chain import digest_of
from milium_site.record.models import Entry, Head, Link, Waiting
from milium_site.record.who import acting


AT_ONCE = 500


@transaction.atomic
def record(*, verb: str, kind: str, key: str, case: str = "", **detail: object) -> Entry:
    """Records that whoever acts now did ``verb`` to the ``kind`` named ``key``.

    ``case`` is the key of the case it belongs to, so that its asker can see who opened it. ``detail`` never holds a
    person's words, name, address or token.
    """
    actor = acting()
    entry = Entry.objects.create(
        at=timezone.now(),
        actor_kind=actor.kind,
        actor_key=actor.key,
        verb=verb,
        kind=kind,
        key=key,
        case_key=case,
        detail=detail,
    )
    Waiting.objects.create(entry=entry)
    # What fails here is logged, and tried again with the next entry: the write itself is done.
    transaction.on_commit(chain_waiting, robust=True)
    return entry


@transaction.atomic
def record_again(*, entries: list[int]) -> None:
    """Has entries that another instance wrote chained here, in their order."""
    Waiting.objects.bulk_create([Waiting(entry_id=pk) for pk in entries])
    transaction.on_commit(chain_waiting, robust=True)


def chain_waiting() -> int:
    """Gives every waiting entry its place in the chain; how many. Nothing to do while somebody else is at it."""
    done = 0
    while Waiting.objects.exists() and (linked := chain_some()):
        done += linked
    return done


@transaction.atomic
def chain_some() -> int:
    """Chains up to ``AT_ONCE`` waiting entries in the order they were written; 0 when another holds the end."""
    Head.objects.get_or_create(pk=1, defaults={"name": secrets.token_hex(32)})
    head = Head.objects.select_for_update(skip_locked=True).filter(pk=1).first()
    if head is None:
        return 0
    waiting = list(Waiting.objects.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    entries = list(Entry.objects.filter(pk__in=waiting).order_by("pk"))
    links = []
    for entry in entries:
        head.number += 1
        head.digest = digest_of(head.digest or head.name, head.number, entry)
        links.append(Link(number=head.number, entry=entry, digest=head.digest))
    Link.objects.bulk_create(links)
    Waiting.objects.filter(pk__in=[entry.pk for entry in entries]).delete()
    head.save(update_fields=["number", "digest"])
    end = anchor.Anchor(name=head.name, number=head.number, digest=head.digest)
    # Only what is committed is anchored: a link that was rolled back would look like one cut off.
    transaction.on_commit(lambda: anchor.keep(end), robust=True)
    return len(links)
