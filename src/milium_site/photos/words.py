"""What a photo shows, in words: from place, side and view."""

from __future__ import annotations

from milium.api import vocabulary
from milium_site.cases.models import Case


VIEW_WORDS = {"far": "from afar", "medium": "half near", "close": "close up", "other": ""}


def words_for(*, site: str, view: str, side: str) -> str:
    """What a photo shows, in words, from place, side and view: ``Left ear, close up``."""
    known = vocabulary()
    place = known.concept(site).name if site in known else ""
    where = " ".join(filter(None, (side, place)))
    how = VIEW_WORDS[view]
    said = ", ".join(filter(None, (where, how))) or "The skin"
    return said[0].upper() + said[1:]


def places_of(case: Case) -> list[tuple[str, str]]:
    """The places the asker named, as choices: concept id and name."""
    found = {f["concept"]["id"]: f["concept"]["name"] for f in case.history["sites"]}
    return [(id_, name[0].upper() + name[1:]) for id_, name in found.items()]
