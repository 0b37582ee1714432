"""The asker's pages over a slow 3G line: 400 kbit/s each way, 400 ms for every request, as Chromium slows it down.

Usable is when the page is painted and its main control is there and enabled. Cold is a browser that was never here; warm
is one that has opened the page before. Chromium adds its delay to every request and none to opening a connection.
"""

from __future__ import annotations

import os
import shutil
import statistics
import tempfile

from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

from benchmarks.serving import WORDS, Running, site


ROUNDS = 5
WANTED = 1.0
BYTES_A_SECOND = 400_000 / 8
DELAY = 400
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
PHONE = {"width": 390, "height": 844}
# When the first control of the page that a person works with is there and enabled, in milliseconds from its beginning.
WATCH = """
const found = () => document.querySelector('main :is(textarea, input:not([type=hidden]), button, a.button, summary):not(:disabled)');
const look = () => { if (found() && !window.ready) window.ready = performance.now(); };
new MutationObserver(look).observe(document, { childList: true, subtree: true });
"""
USABLE = """
() => Math.max(window.ready, performance.getEntriesByName('first-contentful-paint')[0].startTime) / 1000
"""


def main() -> None:
    browser_file = next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome")))
    )
    with (
        tempfile.TemporaryDirectory() as home,
        site(home, "--demo") as running,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=browser_file, args=ARGUMENTS) as browser,
    ):
        print(
            f"median of {ROUNDS}, load of the machine {os.getloadavg()[0]:.1f}; wanted: under {WANTED:.0f} s\n"
        )
        print(f"  {'':30}{'cold':>9}{'warm':>9}{'over the line':>16}")
        for title, address in pages(browser, running).items():
            shown(title, browser, address)


def pages(browser: Browser, running: Running) -> dict[str, str]:
    """A draft's steps, a case that waits for answers, and one with answers compared; by title."""
    with browser.new_context(viewport=PHONE, base_url=running.address) as context:
        page = context.new_page()
        page.goto("/")
        page.locator("#id_text").fill(WORDS)
        page.get_by_role("button", name="Continue").click()
        page.wait_for_url("**/questions/")
        draft = page.url.removesuffix("questions/")
    steps = {f"{name}": f"{draft}{name}/" for name in ("questions", "person", "photos", "check")}
    cases = {
        f"a case, {n} of the demo": running.address + link
        for n, link in enumerate(running.links, 1)
    }
    return {"the first page": f"{running.address}/"} | steps | cases


def shown(title: str, browser: Browser, address: str) -> None:
    cold, warm, weight = [], [], 0
    for _ in range(ROUNDS):
        with browser.new_context(viewport=PHONE) as context:
            first, weight = usable(context, address)
            cold.append(first)
            warm.append(usable(context, address)[0])
    print(
        f"  {title:30}{statistics.median(cold):7.2f} s{statistics.median(warm):7.2f} s{weight / 1000:13.1f} kB"
    )


def usable(context: BrowserContext, address: str) -> tuple[float, int]:
    """Seconds until the page can be used, and the bytes that came over the line until it was quiet."""
    page, weights = context.new_page(), list[int]()
    page.on("requestfinished", lambda request: weights.append(_weight(request)))
    slowed(page)
    page.add_init_script(WATCH)
    page.goto(address, wait_until="networkidle")
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
    seconds = float(page.evaluate(USABLE))
    page.close()
    return seconds, sum(weights)


def _weight(request: Request) -> int:
    sizes = request.sizes()
    return sizes["responseBodySize"] + sizes["responseHeadersSize"]


def slowed(page: Page) -> None:
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": DELAY,
            "downloadThroughput": BYTES_A_SECOND,
            "uploadThroughput": BYTES_A_SECOND,
        },
    )


if __name__ == "__main__":
    main()
