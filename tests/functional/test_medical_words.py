"""Medical words open what they mean: on hover, on tap, by keyboard, and without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.functional.conftest import Site, Visitors
from tests.functional.fit import AXE, ONLY_VIOLATIONS, VIOLATIONS
from tests.functional.test_pages import MILIA


MEANING = "A small piece of skin is taken and looked at under a microscope."


@pytest.fixture
def page(visitors: Visitors, site: Site) -> Page:
    page = visitors.new(width=390, height=844).page
    page.goto(site.cases[MILIA])
    return page


def test_a_meaning_that_opens_on_hover_stays_under_the_pointer_and_goes_on_escape(
    page: Page,
) -> None:
    meaning, word = page.locator("#meaning"), page.locator("th .term", has_text="Skin biopsy")
    expect(meaning).to_be_hidden()

    word.hover()
    expect(meaning).to_contain_text(MEANING)
    meaning.hover()
    page.wait_for_timeout(600)
    expect(meaning).to_be_visible()
    page.keyboard.press("Escape")
    expect(meaning).to_be_hidden()

    word.hover(position={"x": 4, "y": 4})
    page.get_by_role("heading", name="Your case", exact=True).hover()
    expect(meaning).to_be_hidden()


def test_a_word_opens_and_closes_by_keyboard_and_gives_the_focus_back(page: Page) -> None:
    word = page.locator("article .term", has_text="skin biopsy").first
    word.focus()
    for key in ("Enter", "Space"):
        page.keyboard.press(key)
        expect(page.locator("#meaning")).to_contain_text(MEANING)
        expect(page.locator("#meaning")).to_be_focused()
        expect(word).to_have_attribute("aria-expanded", "true")
        page.keyboard.press("Tab")
        expect(page.locator("#meaning a")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("#meaning")).to_be_hidden()
        expect(word).to_be_focused()


def test_an_open_meaning_fits_a_narrow_screen_and_axe_finds_nothing_in_it(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.evaluate(AXE)
    for word in page.locator("th .term").all():
        word.click()
        box = page.locator("#meaning").bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320
    assert page.evaluate(VIOLATIONS, ONLY_VIOLATIONS) == []


def test_without_javascript_a_word_leads_to_its_meaning_on_the_same_page(
    visitors: Visitors, site: Site
) -> None:
    page = visitors.new(javascript=False, width=390, height=844).page
    page.goto(site.cases[MILIA])
    page.locator("th .term", has_text="Skin biopsy").click()

    expect(page.get_by_text(MEANING)).to_be_in_viewport()
