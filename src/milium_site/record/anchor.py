"""Where the end of the chain is kept a second time, outside the database: a signed file in the instance folder.

A chain alone cannot tell that its end was cut off, nor that it was made anew from the start. The file says how long
the record was and what its last digest was; it is signed with the installation's secret.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.signing import BadSignature, Signer


SIGNER = Signer(salt="milium.record.anchor")


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """The record ``name`` had ``number`` links, the last of them ``digest``."""

    name: str
    number: int
    digest: str


class ForeignAnchor(ValueError):
    """The file is not one that this installation signed. The message names it."""


def _folder() -> Path:
    return Path(settings.MILIUM_RECORD_ANCHORS)


def keep(anchor: Anchor) -> None:
    """Writes the anchor of its record, in one step: a reader finds the old one or the new one.

    Raises ``ForeignAnchor`` rather than write over one that was tampered with.
    """
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Two processes may end in the other order than they began: a later anchor is never put back.
    if any(a.name == anchor.name and a.number >= anchor.number for a in kept()):
        return
    text = SIGNER.sign(json.dumps([anchor.name, anchor.number, anchor.digest]))
    handle, path = tempfile.mkstemp(dir=folder, prefix=".anchor-")
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(text)
    Path(path).replace(folder / f"{anchor.name[:16]}.anchor")


def kept() -> Iterator[Anchor]:
    """Every anchor in the folder. Raises ``ForeignAnchor``."""
    for file in sorted(_folder().glob("*.anchor")):
        try:
            name, number, digest = json.loads(SIGNER.unsign(file.read_text(encoding="ascii")))
        except (BadSignature, ValueError) as error:
            raise ForeignAnchor(f"{file} was not signed with this installation's secret") from error
        yield Anchor(name=name, number=number, digest=digest)
