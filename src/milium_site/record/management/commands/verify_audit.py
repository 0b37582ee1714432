"""``milium manage verify_audit``: is the record as it was written?"""

from __future__ import annotations

import re

from django.core.management.base import BaseCommand, CommandError, CommandParser
from typing_extensions import override

from milium_site.record.actions import chain_waiting
from milium_site.record.verification import verify


NOTED = re.compile(r"(\d+):([0-9a-f]{64})")


class Command(BaseCommand):
    """Exit code 0 when the record is sound, 2 when it is not, with one line for each thing found."""

    help = "Says whether the record is as it was written, or which entry is not."

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--noted", default="", help="an end noted earlier, as this command prints it"
        )

    @override
    def handle(self, *args: object, **options: object) -> None:
        given = str(options["noted"])
        noted = NOTED.fullmatch(given)
        if given and not noted:
            raise CommandError(
                f"--noted is {given!r}: give NUMBER:DIGEST, as this command prints it", returncode=2
            )
        chain_waiting()
        verdict = verify(noted=(int(noted[1]), noted[2]) if noted else None)
        if verdict.wrong:
            for line in verdict.wrong:
                self.stderr.write(line)
            raise CommandError(f"the record is not sound: {len(verdict.wrong)} found", returncode=2)
        self.stdout.write(f"the record is sound: {verdict.number} entries in the chain")
        if verdict.waiting:
            self.stdout.write(
                f"{verdict.waiting} more were written just now and wait for their place"
            )
        if verdict.number:
            self.stdout.write(f"its end, to be noted elsewhere: {verdict.number}:{verdict.digest}")
