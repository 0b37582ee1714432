"""How long a read answer takes from the review page until it is signed: a real site, a real browser, and a script's hands.

Each answer is reviewed and signed as a change of the one before it, on the page that every author signs on. What the reader
got wrong by the scorer is put right first: points too many are taken away, stances chosen, missed points added with their
words. The script reads nothing and thinks nothing; ``reading_review`` models both.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks import texts
from benchmarks.reading_review import MOST_CORRECTIONS, MOST_SECONDS, Errors, errors_of


EACH = 6
PATIENCE = 120
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
START = "from milium_site.config.commands import serve; raise SystemExit(serve({arguments!r}))"


def main() -> None:
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None or importlib.util.find_spec("playwright") is None:
        print("not measured: needs Chromium and the environment of the tests (.venv)")
        return
    file = texts.GOLD if texts.GOLD.exists() else texts.OWN_GOLD
    answers = texts.gold(file)[::EACH]
    print(f"{len(answers)} answers of {file.name}, every {EACH}th\n")
    with tempfile.TemporaryDirectory() as home, site(Path(home)) as (address, login):
        signed = list(sign_all(browser, address, login, answers))
    corrections = [number for number, _, _ in signed]
    seconds = sorted(took for _, took, _ in signed)
    print(
        f"  corrections an answer     median {statistics.median(corrections):.1f} (at most {MOST_CORRECTIONS} asked for)"
    )
    print(
        f"  seconds until signed      median {statistics.median(seconds):.1f}, worst {seconds[-1]:.1f} (at most {MOST_SECONDS} asked for)"
    )
    refused = sum(number for _, _, number in signed)
    print(f"  missed points that could not be added, their name being unknown: {refused}")


@contextmanager
def site(home: Path) -> Iterator[tuple[str, tuple[str, str]]]:
    """The demo, served as `milium serve --demo` does; where it is, and who signs in with which password."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {k: v for k, v in os.environ.items() if not k.startswith(("MILIUM_", "DATABASE_"))}
    with (home / "log").open("w", encoding="utf-8") as log:
        server = subprocess.Popen(
            [sys.executable, "-c", START.format(arguments=["--demo", "--port", str(port)])],
            env=env | {"MILIUM_HOME": str(home)},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address, server)
        told = (home / "log").read_text(encoding="utf-8")
        (email,) = re.findall(r"as specialist +(\S+@\S+)", told)[:1]
        (password,) = re.findall(r"password for all: (\S+)", told)
        yield address, (email, password)
    finally:
        server.terminate()
        server.wait(timeout=30)


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/about/", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the demo did not start")


def sign_all(
    browser: str, address: str, login: tuple[str, str], answers: list[dict[str, Any]]
) -> Iterator[tuple[int, float, int]]:
    """Of each answer: corrections, seconds from the review page until signed, points that could not be added."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 (the bench environment has none)

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=browser, args=ARGUMENTS)
        page = launched.new_page(base_url=address, viewport={"width": 1280, "height": 900})
        page.goto("/sign-in/")
        page.get_by_label("Email").fill(login[0])
        page.get_by_label("Password").fill(login[1])
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.get_by_text("You answered").click()
        page.locator(".done a").first.click()
        case = page.url
        for answer in answers:
            page.goto(f"{case}amend/")
            page.get_by_role("textbox", name="Why you change it").fill("A better answer.")
            page.get_by_role("textbox", name="Your answer").fill(answer["text"])
            page.get_by_role("button", name="Review and sign").click()
            page.get_by_role("heading", name="How your answer is read").wait_for()
            errors, start = errors_of(answer), time.perf_counter()
            refused = correct(page, errors)
            page.get_by_role("button", name="Sign my answer").click()
            page.get_by_text("Your changed answer stands now").wait_for()
            took = time.perf_counter() - start
            yield len(errors.extra) + len(errors.stances) + len(errors.missed), took, refused
        launched.close()


def correct(page: Any, errors: Errors) -> int:  # noqa: ANN401 (Playwright's page; the bench environment has none)
    """Puts right what was read wrong; how many missed points the page could not take."""
    for statement in errors.extra:
        page.locator(f'input[name="keep"][value="{name_of(statement)}"]').uncheck()
    for statement, stance in errors.stances:
        page.locator(f'select[name="stance:{name_of(statement)}"]').select_option(stance)
    refused = 0
    for wanted in errors.missed:
        page.get_by_label("Exact words of your answer").fill(wanted["quote"])
        page.get_by_label("What they speak of").fill(wanted["concept"])
        says = f"{wanted['kind']}/{wanted.get('stance') or ''}"
        page.get_by_label("What they say of it").select_option(says)
        with page.expect_navigation():
            page.get_by_role("button", name="Add this point").click()
        if page.locator(".summary").count():
            refused += 1
            page.get_by_label("Exact words of your answer").fill("")
            page.get_by_label("What they speak of").fill("")
    return refused


def name_of(statement: Any) -> str:  # noqa: ANN401 (a statement of the library)
    """How the page names a point."""
    return f"{statement.kind}/{statement.concept.id}"


if __name__ == "__main__":
    main()
