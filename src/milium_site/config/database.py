"""How the database is opened: SQLite for one machine, PostgreSQL for many processes."""

from __future__ import annotations

from typing import Any

import dj_database_url


# SQLite serves one machine: readers never wait (WAL), writers queue from their first statement
# (IMMEDIATE), so that two of them can never both read and then both fail to write.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000;",
}
# Seconds. A request whose database is away is answered after PATIENCE; a connection that could not be made is given
# up soon, so that the next request tries anew and the site is back as soon as the database is.
PATIENCE, GIVEN_UP = 5, 4


def settings_from(url: str, *, connections: int, seconds: int) -> dict[str, Any]:
    """Django's settings of the database at ``url``.

    For PostgreSQL each process keeps up to ``connections`` open, each looked at before it is used, and no statement runs
    longer than ``seconds`` (0: as long as it takes).
    """
    database: dict[str, Any] = dict(dj_database_url.parse(url, conn_health_checks=True))
    options: dict[str, Any] = database.setdefault("OPTIONS", {})
    if database["ENGINE"] == "django.db.backends.sqlite3":
        options.update(SQLITE_OPTIONS)
    else:
        options["connect_timeout"] = PATIENCE
        # Somebody who went away in the middle of a transaction does not hold its rows.
        options["options"] = (
            f"-c statement_timeout={seconds * 1000} -c idle_in_transaction_session_timeout=60000"
        )
        options["pool"] = {
            "min_size": 1,
            "max_size": connections,
            "timeout": PATIENCE,
            "reconnect_timeout": GIVEN_UP,
            "max_idle": 120,
        }
    return database
