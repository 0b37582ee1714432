"""``milium manage backup FILE``: everything in one sealed file, while the site runs."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.core.files.storage import storages
from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from milium_site.keeping import actions
from milium_site.keeping.backup import ChangedMeanwhile, write_backup
from milium_site.keeping.keys import backup_keys
from milium_site.keeping.sealing import Damaged
from milium_site.keeping.tables import NewerDatabase


class Command(BaseCommand):
    """One file, and what is not in it."""

    help = (
        "Writes the database, as it is at one moment, and every stored file into one sealed FILE, reads it back and "
        "only then gives it its name. The keys are not inside."
    )

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    @override
    def handle(self, *args: object, **options: object) -> None:
        file = Path(str(options["file"]))
        keys = backup_keys()
        try:
            contents = write_backup(
                file, alias="default", storage=storages["default"], masters=keys
            )
        except (OSError, ChangedMeanwhile, Damaged, NewerDatabase) as error:
            raise CommandError(f"no backup was made: {error}") from error
        actions.note_backup(key=contents.key, rows=contents.rows, files=contents.files)
        self.stdout.write(
            f"{file}: {contents.rows} rows of {len(contents.tables)} tables, {contents.files} files, "
            f"{file.stat().st_size:,} bytes, sealed with the key {keys[0].name}"
        )
        self.stdout.write(
            "The keys are not inside. To read it, and to open what it holds, you need the backup key, the "
            "encryption key and the secret key: keep copies of them somewhere else."
        )
