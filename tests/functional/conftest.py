"""A real server and a real browser: the site as `milium serve --demo` starts it, and the system's Chromium."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright


# Playwright keeps an event loop in this thread. When tests of the database share it, Django takes them for
# asynchronous code and refuses; they are not.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

SOURCES = Path(__file__).resolve().parents[2] / "src"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Nothing of the browser's own may reach the network or wait for it.
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
START = "from milium_site.config.commands import serve; raise SystemExit(serve({arguments!r}))"
AGAIN = "from milium_site.config.commands import web; raise SystemExit(web({arguments!r}))"
PATIENCE = 180


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where the site is, where its letters go, who can sign in, and the demo's case links by title."""

    address: str
    letters: Path
    home: Path
    password: str
    specialists: tuple[str, ...]
    cases: dict[str, str]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    home, port = tmp_path_factory.mktemp("instance"), free_port()
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith(("MILIUM_", "DATABASE_", "DJANGO_"))
    }
    script = START.format(arguments=["--demo", "--port", str(port)])
    with (home / "log").open("w", encoding="utf-8") as log:
        server = subprocess.Popen(
            [sys.executable, "-c", script],
            env=kept
            | {"MILIUM_HOME": str(home), "PYTHONPATH": str(SOURCES), "MILIUM_SCREENING": "none"},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(address, server, home / "log")
        yield told((home / "log").read_text(encoding="utf-8"), address, home)
    finally:
        server.terminate()
        server.wait(timeout=20)


@contextmanager
def served_again(site: Site, name: str, **settings: str) -> Iterator[str]:
    """Where the same instance is served a second time, by a process with other settings."""
    port, log = free_port(), site.home / f"{name}.log"
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith(("MILIUM_", "DATABASE_", "DJANGO_"))
    }
    with log.open("w", encoding="utf-8") as written:
        server = subprocess.Popen(
            [sys.executable, "-c", AGAIN.format(arguments=["--port", str(port), "--workers", "1"])],
            env=kept | {"MILIUM_HOME": str(site.home), "PYTHONPATH": str(SOURCES)} | settings,
            stdout=written,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_for(f"http://127.0.0.1:{port}", server, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/about/", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"the site did not start:\n{log.read_text(encoding='utf-8')}")


def told(log: str, address: str, home: Path) -> Site:
    """What the command told whoever started it."""
    password = re.search(r"password for all: (\S+)", log)
    assert password, log
    return Site(
        address=address,
        letters=home / "mail",
        home=home,
        password=password[1],
        specialists=tuple(re.findall(r"as specialist +(\S+@\S+)", log)),
        cases={title.strip(): url for url, title in re.findall(r"(http\S+/c/\S+/)  (.+)", log)},
    )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip("the browser tests need Chromium: install it with `apt-get install chromium`")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass(slots=True)
class Visitor:
    """One person's browser window, and everything it asked for or complained of."""

    page: Page
    address: str
    requests: list[str]
    complaints: list[str]

    def forgive_refusals(self) -> None:
        """A page that was refused, or is not there, is noted by the browser itself."""
        self.complaints[:] = [c for c in self.complaints if "Failed to load resource" not in c]


class Visitors:
    """Opens windows that share nothing, and sees that none asks anybody else for anything."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self.browser, self.site = browser, site
        self.open: list[tuple[BrowserContext, Visitor]] = []

    def new(
        self, *, javascript: bool = True, width: int = 1280, height: int = 900, at: str = ""
    ) -> Visitor:
        """A window of one's own; ``at`` is another address of the same site."""
        address = at or self.site.address
        context = self.browser.new_context(
            base_url=address,
            java_script_enabled=javascript,
            viewport={"width": width, "height": height},
        )
        context.set_default_timeout(10_000)
        visitor = Visitor(page=context.new_page(), address=address, requests=[], complaints=[])
        visitor.page.on("request", lambda request: visitor.requests.append(request.url))
        visitor.page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
        visitor.page.on(
            "console", lambda m: visitor.complaints.append(m.text) if m.type == "error" else None
        )
        self.open.append((context, visitor))
        return visitor

    def close(self) -> None:
        for context, visitor in self.open:
            context.close()
            assert [url for url in visitor.requests if not url.startswith(visitor.address)] == []
            assert visitor.complaints == []


@pytest.fixture
def visitors(browser: Browser, site: Site) -> Iterator[Visitors]:
    visitors = Visitors(browser, site)
    yield visitors
    visitors.close()


# One site runs for a session of tests: its cookies hold for all of it.
SESSIONS: dict[str, Any] = {}


def sign_in(page: Page, email: str, password: str, *, home: str = "/queue/") -> None:
    """Signs somebody of the demo in by the form the first time, later by the cookies it gave; ``home`` is where they land."""
    if cookies := SESSIONS.get(email):
        page.context.add_cookies(cookies)
        page.goto(home)
        return
    page.goto("/sign-in/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"**{home}")
    SESSIONS[email] = page.context.cookies()
