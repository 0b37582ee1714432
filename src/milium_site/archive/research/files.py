"""The tables as files: CSV by the standard library, Parquet by pyarrow, and the codebook that says what each column is."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from milium_site.archive.research.tables import Column, Table, Values


if TYPE_CHECKING:
    import pyarrow

AT_ONCE = 5_000


def write_csv(path: Path, table: Table, rows: Iterable[Values]) -> int:
    """Writes the table in UTF-8 with a head; gives the number of rows. What is missing is an empty field."""
    count = 0
    with path.open("x", encoding="utf-8", errors="surrogatepass", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.name for column in table.columns])
        for row in rows:
            writer.writerow(row)
            count += 1
    return count


def write_parquet(path: Path, table: Table, rows: Iterable[Values]) -> int:
    """Writes the table with types, its meanings as metadata; gives the number of rows."""
    import pyarrow as pa  # noqa: PLC0415 (large, and only researchers' tables need it)
    from pyarrow import parquet  # noqa: PLC0415

    types = {"text": pa.string(), "integer": pa.int32()}
    schema = pa.schema(
        [pa.field(c.name, types[c.type], metadata={"meaning": c.meaning}) for c in table.columns],
        metadata={"meaning": table.meaning},
    )
    count = 0
    with path.open("xb") as file, parquet.ParquetWriter(file, schema) as writer:
        for batch in _batches(rows, schema, table):
            writer.write_batch(batch)
            count += batch.num_rows
    return count


def _batches(
    rows: Iterable[Values], schema: pyarrow.Schema, table: Table
) -> Iterator[pyarrow.RecordBatch]:
    import pyarrow as pa  # noqa: PLC0415

    waiting = iter(rows)
    while some := list(islice(waiting, AT_ONCE)):
        columns = zip(*some, strict=True)
        arrays = [
            pa.array(list(values), type=field.type)
            for values, field in zip(columns, schema, strict=True)
        ]
        yield pa.record_batch(arrays, names=[c.name for c in table.columns]).cast(schema)


def codebook(tables: Iterable[Table], counts: dict[str, int]) -> str:
    """What each table and column is, in Markdown, with how many rows there are."""
    parts = [
        "# Codebook\n\nWhat specialists said, as it stands on public pages, of cases whose askers agreed to research. "
        "An empty field is missing. A statement was read by Milium from the exact words beside it, and its author "
        "confirmed the reading. Askers who tell what came of it are few and not a sample.\n"
    ]
    for table in tables:
        parts.append(f"\n## {table.name} ({counts[table.name]} rows)\n\n{table.meaning}\n")
        parts.append("\n| column | type | meaning | values |\n| --- | --- | --- | --- |\n")
        parts += [f"| {c.name} | {c.type} | {c.meaning} | {_listed(c)} |\n" for c in table.columns]
    return "".join(parts)


def _listed(column: Column) -> str:
    return ", ".join(column.values)
