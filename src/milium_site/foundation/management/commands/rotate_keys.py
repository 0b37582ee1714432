"""``milium manage rotate_keys``: seals everything under new keys while the site runs."""

from __future__ import annotations

import time
from argparse import ArgumentParser

from django.core.files.storage import storages
from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from milium_site.foundation import actions
from milium_site.foundation.envelope import Unreadable
from milium_site.foundation.files import SealedFiles
from milium_site.foundation.keyring import FRESH_SECONDS, KEYRING
from milium_site.foundation.sealed import private_columns, stored_files


class Command(BaseCommand):
    """Two depths: the data keys alone, at once; or every value under a new data key, in small steps."""

    help = (
        "Seals the data keys under the first key of MILIUM_ENCRYPTION_KEY. With --data also every private word "
        "and file under a new data key. The site may run meanwhile; a run that was cut off is simply started again."
    )

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--data", action="store_true", help="also every word and file anew")
        parser.add_argument(
            "--no-wait",
            action="store_true",
            help="the site does not run: do not wait for other processes to take up the new data key",
        )

    @override
    def handle(self, *args: object, **options: object) -> None:
        try:
            self.stdout.write(f"data keys sealed anew: {actions.rewrap_data_keys()}")
            if options["data"]:
                self._everything(wait=not options["no_wait"])
        except Unreadable as error:
            raise CommandError(str(error)) from error

    def _everything(self, *, wait: bool) -> None:
        newest = actions.make_data_key().pk
        KEYRING.forget()
        self._pass()
        if wait:
            # Until then another process may still have sealed something under the key before.
            time.sleep(FRESH_SECONDS + 1)
            self._pass()
        self.stdout.write(f"data keys dropped: {actions.drop_data_keys(below=newest)}")

    def _pass(self) -> None:
        rows = 0
        for column in private_columns():
            while done := actions.reseal_rows(column=column):
                rows += done
        storage = storages["default"]
        files = (
            sum(actions.reseal_file(storage=storage, name=name) for name in stored_files(storage))
            if isinstance(storage, SealedFiles)
            else 0
        )
        self.stdout.write(f"values sealed anew: {rows}, files: {files}")
