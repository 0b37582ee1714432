"""``milium manage import_archive``: somebody else's answers, with their source and licence shown on every page."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from milium_site.archive.importing import Origin, records
from milium_site.archive.pages.actions import import_case


class Command(BaseCommand):
    """Imports what it can, and says of every other record why not."""

    help = "Takes in web pages and JSON Lines that hold answers of somebody else's."

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="a file, or a folder of files")
        parser.add_argument(
            "--source", required=True, help="whose archive it is, as readers see it"
        )
        parser.add_argument("--licence", required=True, help="such as CC BY 4.0")
        parser.add_argument("--url", default="", help="where it can be read")

    @override
    def handle(self, *args: object, **options: Any) -> None:
        path, new, same, bad = options["path"], 0, 0, 0
        if not path.exists():
            raise CommandError(f"{path} does not exist")
        origin = Origin(name=options["source"], licence=options["licence"], url=options["url"])
        for read in records(path):
            if read.case is None:
                bad += 1
                self.stderr.write(read.problem)
            elif import_case(found=read.case, origin=origin):
                new += 1
            else:
                same += 1
        self.stdout.write(f"{new} new or changed, {same} the same as before, {bad} left out.")
        if bad and not new and not same:
            raise CommandError("nothing could be imported")
