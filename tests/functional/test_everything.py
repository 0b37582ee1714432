"""Asking with everything there is to tell, on a phone: whatever was told reaches the panel, and nothing else does."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect
from tests.functional.conftest import Site, Visitors, sign_in
from tests.functional.test_journeys import open_case
from tests.functional.test_photos import answer, photo_file


WORDS = (
    "For 3 months my son has had an itchy, scaly rash on both elbows. "
    "We tried hydrocortisone and it helped a little. What can we do?"
)
MARKER = "Everythingshire"


def answer_all(page: Page) -> set[str]:
    """Gives the last answer of every choice that shows or is folded; which questions these were."""
    page.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)")
    names: list[str] = page.evaluate(
        "[...new Set([...document.querySelectorAll('main form input[type=radio]')].map(i => i.name))]"
    )
    for name in names:
        page.locator(f"input[type=radio][name='{name}']").last.check()
    return set(names)


def tell(page: Page) -> None:
    """The words, what was understood of them, and what was asked back."""
    page.goto("/")
    page.get_by_label("What is going on with your skin?").fill(WORDS)
    expect(page.get_by_role("checkbox", name=re.compile("elbow"))).to_be_checked()
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/questions/")
    page.get_by_text("Show it on a body").click()
    page.get_by_label("Fever").check()
    page.get_by_label("No sores").check()
    page.get_by_role("button", name="Continue").click()


def tell_of_the_person(page: Page) -> None:
    page.wait_for_url("**/person/")
    assert answer_all(page)
    page.get_by_label("My child", exact=True).check()
    page.get_by_label("Age in years").fill("8")
    page.get_by_label("Male", exact=True).check()
    page.get_by_label("State or region").fill(MARKER)
    page.locator("[name=q_medicines_words]").fill("cetirizine at night")
    page.locator("[name=q_allergies_words]").fill("penicillin")
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/photos/")


def test_whatever_was_told_reaches_the_panel(
    visitors: Visitors, site: Site, tmp_path: Path
) -> None:
    page = visitors.new(width=390, height=844).page
    tell(page)
    tell_of_the_person(page)
    page.locator("[data-photo][name=photo]").set_input_files(photo_file(tmp_path))
    answer(page)
    page.locator("[data-photos] a.thumb").first.wait_for(timeout=30_000)
    page.get_by_role("link", name="Continue").click()
    page.wait_for_url("**/check/")
    page.get_by_text("More, if you like").click()
    for purpose in page.locator("input[name=purpose]").all():
        purpose.check()
    page.get_by_role("button", name="Send to the specialists").click()
    page.wait_for_url(re.compile(r"/c/[^/]+/$"))

    panel = visitors.new().page
    sign_in(panel, site.specialists[0], site.password)
    open_case(panel, MARKER)
    told = panel.locator("main").inner_text()
    for words in (
        WORDS,
        "Signs now: fever",
        "8 years",
        "cetirizine at night",
        "penicillin",
        MARKER,
    ):
        assert words in told, words
    expect(panel.locator("main img").first).to_be_visible()
    page.goto(f"{page.url}sharing/")
    expect(page.get_by_text("You agreed on")).to_have_count(4)
