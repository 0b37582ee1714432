"""The folder an index lives in: generations, one of them current, swapped in by one rename.

``FOLDER/index.json`` names the current generation; a reader sees the old one or the new one, never a half.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from milium.errors import BadIndex, UnusableInput
from milium.retrieval.schema import FORMAT


MANIFEST = "index.json"
_PREFIX = "generation-"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What ``index.json`` holds: the format, the current generation's folder, how many entries were built into it."""

    format: int
    generation: str
    entries: int


def read_manifest(folder: Path) -> Manifest:
    """The manifest of ``folder``. Raises ``BadIndex`` when there is none, or one of another version."""
    try:
        data = json.loads((folder / MANIFEST).read_text("utf-8"))
        found = Manifest(int(data["format"]), str(data["generation"]), int(data["entries"]))
    except FileNotFoundError:
        raise BadIndex("holds no index", folder=str(folder)) from None
    except OSError as error:
        raise BadIndex(f"cannot be read ({error.strerror})", folder=str(folder)) from None
    except (ValueError, KeyError, TypeError):
        raise BadIndex(f"{MANIFEST} is damaged", folder=str(folder)) from None
    if found.format != FORMAT:
        reason = f"was made in format {found.format}, and this Milium reads {FORMAT}"
        raise BadIndex(reason, folder=str(folder))
    if not found.generation.startswith(_PREFIX) or "/" in found.generation:
        raise BadIndex(f"{MANIFEST} is damaged", folder=str(folder))
    return found


def new_generation(folder: Path) -> Path:
    """An empty folder to build in. Raises ``UnusableInput`` when ``folder`` holds something that is no index."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if _is_foreign(folder):
            reason = "holds other files and no index; name an empty or a new folder"
            raise UnusableInput(reason, source=str(folder))
        made = folder / f"{_PREFIX}{secrets.token_hex(6)}"
        made.mkdir()
    except OSError as error:
        reason = f"cannot be written: {error.strerror}"
        raise UnusableInput(reason, source=str(folder)) from None
    return made


def make_current(generation: Path, entries: int) -> None:
    """Let readers see ``generation`` from now on, and remove the others, half-built ones among them."""
    folder = generation.parent
    manifest = Manifest(FORMAT, generation.name, entries)
    fresh = folder / f"{MANIFEST}.new"
    with fresh.open("w", encoding="utf-8") as file:
        json.dump(asdict(manifest), file)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(folder / MANIFEST)
    for other in folder.glob(f"{_PREFIX}*"):
        if other != generation:
            discard(other)


def discard(generation: Path) -> None:
    """Remove a generation that nobody needs any more."""
    # A reader on a system that locks open files keeps its own; the next build removes it.
    shutil.rmtree(generation, ignore_errors=True)


def _is_foreign(folder: Path) -> bool:
    names = [entry.name for entry in folder.iterdir()]
    known = (MANIFEST, f"{MANIFEST}.new")
    return any(name not in known and not name.startswith(_PREFIX) for name in names)
