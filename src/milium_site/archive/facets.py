"""What a search can be narrowed by, in words. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from milium.api import vocabulary
from milium_site.archive.skin import skin_in_words
from milium_site.cases.body import is_region


HEADINGS = {
    "condition": "What it may be",
    "region": "Part of the body",
    "site": "Where exactly",
    "treatment": "What was advised",
    "tried": "What was tried before",
    "specialty": "Whom to see",
    "age": "Age",
    "skin": "Skin type (Fitzpatrick)",
    "outcome": "What came of it",
}
WORDS = {"outcome=reported": "Has an outcome"}
MOST = 6
# These have an order of their own; the others stand by how common they are.
ORDERED = frozenset({"age", "skin"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One value to narrow by. ``href`` is the search with it, or without it where it is ``on``."""

    value: str
    label: str
    count: int
    on: bool
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One heading with its choices."""

    name: str
    heading: str
    choices: tuple[Choice, ...]


def filters_in(given: Mapping[str, Sequence[str]]) -> tuple[tuple[str, str], ...]:
    """The filters of a query string; names and values that are none are left out."""
    pairs = ((name, value) for name in HEADINGS for value in given.get(name, ()))
    return tuple(dict.fromkeys((n, v[:100]) for n, v in pairs if v.strip() and v.isprintable()))


def facets_of(
    counted: Mapping[str, Mapping[str, int]], query: str, filters: Sequence[tuple[str, str]]
) -> tuple[Facet, ...]:
    """The facets with something to choose, what is chosen first, then the commonest."""
    found = (
        Facet(name=n, heading=h, choices=tuple(_choices(n, counted.get(n, {}), query, filters)))
        for n, h in HEADINGS.items()
    )
    return tuple(facet for facet in found if facet.choices)


def address(query: str, filters: Sequence[tuple[str, str]], page: int = 1) -> str:
    """The query string of a search."""
    pairs = [("q", query), *filters] if query else [*filters]
    return "?" + urlencode([*pairs, ("page", str(page))] if page > 1 else pairs)


def label_of(name: str, value: str) -> str:
    """A facet's value in words."""
    known = vocabulary()
    if value in known:
        return known.concept(value).name
    if name == "skin" and (words := skin_in_words(value)):
        return words
    return WORDS.get(f"{name}={value}", value.replace("-", "–"))


def _first_number(value: str) -> int:
    return int("0" + value.partition("-")[0].strip("+<> "))


def _choices(
    name: str, counts: Mapping[str, int], query: str, filters: Sequence[tuple[str, str]]
) -> Iterator[Choice]:
    chosen = [value for facet, value in filters if facet == name]
    found = [value for value in counts if not (name == "site" and is_region(value))]
    if name in ORDERED:
        found.sort(key=_first_number)
    values = list(dict.fromkeys([*chosen, *found]))[: max(MOST, len(chosen))]
    for value in values:
        pair, on = (name, value), value in chosen
        rest = [p for p in filters if p != pair] if on else [*filters, pair]
        yield Choice(
            value=value,
            label=label_of(name, value),
            count=counts.get(value, 0),
            on=on,
            href=address(query, rest),
        )
