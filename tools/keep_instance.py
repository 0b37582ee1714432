"""Keeps a tiny instance of this version for all later ones: ``python -m tools.keep_instance`` before a version is tagged.

``tests/upgrades/<version>/`` gets a backup of it, the key, and what must be found in it. tests/site/test_upgrades.py
restores each with today's code and reads the case.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path


ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Writes the folder of this version, which must not be there yet."""
    folder = ROOT / "tests" / "upgrades" / version("milium")
    if folder.exists():
        sys.exit(f"{folder} is there already: what was kept of a version is never written anew")
    with tempfile.TemporaryDirectory() as home:
        os.environ["MILIUM_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "milium_site.config.settings"
        sys.path.insert(0, str(ROOT))
        import django  # noqa: PLC0415 (its settings read the environment made above)

        django.setup()
        _keep(folder, Path(home))
    return 0


def _keep(folder: Path, home: Path) -> None:
    from django.core.management import call_command  # noqa: PLC0415 (after the setup)
    from tests import factories as make  # noqa: PLC0415 (models load after the setup)

    call_command("migrate", verbosity=0)
    panel = [make.specialist("Dr One"), make.specialist("Dr Two")]
    asked = make.open_case()
    photo = make.photo(asked.case)
    for one in panel:
        make.signed(asked.case, one)
    make.published(*panel)
    folder.mkdir(parents=True)
    call_command("backup", str(folder / "instance.backup"))
    (folder / "key").write_text((home / "encryption_key").read_text("ascii"), "ascii")
    found = {
        "link": asked.link,
        "text": make.QUESTION,
        "answers": len(panel),
        "photo": photo.key,
        "published": 1,
    }
    (folder / "found.json").write_text(json.dumps(found, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
