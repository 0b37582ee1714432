"""A photograph of skin with what is known of it: what a DICOM file is written from, and what is read out of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from milium.statements import ConceptRef, Sex


View = Literal["far", "medium", "close", "other"]
Side = Literal["", "left", "right"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Photograph:
    """One picture of one case.

    ``picture`` is a whole file (WebP, JPEG or PNG) without metadata. ``case`` and ``key`` are the case's and the photo's
    own keys, never a name. ``taken_on`` is an ISO 8601 day, or empty. ``is_knowable`` says whether a face, a tattoo or
    another mark could tell who it is; ``None`` where nobody said.
    """

    picture: bytes
    case: str
    key: str
    number: int = 1
    site: ConceptRef | None = None
    side: Side = ""
    view: View = "other"
    text: str = ""
    taken_on: str = ""
    sex: Sex | None = None
    is_knowable: bool | None = None
