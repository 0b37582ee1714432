"""Whether the time of a sealed case page tells how many others have answered: none or four, asked in turn, and compared.

Two cases with the same words, panel and draft; to one of them four others have signed. Their pages are asked for in pairs,
in an order that is drawn anew for each, and the signs of the differences are put to a two-sided sign test. Where the pages
took the same time, p is anything between 0 and 1; where they do not, it is near 0. On SQLite, in a file.
"""

from __future__ import annotations

import math
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

from benchmarks import machine


PAIRS, WARM_UP = 300, 20
NAMES = ("queue", "answer", "review", "pass-on")


def main() -> None:
    print(f"{PAIRS} pairs each; times in ms; p of a two-sided sign test\n")
    print(f"{'page':<10} {'none signed':>12} {'four signed':>12} {'difference':>12} {'p':>7}")
    with tempfile.TemporaryDirectory() as home:
        subprocess.run(
            [sys.executable, "-m", "benchmarks.sealed_times"],
            env=os.environ | {"MILIUM_HOME": home, "DATABASE_URL": ""},
            check=True,
        )


def measured() -> None:
    import django  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415

    os.environ["DJANGO_SETTINGS_MODULE"] = "milium_site.config.settings"
    file = settings.MILIUM_HOME / "sealed.sqlite3"
    settings.DATABASES["default"] |= {"TEST": {"NAME": str(file)}}
    django.setup()
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.MILIUM_SECOND_FACTOR, settings.MILIUM_SCREENING = "optional", "none"
    settings.MILIUM_PANEL_SIZE = 5
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    from django.db import connection  # noqa: PLC0415

    old = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        _measure()
    finally:
        connection.creation.destroy_test_db(old or "", verbosity=0)


def _measure() -> None:
    from django.test import Client  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    clients, keys = [Client(), Client()], []
    for client, signed in zip(clients, (0, 4), strict=True):
        writing, key = _panel(signed)
        client.force_login(writing)
        keys.append(key)
    for name in NAMES:
        paths = [reverse(name, args=[] if name == "queue" else [key]) for key in keys]
        pairs = [
            _pair([lambda c=c, p=p: c.get(p).content for c, p in zip(clients, paths, strict=True)])
            for _ in range(WARM_UP + PAIRS)
        ][WARM_UP:]
        none, four = (statistics.median(pair[i] for pair in pairs) for i in (0, 1))
        difference = statistics.median(b - a for a, b in pairs)
        said = f"{none:12.2f} {four:12.2f} {difference:12.3f} {sign_test(pairs):7.3f}"
        print(f"{name:<10} {said}", flush=True)


def _panel(signed: int) -> tuple[object, str]:
    """A panel of its own, on a case that ``signed`` of the others have answered: the one who still writes, and its key."""
    from tests import factories as make  # noqa: PLC0415

    from milium_site.people.actions import suspend_specialist  # noqa: PLC0415
    from milium_site.people.models import Specialist  # noqa: PLC0415

    people = [make.specialist(f"Dr {n}") for n in range(5)]
    case = make.open_case().case
    make.draft(case, people[0])
    for other in people[1 : signed + 1]:
        make.signed(case, other)
    # The other case gets a panel of its own.
    for person in Specialist.objects.filter(pk__in=[p.pk for p in people[1:]]):
        suspend_specialist(specialist=person)
    return people[0].user, case.key


def _pair(calls: list[Callable[[], object]]) -> tuple[float, float]:
    order = random.sample((0, 1), 2)
    times = {which: _timed(calls[which]) for which in order}
    return times[0], times[1]


def _timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def sign_test(pairs: list[tuple[float, float]]) -> float:
    """How likely at least so uneven a split of signs is by chance alone."""
    above = sum(b > a for a, b in pairs)
    number = sum(a != b for a, b in pairs)
    least = min(above, number - above)
    tail = sum(math.comb(number, k) for k in range(least + 1)) / 2**number
    return min(1.0, 2 * tail)


if __name__ == "__main__":
    machine.use(machine.cores())
    measured()
