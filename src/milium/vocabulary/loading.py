"""The vocabulary's data files, checked and turned into concepts.

Each file ``data/KIND.csv`` or ``data/KIND.PART.csv`` holds one concept a line; ``data/README.md`` explains the columns.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from milium.errors import BadData
from milium.vocabulary.concept import KINDS, Code, Concept, Kind
from milium.vocabulary.vocabulary import Vocabulary


COLUMNS = (
    "id",
    "name",
    "form",
    "is_a",
    "clinical",
    "lay",
    "brands",
    "misspellings",
    "lookup_only",
    "codes",
    "source",
)
DATA = Path(__file__).with_name("data")


def load_vocabulary(folder: Path = DATA) -> Vocabulary:
    """Read every data file of ``folder``. Raises ``BadData`` naming file, entry and reason."""
    return Vocabulary(concept for file in sorted(folder.glob("*.csv")) for concept in _read(file))


def _read(file: Path) -> Iterator[Concept]:
    kind = file.name.split(".", 1)[0]
    if kind not in KINDS:
        raise BadData(
            f"a data file is named after its kind, one of {', '.join(KINDS)}", file=file.name
        )
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines)
        if tuple(next(rows, ())) != COLUMNS:
            raise BadData(f"the first line must be {','.join(COLUMNS)}", file=file.name)
        for cells in rows:
            yield _concept(cells, kind, file.name)


def _concept(cells: list[str], kind: Kind, file: str) -> Concept:
    entry = cells[0] if cells else "an empty line"
    if len(cells) != len(COLUMNS):
        raise BadData(f"has {len(cells)} cells, not {len(COLUMNS)}", file=file, entry=entry)
    if not entry.startswith(f"{kind}:") or not cells[1]:
        raise BadData(f"needs an id {kind}:... and a name", file=file, entry=entry)
    if not cells[10]:
        raise BadData("names no source", file=file, entry=entry)
    is_a, clinical, lay, brands, misspellings, lookup_only, codes = map(_parts, cells[3:10])
    return Concept(
        id=entry,
        kind=kind,
        name=cells[1],
        form=cells[2],
        is_a=is_a,
        clinical=clinical,
        lay=lay,
        brands=brands,
        misspellings=misspellings,
        lookup_only=lookup_only,
        codes=tuple(_code(text, file, entry) for text in codes),
        source=cells[10],
    )


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, cell.split(";")))) if cell else ()


def _code(text: str, file: str, entry: str) -> Code:
    system, _, rest = text.partition(":")
    value, _, match = rest.partition(" ")
    if not system or not value or match not in ("", "bucket"):
        raise BadData(f"{text!r} is no code such as ICD10CM:L72.0", file=file, entry=entry)
    return Code(system=system, value=value, match="bucket" if match else "named")
