"""``milium manage restore FILE``: an instance from a backup, where there is none yet."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.files.storage import storages
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from milium_site.foundation.envelope import Unreadable
from milium_site.keeping import actions
from milium_site.keeping.keys import backup_keys
from milium_site.keeping.restore import MissingKey, NotEmpty, NotTheSame, restore
from milium_site.keeping.sealing import Damaged
from milium_site.keeping.tables import NewerDatabase
from milium_site.record.anchor import ForeignAnchor
from milium_site.record.restoring import anchor_again


class Command(BaseCommand):
    """Into an empty database and an empty store; then brought up to date, and the record's end anchored."""

    help = (
        "Puts what a backup holds into an empty database and an empty store of files, of whichever kinds the settings "
        "name, compares every table with the backup, and brings it up to date with this version."
    )
    # The database it is for has no tables yet.
    requires_system_checks = ()

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    @override
    def handle(self, *args: object, **options: object) -> None:
        file = Path(str(options["file"]))
        try:
            contents = restore(
                file,
                storage=storages["default"],
                masters=backup_keys(),
                keys=settings.MILIUM_ENCRYPTION_KEYS,
            )
        except NewerDatabase as error:
            raise CommandError(
                f"{file} was made by a later Milium, which knows these migrations: {error}. Install that version"
            ) from error
        except (OSError, Damaged, Unreadable, NotEmpty, MissingKey, NotTheSame) as error:
            raise CommandError(f"nothing was restored: {error}") from error
        call_command("migrate", verbosity=0, interactive=False)
        self._anchor()
        actions.note_restore(key=contents.key, made_at=contents.start["made_at"])
        self.stdout.write(
            f"restored as of {contents.start['made_at']}: {contents.rows} rows of {len(contents.tables)} tables and "
            f"{contents.files} files, each the same as in the backup. Everybody signs in anew."
        )

    def _anchor(self) -> None:
        try:
            aside = anchor_again()
        except ForeignAnchor as error:
            self.stderr.write(f"the record could not be anchored: {error}")
            return
        if aside:
            self.stderr.write(aside)
