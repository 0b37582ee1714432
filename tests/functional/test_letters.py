"""An address for news: confirmed by the letter's own link, stopped by it, every page on the way fit to be used."""

from __future__ import annotations

import re
import time
from email import message_from_bytes, policy
from pathlib import Path

from playwright.sync_api import expect
from tests.functional.conftest import PATIENCE, Site, Visitors
from tests.functional.fit import check_fit
from tests.functional.states import states


EMAIL = "asker.of.letters@example.org"


def letter_to(email: str, letters: Path) -> str:
    """The body of the first letter there, which the worker sends when it comes to it."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for file in letters.glob("*.eml"):
            letter = message_from_bytes(file.read_bytes(), policy=policy.default)
            if email in str(letter["To"]) and (body := letter.get_body()):
                return str(body.get_content())
        time.sleep(0.2)
    raise AssertionError(f"no letter to {email} in {letters}")


def test_an_address_is_confirmed_and_stopped_by_the_links_in_its_letter(
    visitors: Visitors, site: Site
) -> None:
    page = visitors.new(width=390, height=844).page
    page.goto(states(site)["asked"])
    page.get_by_label("Your e-mail").fill(EMAIL)
    page.get_by_role("button", name="Tell me when somebody answers").click()
    page.wait_for_load_state()

    confirm, stop = re.findall(r"http\S+", letter_to(EMAIL, site.letters))
    page.goto(confirm)
    check_fit(page, "confirm")
    page.get_by_role("button", name="Yes, write to me here").click()
    expect(page.get_by_role("heading", name="We will write to you")).to_be_visible()
    check_fit(page, "confirmed")
    page.goto(stop)
    check_fit(page, "stop")
    page.get_by_role("button", name="Yes, stop").click()
    expect(page.get_by_role("heading", name="You get no more messages here")).to_be_visible()
    check_fit(page, "stopped")
