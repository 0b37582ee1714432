"""``milium manage prune_backups FOLDER``: old backups go, and with them what was erased since."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from typing_extensions import override

from milium_site.keeping.pruning import prune


class Command(BaseCommand):
    """By age, and never the last ones."""

    help = "Removes the backups in FOLDER that are older than MILIUM_KEEP_BACKUPS_DAYS, but not the newest ones."

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="FOLDER")
        parser.add_argument("--days", type=int, default=settings.MILIUM_KEEP_BACKUPS_DAYS)
        parser.add_argument("--least", type=int, default=3, help="how many stay, however old (3)")

    @override
    def handle(self, *args: object, **options: object) -> None:
        days, least = int(str(options["days"])), int(str(options["least"]))
        if days < 1 or least < 1:
            raise CommandError("--days and --least are at least 1")
        folder = Path(str(options["folder"]))
        try:
            gone = prune(folder, days=days, least=least, now=timezone.now())
        except OSError as error:
            raise CommandError(f"{folder}: {error.strerror}") from error
        for file in gone:
            self.stdout.write(f"removed {file}")
        self.stdout.write(f"{len(gone)} backups older than {days} days removed")
