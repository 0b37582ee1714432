"""``milium manage verify_backup FILE``: is it whole?"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from milium_site.foundation.envelope import Unreadable
from milium_site.keeping.backup import verify
from milium_site.keeping.keys import backup_keys
from milium_site.keeping.restore import MissingKey, check_keys
from milium_site.keeping.sealing import Damaged


class Command(BaseCommand):
    """Exit code 0 when the backup is whole and this installation could open what is in it; otherwise the reason."""

    help = "Reads a whole backup, compares every row and file with what it says of itself, and writes nothing."
    requires_system_checks = ()

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    @override
    def handle(self, *args: object, **options: object) -> None:
        file = Path(str(options["file"]))
        try:
            contents = verify(file, backup_keys())
            check_keys(contents, settings.MILIUM_ENCRYPTION_KEYS)
        except (OSError, Damaged, Unreadable, MissingKey) as error:
            raise CommandError(f"{file}: {error}", returncode=2) from error
        start = contents.start
        self.stdout.write(
            f"{file} is whole: made {start['made_at']} by Milium {start['milium']} from {start['database']}, "
            f"{contents.rows} rows of {len(contents.tables)} tables, {contents.files} files"
        )
