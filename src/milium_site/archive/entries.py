"""What the index is told of a published case."""

from __future__ import annotations

from collections.abc import Iterator

from milium.api import IndexEntry, index_entry
from milium_site.archive.models import PublishedCase


def entry_of(page: PublishedCase) -> IndexEntry:
    """The page as an entry: found by its words, and by what its author and specialists were confirmed to say."""
    facets: dict[str, list[str]] = {}
    for tag in page.tags.all():
        facets.setdefault(tag.facet, []).append(tag.value)
    return index_entry(
        {
            "id": page.key,
            "title": page.title,
            "question": page.question,
            "opinions": [opinion.text for opinion in page.opinions.all()],
            "facets": facets,
        }
    )


def entries_of(pages: Iterator[PublishedCase]) -> Iterator[IndexEntry]:
    """The pages as entries, one at a time."""
    return map(entry_of, pages)
