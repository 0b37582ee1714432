"""Takes every picture of docs/screenshots anew, with its index: ``python -m tools.screenshots``.

Starts the demo in a folder of its own, with its emergency question and a draft asked on the way, and looks at each
page as whoever it is for. Needs Chromium and the development environment. What is taller than a few screens is cut.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright


ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "screenshots"
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PATIENCE = 300
COLOURS = 48
# Name, width, height of the window, and how much of a page is kept.
DEVICES = (("phone", 390, 844, 2200), ("desk", 1280, 900, 1500))
EMERGENCY = (
    "My lips and tongue are swelling and I cannot breathe since I took amoxicillin an hour ago."
)
QUESTION = (
    "For 2 months I have had an itchy rash on my neck. I tried hydrocortisone and it did not help."
)
CASE = "Milia en plaque behind both ears"
WAITING = "A ring on the shin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """A page: the name of its pictures, its address, what the index calls it, and whether it is also taken dark."""

    name: str
    address: str
    title: str
    dark: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """The site that was started: its address, its secret links by title, its accounts by role, and their password."""

    address: str
    links: dict[str, str]
    accounts: dict[str, str]
    password: str


Taken = list[tuple[str, list[tuple[Shot, list[str]]]]]


def main() -> None:
    chromium = next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome")))
    )
    taken: Taken = []
    for old in FOLDER.iterdir():
        old.unlink()
    with (
        demo() as site,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS) as browser,
    ):
        taken.append(("For everybody", shots(browser, site, everybody())))
        taken.append(
            ("Asking, and the case afterwards", shots(browser, site, askers(browser, site)))
        )
        for role, pages in (
            ("specialist", specialists),
            ("moderator", moderators),
            ("operator", operators),
        ):
            found = pages(browser, site)
            taken.append(
                (
                    f"For a {role}" if role != "operator" else "For an operator",
                    shots(browser, site, found, role),
                )
            )
    (FOLDER / "README.md").write_text(index(taken), encoding="utf-8")


@contextmanager
def demo() -> Iterator[Demo]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{probe.getsockname()[1]}"
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith(("MILIUM_", "DATABASE_", "DJANGO_"))
    }
    with tempfile.TemporaryDirectory() as home:
        log = Path(home, "log")
        with log.open("w", encoding="utf-8") as told:
            server = subprocess.Popen(
                [sys.executable, "-m", "milium", "serve", "--demo", "--port", address.rpartition(":")[2]],
                env=kept | {"MILIUM_HOME": home, "PYTHONPATH": str(ROOT / "src")},
                stdout=told, stderr=subprocess.STDOUT,
            )  # fmt: skip
        try:
            wait_for(address, server)
            yield described(address, log.read_text(encoding="utf-8"))
        finally:
            server.terminate()
            server.wait(60)


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/about/", timeout=5):
                return
        except OSError:
            time.sleep(0.3)
    sys.exit("the demo did not start")


def described(address: str, log: str) -> Demo:
    accounts: dict[str, str] = {}
    for role, account in re.findall(r"as (\w+) +(\S+@\S+)", log):
        accounts.setdefault(role, account)
    return Demo(
        address=address,
        links={title.strip(): link for link, title in re.findall(r"http\S+?(/c/\S+/)  (.+)", log)},
        accounts=accounts,
        password=re.findall(r"password for all: (\S+)", log)[0],
    )


def everybody() -> list[Shot]:
    return [
        Shot(name="ask", address="/", title="The first page", dark=True),
        Shot(name="about", address="/about/", title="How it works and what it is not"),
        Shot(name="word", address="/about/condition/psoriasis/", title="A word, with its sources"),
        Shot(name="words", address="/about/words/", title="All words"),
        Shot(name="archive", address="/cases/", title="Answered cases"),
        Shot(name="search", address="/search/?q=itchy+rash", title="Searching them"),
        Shot(name="sign-in", address="/sign-in/", title="Signing in"),
        Shot(name="report", address="/report/case/none/", title="Saying that something is wrong"),
        Shot(name="not-found", address="/nowhere/", title="No such page"),
    ]


def askers(browser: Browser, site: Demo) -> list[Shot]:
    draft, stopped = asked(browser, site, QUESTION), asked(browser, site, EMERGENCY)
    case, waiting = site.links[CASE], site.links[WAITING]
    return [
        Shot(
            name="questions",
            address=f"{draft}questions/",
            title="Step 2: what was understood, and what is open",
        ),
        Shot(name="person", address=f"{draft}person/", title="Step 3: whom it is about"),
        Shot(name="photos", address=f"{draft}photos/", title="Step 4: photos"),
        Shot(name="check", address=f"{draft}check/", title="Step 5: look again and send"),
        Shot(name="now", address=f"{stopped}now/", title="An emergency interrupts", dark=True),
        Shot(name="case-waiting", address=waiting, title="A case that waits for answers"),
        Shot(name="case", address=case, title="A case with answers side by side", dark=True),
        Shot(name="summary", address=f"{case}summary/", title="For the next appointment"),
        Shot(name="sharing", address=f"{case}sharing/", title="What may be done with it"),
        Shot(name="publication", address=f"{case}publication/", title="What would be published"),
        Shot(name="opened", address=f"{case}record/", title="Who opened it"),
        Shot(name="leave", address=f"{case}leave/", title="Taking it back"),
    ]


def specialists(browser: Browser, site: Demo) -> list[Shot]:
    found = links_on(browser, site, "specialist", "/queue/", r"^/queue/(?!phrases)\w{6,}/$")
    shots = [
        Shot(name="queue", address="/queue/", title="The queue", dark=True),
        Shot(name="phrases", address="/queue/phrases/", title="Sentences of one's own"),
        Shot(name="profile", address="/profile/", title="The profile"),
        Shot(name="notices", address="/profile/notices/", title="Being told"),
        Shot(name="tokens", address="/profile/tokens/", title="Programs"),
        Shot(name="security", address="/security/", title="Passkeys, devices, password"),
    ]
    return shots + [
        Shot(name=f"answer-{n}", address=address, title=f"Case {n} of the queue", dark=n == 1)
        for n, address in enumerate(found[:3], 1)
    ]


def moderators(browser: Browser, site: Demo) -> list[Shot]:
    asked(browser, site, QUESTION, send=True)
    found = links_on(browser, site, "moderator", "/moderate/", r"^/moderate/cases/\w+/$")
    shots = [
        Shot(name="moderate", address="/moderate/", title="What waits for a moderator"),
        Shot(name="reports", address="/moderate/reports/", title="What people said is wrong"),
        Shot(name="record", address="/moderate/record/", title="The record"),
        Shot(name="applications", address="/moderate/applications/", title="Applications"),
        Shot(
            name="publications",
            address="/moderate/publications/",
            title="What waits to be published",
        ),
        Shot(name="panel", address="/moderate/panel/", title="The panel"),
    ]
    return shots + [
        Shot(name="moderate-case", address=a, title="A case to open") for a in found[:1]
    ]


def operators(browser: Browser, site: Demo) -> list[Shot]:
    return [
        Shot(name="people", address="/operator/people/", title="People"),
        Shot(name="jobs", address="/operator/jobs/", title="Jobs"),
        Shot(name="webhooks", address="/operator/webhooks/", title="Webhooks"),
    ]


def asked(browser: Browser, site: Demo, words: str, *, send: bool = False) -> str:
    """The secret link of a draft, or of a case that was sent and waits for a moderator."""
    with browser.new_context(base_url=site.address) as context:
        page = context.new_page()
        page.goto("/")
        page.locator("#id_text").fill(words)
        page.get_by_role("button", name="Continue").click()
        page.wait_for_url(re.compile(r"/c/[^/]+/\w+/$"))
        link = re.findall(r"/c/[^/]+/", page.url)[0]
        if send:
            page.goto(f"{link}check/")
            page.locator("#purpose_care").check()
            page.locator("button[name=send]").click()
            page.wait_for_url(f"**{link}")
        return str(link)


def links_on(browser: Browser, site: Demo, role: str, address: str, pattern: str) -> list[str]:
    with signed_in(browser, site, role) as context:
        page = context.new_page()
        page.goto(address)
        found = page.eval_on_selector_all(
            "main a", "links => links.map(a => a.getAttribute('href') || '')"
        )
        return list(dict.fromkeys(link for link in found if re.match(pattern, link)))


@contextmanager
def signed_in(
    browser: Browser, site: Demo, role: str, width: int = 1280, height: int = 900
) -> Iterator[BrowserContext]:
    """A window of somebody with this role; of nobody, where it is empty."""
    with browser.new_context(
        base_url=site.address, viewport={"width": width, "height": height}, reduced_motion="reduce"
    ) as context:
        if role:
            page = context.new_page()
            page.goto("/sign-in/")
            page.locator("[name=login]").fill(site.accounts[role])
            page.locator("[name=password]").fill(site.password)
            page.get_by_role("button", name="Sign in", exact=True).click()
            page.get_by_role("button", name="Sign out").wait_for()
            page.close()
        yield context


def shots(
    browser: Browser, site: Demo, wanted: list[Shot], role: str = ""
) -> list[tuple[Shot, list[str]]]:
    files: dict[str, list[str]] = {shot.name: [] for shot in wanted}
    for device, width, height, most in DEVICES:
        with signed_in(browser, site, role, width, height) as context:
            page = context.new_page()
            for shot in wanted:
                page.goto(shot.address, wait_until="networkidle")
                files[shot.name].append(taken(page, shot, device, "light", most))
                if shot.dark:
                    files[shot.name].append(taken(page, shot, device, "dark", most))
    return [(shot, files[shot.name]) for shot in wanted]


def taken(page: Page, shot: Shot, device: str, scheme: Literal["light", "dark"], most: int) -> str:
    page.emulate_media(color_scheme=scheme)
    picture = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")
    page.emulate_media(color_scheme="light")
    name = f"{shot.name}-{device}-{scheme}.png"
    few = picture.crop((0, 0, picture.width, min(picture.height, most))).quantize(
        COLOURS, dither=Image.Dither.NONE
    )
    few.save(FOLDER / name, optimize=True)
    return name


def index(taken: Taken) -> str:
    """What is to be seen, by whom it is for."""
    lines = [
        "# Pictures of the pages",
        "",
        "Taken of the demo by `python -m tools.screenshots`: phone 390 pixels wide, desk 1280; a tall page is cut.",
        "",
    ]
    for whom, found in taken:
        lines += [f"## {whom}", "", "| page | pictures |", "| --- | --- |"]
        for shot, files in found:
            links = " · ".join(
                f"[{name.removesuffix('.png').removeprefix(shot.name + '-').replace('-', ', ')}]({name})"
                for name in files
            )
            lines.append(f"| {shot.title} | {links} |")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    main()
