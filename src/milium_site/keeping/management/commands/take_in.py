"""``milium manage take_in FILE``: a portable archive into an empty instance."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.core.files.storage import storages
from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError
from typing_extensions import override

from milium_site.keeping.landing import OtherVersion, import_export
from milium_site.keeping.restore import NotEmpty
from milium_site.keeping.sealing import Damaged


class Command(BaseCommand):
    """What ``export`` wrote, put where nothing is."""

    help = "Puts what milium manage export wrote into this instance, which has to be empty. Everything is checked first."

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    @override
    def handle(self, *args: object, **options: object) -> None:
        file = Path(str(options["file"]))
        try:
            manifest = import_export(file, storage=storages["default"])
        except (OSError, Damaged, OtherVersion, NotEmpty, IntegrityError) as error:
            raise CommandError(f"{file}: nothing was taken in: {error}") from error
        self.stdout.write(
            f"{file}: {manifest['of']} of {manifest['made_at']}, taken in. People sign in with their passwords and set up "
            "their second factors anew; tokens and webhooks are to be made anew."
        )
