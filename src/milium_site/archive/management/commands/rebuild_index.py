"""``milium manage rebuild_index``: the archive's search index made anew, while the site goes on with the old one."""

from __future__ import annotations

from django.core.management.base import BaseCommand
from typing_extensions import override

from milium_site.archive.keeper import keeper


class Command(BaseCommand):
    """Builds beside the old index and swaps."""

    help = (
        "Builds this node's search index of the archive anew; the site goes on answering meanwhile."
    )

    @override
    def handle(self, *args: object, **options: object) -> None:
        count = keeper().rebuild()
        self.stdout.write(f"The index holds {count} published case{'' if count == 1 else 's'}.")
