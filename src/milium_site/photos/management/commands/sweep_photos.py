"""``milium manage sweep_photos``: what a crash may have left in the store goes."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from milium_site.photos.actions import sweep_photos


class Command(BaseCommand):
    """Removes files without a row, and tells of rows without their files."""

    help = "Removes picture files that no photo speaks of. Fails when a photo lacks its files."

    @override
    def handle(self, *_: object, **__: object) -> None:
        removed, lacking = sweep_photos()
        self.stdout.write(f"{removed} left-over files removed")
        if lacking:
            raise CommandError(
                f"{lacking} photos lack a file: bring {'it' if lacking == 1 else 'them'} back from a backup"
            )
