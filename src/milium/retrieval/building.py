"""Making an index anew, and keeping one up to date."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from milium.errors import BadIndex
from milium.retrieval.meaning import save_vectors
from milium.retrieval.schema import Entry, document, register, schema
from milium.retrieval.store import discard, make_current, new_generation, read_manifest
from milium.retrieval.words import load_engine


if TYPE_CHECKING:
    import tantivy

# Bytes the writer may hold before it writes a segment.
_HEAP = 96_000_000


def build(folder: Path, entries: Iterable[Entry], *, model: Path | None = None) -> int:
    """Index ``entries`` in a new generation and swap it in; the number of entries. Of two with one id the later holds.

    With ``model``, the folder of a sentence model, every entry gets a vector too. Until it is done, and when anything fails, readers see what was there before. Raises ``UnusableInput``
    when the folder cannot be used.
    """
    generation = new_generation(folder)
    try:
        count = _write(generation, entries, model)
    except BaseException:
        discard(generation)
        raise
    make_current(generation, count)
    return count


def _write(generation: Path, entries: Iterable[Entry], model: Path | None) -> int:
    index = register(load_engine().Index(schema(), str(generation)))
    # One thread: the segments are then merged into few, and the other core reads the entries.
    writer = index.writer(_HEAP, 1)
    try:
        count, gists = _add(writer, entries, keep_gists=model is not None)
        writer.commit()
        if model:
            save_vectors(generation, gists, model)
    finally:
        # Its threads would go on writing into a folder that is being removed.
        writer.wait_merging_threads()
    return count


def _add(
    writer: tantivy.IndexWriter, entries: Iterable[Entry], *, keep_gists: bool
) -> tuple[int, list[str]]:
    """Add the entries; how many different ids they have, and what a sentence model reads of them, row by row."""
    seen: set[int] = set()
    gists: list[str] = []
    for entry in entries:
        key = hash(entry.id)
        if key in seen:
            writer.delete_documents_by_term("id", entry.id)
        seen.add(key)
        writer.add_document(document(entry, len(gists) if keep_gists else None))
        if keep_gists:
            gists.append(entry.gist)
    return len(seen), gists


class Updater:
    """Adds, replaces and removes entries of a built index. What it did is seen after ``commit``."""

    def __init__(self, folder: Path) -> None:
        """Raises ``BadIndex`` when there is no sound index, or when another process is writing to it."""
        self._folder = folder
        generation = folder / read_manifest(folder).generation
        try:
            self._writer: tantivy.IndexWriter = register(
                load_engine().Index.open(str(generation))
            ).writer(_HEAP, 1)
        except (ValueError, OSError) as error:
            reason = (
                "another process is writing to it" if "lock" in str(error).lower() else "is damaged"
            )
            raise BadIndex(reason, folder=str(folder)) from None

    def put(self, entry: Entry) -> None:
        """Add the entry, in place of the one with its id where there is one."""
        self.remove(entry.id)
        self._writer.add_document(document(entry))

    def remove(self, entry_id: str) -> None:
        """Remove the entry of that id; nothing happens when there is none."""
        self._writer.delete_documents_by_term("id", entry_id)

    def commit(self) -> None:
        """Let readers see what was done. Raises ``BadIndex`` when a file turns out damaged: build the index anew."""
        try:
            self._writer.commit()
        except (ValueError, OSError, RuntimeError) as error:
            raise BadIndex(f"is damaged ({error})", folder=str(self._folder)) from None

    def close(self) -> None:
        """Finish, so that another process may write."""
        self._writer.wait_merging_threads()
