"""How entries are chained: each digest is made of the one before it, the link's number and the entry's content. Pure."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Protocol


class Content(Protocol):
    """What the digest of an entry covers: every column."""

    pk: int
    at: datetime
    actor_kind: str
    actor_key: str
    verb: str
    kind: str
    key: str
    case_key: str
    detail: object


def digest_of(before: str, number: int, entry: Content) -> str:
    """The digest of link ``number``, whose forerunner's digest is ``before``: 64 hexadecimal digits of SHA-256."""
    content = [
        before,
        number,
        entry.pk,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.actor_kind,
        entry.actor_key,
        entry.verb,
        entry.kind,
        entry.key,
        entry.case_key,
        entry.detail,
    ]
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()
