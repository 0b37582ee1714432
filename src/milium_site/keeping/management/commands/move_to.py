"""``milium manage move_to URL``: every row into another database."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from typing_extensions import override

from milium_site.keeping.moving import NotUpToDate, StillRunning, move
from milium_site.keeping.restore import NotEmpty, NotTheSame
from milium_site.keeping.tables import NewerDatabase


class Command(BaseCommand):
    """Counts and digests of every table are compared before anything there is kept."""

    help = (
        "Copies every row into the empty database at URL, such as postgres://user:password@host/name, and compares. "
        "Stop the site first; afterwards set DATABASE_URL to it and start again. The old database stays as it is."
    )

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        where = parser.add_mutually_exclusive_group(required=True)
        where.add_argument("url", nargs="?", metavar="URL")
        where.add_argument(
            "--url-file",
            type=Path,
            metavar="FILE",
            help="a file with the address: others cannot see it there",
        )

    @override
    def handle(self, *args: object, **options: object) -> None:
        try:
            file = options["url_file"]
            url = (
                Path(str(file)).read_text(encoding="utf-8").strip() if file else str(options["url"])
            )
            tables = move(url)
        except (OSError, ImproperlyConfigured, DatabaseError) as error:
            raise CommandError(f"nothing was moved: {error}") from error
        except (NotEmpty, NotTheSame, NotUpToDate, StillRunning, NewerDatabase) as error:
            raise CommandError(f"nothing was moved: {error}") from error
        for name, held in tables.items():
            if held["count"]:
                self.stdout.write(f"{held['count']:>9}  {name}")
        rows = sum(held["count"] for held in tables.values())
        self.stdout.write(
            f"{rows} rows of {len(tables)} tables moved, each table compared. Now set DATABASE_URL to the new database."
        )
