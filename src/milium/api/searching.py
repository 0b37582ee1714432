"""Making an index of answered cases, and searching it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from milium.api.terms import vocabulary
from milium.retrieval import Archive, build, entry_for, record_from_json
from milium.retrieval import Entry as IndexEntry
from milium.retrieval import Updater as IndexUpdater


def index_entry(data: object, *, source: str | None = None, line: int | None = None) -> IndexEntry:
    """A case as JSON, read for the index: ``{"id", "title", "synonyms"?, "question", "opinions", "facets"?}``.

    Raises ``UnusableInput`` naming the field and what it should hold.
    """
    return entry_for(record_from_json(data, source=source, line=line), vocabulary())


def build_index(folder: Path, entries: Iterable[IndexEntry], *, model: Path | None = None) -> int:
    """Make the index of ``folder`` anew and swap it in when complete; the number of entries.

    With ``model`` (the folder of a sentence model) the entries can also be ranked by meaning.
    """
    return build(folder, entries, model=model)


def open_archive(folder: Path, *, model: Path | None = None) -> Archive:
    """Open an index for searching, suggesting and counting. Raises ``BadIndex`` when there is no sound one."""
    return Archive(folder, vocabulary(), model=model)


def update_index(folder: Path) -> IndexUpdater:
    """Open an index for adding, replacing and removing entries. Raises ``BadIndex`` when it cannot be written."""
    return IndexUpdater(folder)
