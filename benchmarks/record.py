"""How fast many connections write to the record at once, and what chaining inside their transactions would cost.

Run with ``python -m benchmarks.record``; MILIUM_TEST_DATABASE_URL names a PostgreSQL server, else SQLite in a file.
Each writer commits a row lock's worth of work (its own entry) and nothing else, as a page view does.
"""

# ruff: noqa: PLC0415 (Django is set up for a database of its own first)
from __future__ import annotations

import os
import tempfile
import threading
import time
from collections.abc import Callable


WRITERS, EACH = 64, 20


def measured(write: Callable[[], object]) -> float:
    """Entries per second, with ``WRITERS`` connections writing ``EACH``."""
    from django.db import connections

    def work() -> None:
        try:
            for _ in range(EACH):
                write()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(WRITERS)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return WRITERS * EACH / (time.perf_counter() - begun)


def main() -> None:
    """Both ways, on a database of its own that is dropped at the end."""
    import django
    from django.db import connection, transaction

    django.setup()
    if connection.vendor == "sqlite":
        # In memory, as tests have it, writers would not queue.
        connection.settings_dict["TEST"]["NAME"] = f"{os.environ['MILIUM_HOME']}/bench.sqlite3"
    connection.creation.create_test_db(verbosity=0)
    from milium_site.record.actions import chain_waiting, record
    from milium_site.record.chain import digest_of
    from milium_site.record.models import Head, Link, Waiting
    from milium_site.record.verification import verify

    def after() -> None:
        record(verb="read", kind="case", key="k", case="k")

    @transaction.atomic
    def inside() -> None:
        head = Head.objects.select_for_update().get(pk=1)
        entry = record(verb="read", kind="case", key="k", case="k")
        head.number += 1
        head.digest = digest_of(head.digest or head.name, head.number, entry)
        Link.objects.create(number=head.number, entry=entry, digest=head.digest)
        Waiting.objects.filter(pk=entry.pk).delete()
        head.save()

    try:
        after()
        print(f"{connection.vendor}, {WRITERS} connections, {WRITERS * EACH} entries each way")
        print(f"chained after the commit    {measured(after):8.0f} entries/s")
        chain_waiting()
        print(f"chained in the transaction  {measured(inside):8.0f} entries/s")
        begun, verdict = time.perf_counter(), verify()
        took = time.perf_counter() - begun
        print(f"verified {verdict.number} in {took:.2f} s, found wrong: {len(verdict.wrong)}")
    finally:
        connection.creation.destroy_test_db(str(connection.settings_dict["NAME"]), verbosity=0)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MILIUM_HOME"] = folder
        if named := os.environ.get("MILIUM_TEST_DATABASE_URL"):
            os.environ["DATABASE_URL"] = named
        os.environ["DJANGO_SETTINGS_MODULE"] = "milium_site.config.settings"
        main()
