"""Every test, on SQLite and, where one answers, on PostgreSQL.

Something missing outside Python (a browser, PostgreSQL) skips what needs it, with a line that says how to get it.
With MILIUM_NO_SKIPS=1 a skip is a failure: continuous integration sets it.
"""

from __future__ import annotations

import os
import subprocess
import sys

import psycopg


NAMED = "MILIUM_TEST_DATABASE_URL"
NO_SKIPS = os.environ.get("MILIUM_NO_SKIPS") == "1"
USUAL_SERVERS = tuple(
    f"postgres://{user}@127.0.0.1:5432/postgres"
    for user in ("postgres", os.environ.get("USER", "root"))
)


def postgresql() -> str | None:
    """The address of a PostgreSQL server that lets the tests in, or None."""
    named = os.environ.get(NAMED)
    for address in (named,) if named else USUAL_SERVERS:
        try:
            psycopg.connect(address, connect_timeout=2).close()
        except psycopg.OperationalError as error:
            if named:
                sys.exit(f"MILIUM_TEST_DATABASE_URL: {error}")
        else:
            return address
    return None


def pytest(*arguments: str, server: str | None = None) -> int:
    """Run the tests in ``arguments`` on two processes, on that server or on SQLite; gives pytest's exit code."""
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", *arguments]
    environment = {k: v for k, v in os.environ.items() if k != NAMED}
    if server:
        environment[NAMED] = server
    return subprocess.run(command, env=environment, check=False).returncode


def main() -> int:
    """Run every round; 0 when every test of all passed."""
    print("== the library, and the site on SQLite")
    codes = [pytest("tests", "--ignore=tests/functional")]
    # Apart from the rest: the browser's driver keeps an event loop running in its process.
    print("== journeys in a browser")
    codes.append(pytest("tests/functional", "--dist=loadfile"))
    address = postgresql()
    if address:
        print("== the site once more, on PostgreSQL")
        codes.append(pytest("tests/site", server=address))
    else:
        print(
            "skipped: the site's tests on PostgreSQL. Install it (apt-get install postgresql) and start it, "
            "or name a server: MILIUM_TEST_DATABASE_URL=postgres://user:password@host/database"
        )
        codes.append(int(NO_SKIPS))
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
