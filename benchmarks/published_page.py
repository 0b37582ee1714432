"""A published case's page for somebody who is not signed in: SQLite, two granian workers, wrk at 16 connections beside them.

Pages are copies of the demo's three, with answers, comparison and tags. A first view is one that no process has kept:
each of many pages is asked for once, one after the other, by a browser that takes gzip.
"""

# ruff: noqa: PLC0415 (Django is set up for a database of its own first)
from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


PAGES, FIRST_VIEWS, WARM = 400, 200, 60
CONNECTIONS, SECONDS = 16, 10
# Biostars' question page with its best cache, two workers, this size of machine: 99 a second.
GOAL = max(2500, 25 * 99)
GOAL_P99_MS, GOAL_FIRST_MS = 20, 30
GZIP = {"Accept-Encoding": "gzip"}
PATIENCE = 60


def main() -> None:
    """Fills an instance, serves it as ``milium web`` does, and measures."""
    with tempfile.TemporaryDirectory() as home:
        env = os.environ | {"MILIUM_HOME": home, "DATABASE_URL": ""}
        run = [sys.executable, "-m", "milium"]
        subprocess.run([*run, "demo"], env=env, check=True, stdout=subprocess.DEVNULL)
        fill = [sys.executable, "-m", "benchmarks.published_page"]
        filled = subprocess.run(fill, env=env, check=True, capture_output=True, text=True)
        paths = filled.stdout.split()
        with served([*run, "web", "--workers", "2"], env) as (port, group):
            for path in paths[:WARM]:
                _timed(port, path)
            first(port, paths[WARM : WARM + FIRST_VIEWS], group)
            under_load(port, paths[0])


@contextmanager
def served(command: list[str], env: dict[str, str]) -> Iterator[tuple[int, int]]:
    """The site on a free port, and the group of its processes, for as long as the block runs."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    server = subprocess.Popen(
        [*command, "--port", str(port)], env=env, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                _timed(port, "/about/")
                break
            except OSError:
                time.sleep(0.2)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(timeout=30)


def first(port: int, paths: list[str], group: int) -> None:
    """Each page once; also what it took of a processor, which other work on the machine does not lengthen."""
    before = _worked(group)
    times = [_timed(port, path) for path in paths]
    worked = (_worked(group) - before) / len(paths)
    p99 = statistics.quantiles(times, n=100)[98]
    print(
        f"first view of {len(times)} pages: median {statistics.median(times):.1f} ms, "
        f"p99 {p99:.1f} ms, worst {max(times):.1f} ms (goal: under {GOAL_FIRST_MS}); "
        f"{worked:.1f} ms of a processor each"
    )


def under_load(port: int, path: str) -> None:
    """One page, again and again, from many connections."""
    wrk = shutil.which("wrk")
    if wrk is None:
        print("under load: not measured, wrk is not installed")
        return
    address = f"http://127.0.0.1:{port}{path}"
    command = [wrk, "-t1", f"-c{CONNECTIONS}", "--latency", "-H", "Accept-Encoding: gzip"]
    subprocess.run([*command, "-d2s", address], check=True, capture_output=True)
    told = subprocess.run(
        [*command, f"-d{SECONDS}s", address], check=True, capture_output=True, text=True
    ).stdout
    rate, p99 = re.search(r"Requests/sec:\s+([\d.]+)", told), re.search(r"99%\s+(\S+)", told)
    assert rate, told
    assert p99, told
    wrong = re.search(r"Non-2xx.*|Socket errors.*", told)
    print(
        f"kept page, {CONNECTIONS} connections, {SECONDS} s: {float(rate[1]):,.0f} requests a second "
        f"(goal: {GOAL:,}), p99 {p99[1]} (goal: under {GOAL_P99_MS} ms)"
        + (f"; {wrong[0]}" if wrong else "")
    )


def _worked(group: int) -> float:
    """Milliseconds that a group of processes has used of a processor; 0 where the system does not say."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # It has ended since.
            continue
        if int(fields[2]) == group:
            ticks += int(fields[11]) + int(fields[12])
    return ticks * 1000 / os.sysconf("SC_CLK_TCK")


def _timed(port: int, path: str) -> float:
    """Milliseconds until the whole page is there, on a connection of its own."""
    started = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers=GZIP)
    response = connection.getresponse()
    response.read()
    connection.close()
    assert response.status == 200, f"{path}: {response.status}"
    return (time.perf_counter() - started) * 1000


def fill() -> None:
    """Copies the demo's pages until there are ``PAGES``, and says their addresses."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "milium_site.config.settings"
    django.setup()
    from django.core.management import call_command

    from milium_site.archive.models import PublishedCase
    from milium_site.archive.pages.actions import derive

    originals = list(PublishedCase.objects.prefetch_related("opinions"))
    for number in range(PAGES):
        page = originals[number % len(originals)]
        opinions = list(page.opinions.all())
        copy = PublishedCase.objects.get(pk=page.pk)
        copy.pk, copy.publication, copy.key = None, None, f"bench{number:07}"
        copy.save()
        for opinion in opinions:
            opinion.pk, opinion.opinion, opinion.page = None, None, copy
            opinion.save()
        derive(page=copy)
        print(copy.get_absolute_url())
    call_command("rebuild_index", stdout=sys.stderr)


if __name__ == "__main__":
    fill()
