"""A case with 5 answers and 6 photos as a FHIR bundle, from its rows to JSON text, on SQLite."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

from benchmarks import machine


ANSWERS, PHOTOS, ROUNDS, LIMIT_MS = 5, 6, 50, 100


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        # In a process of its own: Django has its settings once.
        subprocess.run(
            [sys.executable, "-m", "benchmarks.exchange"],
            env=os.environ | {"MILIUM_HOME": home, "DATABASE_URL": ""},
            check=True,
        )


def measured() -> None:
    import django  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415

    os.environ["DJANGO_SETTINGS_MODULE"] = "milium_site.config.settings"
    django.setup()
    settings.MILIUM_PANEL_SIZE = ANSWERS
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    from tests import factories as make  # noqa: PLC0415

    from milium_site.exchange.bearer import Bearer  # noqa: PLC0415
    from milium_site.exchange.views.fhir import bundle_of  # noqa: PLC0415

    authors = [make.specialist(f"Dr {number}") for number in range(ANSWERS)]
    case = make.open_case().case
    for author in authors:
        make.signed(case, author)
    for _ in range(PHOTOS):
        make.photo(case)
    asker = Bearer(digest="", scopes=frozenset(), case=case)

    took = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        text = json.dumps(bundle_of(case, asker))
        took.append((time.perf_counter() - start) * 1000)
    with CaptureQueriesContext(connection) as queries:
        entries = len(bundle_of(case, asker)["entry"])
    print(
        f"{ANSWERS} answers, {PHOTOS} photos: {entries} resources, {len(text) / 1000:.0f} kB, {len(queries)} queries; "
        f"median {statistics.median(took):.1f} ms, worst of {ROUNDS} {max(took):.1f} ms (at most {LIMIT_MS} asked for)"
    )


if __name__ == "__main__":
    machine.use(machine.cores())
    measured()
