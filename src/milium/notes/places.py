"""Countries: their names as people write them, their emergency numbers and crisis lines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from milium.notes.entries import Entry, load_entries
from milium.statements import Source


DATA = Path(__file__).with_name("data")
_WORD = re.compile(r"[^\W_]+(?:[.'\u2019][^\W_]+)*", re.UNICODE)
_LONGEST = 4  # words in a name


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A country by its ISO 3166 code. ``within`` holds the wider regions whose rules count there (``EU``)."""

    code: str
    name: str
    within: tuple[str, ...]
    emergency: str | None
    crisis: str | None
    verified: bool
    sources: tuple[Source, ...]
    names: tuple[str, ...]
    short: tuple[str, ...]

    def counts(self, jurisdictions: tuple[str, ...]) -> bool:
        """Whether a fact of these jurisdictions holds here; a fact of none holds everywhere."""
        return not jurisdictions or not {self.code, *self.within}.isdisjoint(jurisdictions)


def load_places(path: Path = DATA / "places.json") -> Mapping[str, Place]:
    """Places by code. Raises ``BadData`` naming file, entry and reason."""
    return {entry.id: _place(entry) for entry in load_entries(path, "places")}


def _place(entry: Entry) -> Place:
    entry.closed(
        ("id", "name", "names"),
        ("short", "within", "emergency", "crisis", "verified", "sources", "note"),
    )
    return Place(
        code=entry.id,
        name=entry.text("name"),
        within=entry.words("within"),
        emergency=entry.maybe("emergency"),
        crisis=entry.maybe("crisis"),
        verified=entry.flag("verified"),
        sources=entry.sources() if entry.fields.get("sources") else (),
        names=entry.words("names"),
        short=entry.words("short"),
    )


@lru_cache(maxsize=1)
def places() -> Mapping[str, Place]:
    """The places Milium carries, loaded once."""
    return load_places()


def place_of_code(code: str | None) -> Place | None:
    """The place of an ISO code such as ``us``; None when it is not carried."""
    return places().get(code.strip().upper()) if code else None


def place_of(text: str | None) -> Place | None:
    """The country that free text such as ``Maine`` or ``Leeds, UK`` names; None when it names none.

    A full name is found anywhere; a short form such as ``ME`` only in capitals, or as the whole text.
    """
    if not text:
        return None
    known = _known_names()
    words = _WORD.findall(text)
    for size in range(min(_LONGEST, len(words)), 0, -1):
        for first in range(len(words) - size, -1, -1):
            found = known.get(_plain(" ".join(words[first : first + size])))
            if found:
                return found
    return _by_short_form(text, words)


def _by_short_form(text: str, words: list[str]) -> Place | None:
    short, whole = _known_short_forms(), _letters(text)
    if whole in short:
        # "DE" alone may be Germany or Delaware, "CA" Canada or California: then it names none.
        other = places().get(whole)
        return short[whole] if other in (None, short[whole]) else None
    found = (short.get(_letters(word)) for word in reversed(words) if word.isupper())
    return next(filter(None, found), None)


@lru_cache(maxsize=1)
def _known_names() -> Mapping[str, Place]:
    return {_plain(n): p for p in places().values() for n in (p.name, *p.names)}


@lru_cache(maxsize=1)
def _known_short_forms() -> Mapping[str, Place]:
    ours = {short: p for p in places().values() for short in p.short}
    return {**{code: p for code, p in places().items() if code not in ours}, **ours}


def _plain(text: str) -> str:
    return text.casefold().replace("\u2019", "'")


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isalpha()).upper()
