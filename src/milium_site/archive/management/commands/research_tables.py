"""``milium manage research_tables FOLDER``: published comparisons as CSV or Parquet, with a codebook."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from milium_site.archive.research.files import codebook, write_csv, write_parquet
from milium_site.archive.research.tables import TABLES, Table, Values, pages_for_research


WRITERS = {"csv": write_csv, "parquet": write_parquet}
AT_ONCE = 200


class Command(BaseCommand):
    """One file for each table, and one that says what they hold."""

    help = (
        "Writes tables of what was said in published cases into FOLDER, with a codebook: only cases whose askers "
        "agreed to research, and nothing that is not on a public page. Parquet needs: pip install 'milium[research]'"
    )

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="FOLDER")
        parser.add_argument("--format", choices=sorted(WRITERS), default="csv")

    @override
    def handle(self, *args: object, **options: object) -> None:
        folder, kind = Path(str(options["folder"])), str(options["format"])
        try:
            folder.mkdir(parents=True)
        except FileExistsError as error:
            raise CommandError(f"{folder} is there already: name a new folder") from error
        try:
            counts = {
                table.name: WRITERS[kind](folder / f"{table.name}.{kind}", table, _rows(table))
                for table in TABLES
            }
        except ImportError as error:
            raise CommandError(
                "Parquet needs pyarrow: pip install 'milium[research]', or use --format csv"
            ) from error
        (folder / "CODEBOOK.md").write_text(codebook(TABLES, counts), encoding="utf-8")
        told = ", ".join(f"{count} {name}" for name, count in counts.items())
        self.stdout.write(f"{folder}: {told}; CODEBOOK.md says what each column is")


def _rows(table: Table) -> Iterator[Values]:
    for page in pages_for_research().iterator(chunk_size=AT_ONCE):
        yield from table.rows_of(page)
