"""``milium manage derive_tags``: what published cases are counted and narrowed by, after the vocabulary has changed."""

from __future__ import annotations

from django.core.management.base import BaseCommand
from typing_extensions import override

from milium_site.archive.pages.actions import derive_anew
from milium_site.archive.queries import every_page, page_by_key


class Command(BaseCommand):
    """One page at a time, while the site goes on; the indexes of all nodes follow."""

    help = "Reads what each published case is about once more, after the vocabulary was changed."

    @override
    def handle(self, *args: object, **options: object) -> None:
        keys = list(every_page().values_list("key", flat=True))
        pages = filter(None, map(page_by_key, keys))
        changed = sum(derive_anew(page=page) for page in pages)
        cases = f"{len(keys)} published case{'' if len(keys) == 1 else 's'}"
        self.stdout.write(f"{cases} looked at, {changed} changed.")
