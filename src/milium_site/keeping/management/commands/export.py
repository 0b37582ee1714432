"""``milium manage export FILE``: an instance or one case as a portable archive, in clear."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.core.files.storage import storages
from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from milium_site.cases.models import Case
from milium_site.keeping import actions
from milium_site.keeping.portable import FILES, write_export


class Command(BaseCommand):
    """One ZIP that any program can read."""

    help = (
        "Writes every row and file, or with --case those of one case, into one ZIP of JSON Lines and pictures. Nothing in "
        "it is sealed: keep it as you would keep the cases themselves. For safe copies use: milium manage backup"
    )

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--case", default="", metavar="KEY", help="only this case")

    @override
    def handle(self, *args: object, **options: object) -> None:
        file, key = Path(str(options["file"])), str(options["case"])
        case = Case.objects.filter(key=key).first() if key else None
        if key and case is None:
            raise CommandError(f"there is no case {key}")
        try:
            manifest = write_export(file, storage=storages["default"], case=case)
        except OSError as error:
            raise CommandError(f"nothing was exported: {error}") from error
        files = sum(name.startswith(FILES) for name in manifest["entries"])
        actions.note_export(of=manifest["of"], files=files, case=key)
        self.stdout.write(
            f"{file}: {manifest['of']}, {files} files, {file.stat().st_size:,} bytes. It is not sealed: whoever has this "
            "file can read every word and see every picture in it."
        )
