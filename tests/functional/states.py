"""Where to find a case in each state, in the site that the tests look at."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.functional.conftest import SOURCES, Site


TEXT = (
    "For 2 months I have had an itchy rash on my neck. I tried hydrocortisone and it did not help. Marker {name}. "
    "What can I do?"
)
ANSWER = "This looks like contact dermatitis. I recommend an emollient. You need a patch test."
PROGRAM = "import django; django.setup(); from tests.functional.making_states import told; told()"
_made: dict[Path, dict[str, str]] = {}


def states(site: Site) -> dict[str, str]:
    """The address of a case in each state, made once for a site."""
    if site.home not in _made:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("MILIUM_", "DATABASE_"))}
        made = subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env=kept
            | {
                "MILIUM_HOME": str(site.home),
                "MILIUM_SCREENING": "none",
                "PYTHONPATH": f"{SOURCES}:{SOURCES.parent}",
                "DJANGO_SETTINGS_MODULE": "milium_site.config.settings",
            },
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        _made[site.home] = {
            name: f"{site.address}/c/{link}/" for name, link in json.loads(made.stdout).items()
        }
    return _made[site.home]
