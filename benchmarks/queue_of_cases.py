"""The queue of 100,000 open cases: the first page, a page deep inside and a filtered one, on SQLite and on PostgreSQL.

PostgreSQL is measured where MILIUM_TEST_DATABASE_URL names a server. The whole request is measured, as a signed-in
specialist sends it; every case has words of the usual length, three to six topics and up to two seats that are held. On a
machine that others use, too, the time on the processor tells more than the time on the clock; a server's own is not in it.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from benchmarks import machine


CASES = 100_000
LIMIT_MS = 100
ROUNDS = 15
QUESTION = (
    "For 2 months I have had an itchy rash on my neck. I tried hydrocortisone and it did not help. "
    * 6
)


def main() -> None:
    print(
        f"{CASES:,} open cases; at most {LIMIT_MS} ms asked for; median and worst of {ROUNDS} in ms\n"
    )
    print(f"{'database':<12} {'page':<34} {'median':>8} {'worst':>8} {'processor':>9}  queries")
    with tempfile.TemporaryDirectory() as home:
        _child({"MILIUM_HOME": home, "DATABASE_URL": ""})
    if named := os.environ.get("MILIUM_TEST_DATABASE_URL"):
        with tempfile.TemporaryDirectory() as home:
            _child({"MILIUM_HOME": home, "MILIUM_BENCH_SERVER": named, "DATABASE_URL": ""})
    else:
        print("postgresql   not measured: MILIUM_TEST_DATABASE_URL names no server")


def _child(env: dict[str, str]) -> None:
    # Each database in a process of its own: Django has its settings once.
    subprocess.run(
        [sys.executable, "-m", "benchmarks.queue_of_cases"], env=os.environ | env, check=True
    )


def measured() -> None:
    import django  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415

    os.environ["DJANGO_SETTINGS_MODULE"] = "milium_site.config.settings"
    if server := os.environ.get("MILIUM_BENCH_SERVER"):
        import dj_database_url  # noqa: PLC0415

        settings.DATABASES["default"] = dict(dj_database_url.parse(server))
    else:
        # In a file, as a site has it: Django would test in memory.
        file = settings.MILIUM_HOME / "queue.sqlite3"
        settings.DATABASES["default"] |= {"TEST": {"NAME": str(file)}}
    django.setup()
    settings.ALLOWED_HOSTS = ["testserver"]
    # Signing in is not what is measured: a session alone opens the door here, and accounts are made quickly.
    settings.MILIUM_SECOND_FACTOR = "optional"
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
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    specialist = _filled()
    client = Client()
    client.force_login(specialist.user)
    deep = _deep_place(specialist)
    pages = {
        "first page": "/queue/",
        "a page 50,000 cases down": f"/queue/?after={deep}",
        "one urgency, a common problem": "/queue/?urgency=3&problem=rash",
        "a rare problem": "/queue/?problem=rare",
        "waiting for 3 days": "/queue/?days=3",
    }
    for name, path in pages.items():
        with CaptureQueriesContext(connection) as queries:
            response = client.get(path)
        # Before the next request: it begins the list anew.
        asked = len(queries)
        assert response.status_code == 200, f"{path}: {response.status_code} {response.headers}"
        times = [_timed(lambda path=path: client.get(path)) for _ in range(ROUNDS)]
        clock, processor = zip(*times, strict=True)
        said = f"{statistics.median(clock):8.1f} {max(clock):8.1f} {statistics.median(processor):9.1f}  {asked}"
        print(f"{connection.vendor:<12} {name:<34} {said}", flush=True)


def _timed(call: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds on the clock and on the processor."""
    start, worked = time.perf_counter(), time.process_time()
    call()
    return (time.perf_counter() - start) * 1000, (time.process_time() - worked) * 1000


def _deep_place(specialist: object) -> str:
    from milium_site.opinions.seats.queue import open_places  # noqa: PLC0415

    now = datetime.now(UTC)
    page = open_places(specialist, now=now, size=50_000)  # type: ignore[arg-type]
    return str(page.next)


def _filled() -> object:
    from dataclasses import asdict  # noqa: PLC0415

    from django.db import connection  # noqa: PLC0415
    from tests import factories as make  # noqa: PLC0415

    from milium.api import read_question, vocabulary  # noqa: PLC0415
    from milium_site.cases.models import Case, CaseTopic, Seat  # noqa: PLC0415
    from milium_site.cases.topics import topic_of  # noqa: PLC0415

    draw = random.Random(7)
    specialists = [make.specialist(f"Dr {n}") for n in range(40)]
    concepts = [c.id for c in vocabulary() if c.kind in {"condition", "site", "symptom"}]
    topics = [topic_of(id_) for id_ in concepts]
    chosen = draw.sample(range(len(concepts)), 30)
    specialists[0].interests = [concepts[i] for i in chosen]
    specialists[0].save()
    history, now = asdict(read_question(QUESTION)), datetime.now(UTC)
    for start in range(0, CASES, 5_000):
        cases = Case.objects.bulk_create(
            _case(n, draw, now, history) for n in range(start, start + 5_000)
        )
        CaseTopic.objects.bulk_create(
            CaseTopic(case=case, topic=topic)
            for case in cases
            for topic in {draw.choice(topics) for _ in range(draw.randint(3, 6))}
        )
        Seat.objects.bulk_create(
            Seat(case=case, specialist=s, invited_at=now, lapses_at=now + timedelta(hours=9))
            for case in cases
            for s in draw.sample(specialists[1:], draw.randint(0, 2))
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return specialists[0]


def _case(number: int, draw: random.Random, now: datetime, history: dict[str, object]) -> object:
    from milium_site.cases.models import Case  # noqa: PLC0415

    sent = now - timedelta(seconds=draw.randint(60, 30 * 86_400))
    rare = draw.random() < 0.001
    return Case(
        key=f"bench{number:06}",
        link_digest=f"{number:064}",
        state="open",
        text=QUESTION,
        question=QUESTION,
        history_read=history,
        history=history,
        problem="rare" if rare else draw.choice(["rash", "spot", "acne", "hair", ""]),
        urgency_rank=draw.choices([0, 1, 2, 3], [1, 4, 15, 80])[0],
        started_at=sent,
        submitted_at=sent,
        opened_at=sent,
        queued_on=sent.date(),
        has_place=True,
    )


if __name__ == "__main__":
    machine.use(machine.cores())
    measured()
