"""``milium manage new_key``: an encryption key to put into a file of the operator's."""

from __future__ import annotations

from django.core.management.base import BaseCommand
from typing_extensions import override

from milium_site.foundation.envelope import new_secret


class Command(BaseCommand):
    """Prints one key and keeps it nowhere."""

    help = "Prints a new encryption key. Keep it in a file of its own, and a copy of it away from the backups."
    requires_system_checks = ()

    @override
    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(new_secret())
