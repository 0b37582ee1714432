"""The asker's steps in a browser: what is typed is kept, the keyboard alone suffices, every page is light,
and two minutes are enough."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, Response, expect
from tests.functional.conftest import Visitors


BOX = "What is going on with your skin?"
WORDS = (
    "For 2 months I have had an itchy rash on my neck. I tried hydrocortisone and it did not help."
)
HEAVIEST = 80_000
LONGEST = 120.0
# What a person reads: headings, texts, labels and buttons that show. Not the line of where one is, not what follows
# below the first page's form, and of the photos, which a text does without, nothing below "Skip photos".
LINES = """
() => [...document.querySelectorAll('main :is(h1, h2, h3, p, legend, label, summary, blockquote, dt, dd, button, a.button)')]
  .filter(e => e.checkVisibility() && !e.closest('.sr, .how, .where, [data-add], .asked, .tips, .onward')
    && !e.parentElement.closest('p, label, blockquote, summary, button'))
  .map(e => e.innerText.replace(/\\s+/g, ' ').trim()).filter(Boolean)
"""


def begin(page: Page) -> None:
    page.goto("/")
    page.get_by_label(BOX).fill(WORDS)
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/questions/")


def test_what_is_typed_is_there_after_a_reload_and_can_be_emptied(visitors: Visitors) -> None:
    page = visitors.new(width=390, height=844).page
    page.goto("/")
    page.get_by_label(BOX).fill("An itchy patch on my ankle.")

    page.reload()
    expect(page.get_by_label(BOX)).to_have_value("An itchy patch on my ankle.")
    page.get_by_role("button", name="Start empty").click()
    expect(page.get_by_label(BOX)).to_have_value("")
    page.reload()
    expect(page.get_by_label(BOX)).to_have_value("")


def test_without_a_connection_nothing_typed_is_lost(visitors: Visitors) -> None:
    visitor = visitors.new(width=390, height=844)
    page = visitor.page
    begin(page)
    page.get_by_label("Fever").check()

    page.context.set_offline(True)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("You are not connected.")).to_be_visible()
    page.context.set_offline(False)
    page.reload()
    expect(page.get_by_label("Fever")).to_be_checked()
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/person/")


def test_a_tap_on_the_body_chooses_a_place_and_so_does_the_keyboard(visitors: Visitors) -> None:
    page = visitors.new(width=390, height=844).page
    begin(page)
    page.get_by_text("Show it on a body").click()
    expect(page.get_by_role("checkbox", name="Neck", exact=True)).to_be_checked()

    page.locator("label[for=site-chest] path").click()
    page.get_by_role("checkbox", name="Shin", exact=True).focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/person/")
    page.get_by_role("link", name="Back to the questions").click()

    for name in ("chest", "shin", "neck"):
        expect(page.locator(".chip", has_text=name).get_by_role("checkbox")).to_be_checked()


def tab_to(page: Page, selector: str) -> None:
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    pytest.fail(f"no way to {selector} by Tab")


def test_the_whole_way_by_keyboard_alone(visitors: Visitors) -> None:
    page = visitors.new().page
    page.goto("/")
    tab_to(page, "#id_text")
    page.keyboard.type(WORDS)
    for to in ("questions", "person", "photos", "check"):
        tab_to(page, "main .actions a" if to == "check" else "main .actions button:not(.link)")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/{to}/")
    tab_to(page, "#purpose_care")
    page.keyboard.press("Space")
    tab_to(page, "button[name=send]")
    page.keyboard.press("Enter")

    page.wait_for_url(re.compile(r"/c/[^/]+/$"))


@dataclass(slots=True)
class Pace:
    """How long a person would take: reading, typing and tapping, one after the other.

    Reading: 238 words a minute, silent reading of non-fiction (Brysbaert 2019, doi 10.1016/j.jml.2019.104047). A line
    that was read before, such as "I don't know", is not read again. Typing on a phone: 36.2 words of five characters
    a minute (Palin and others 2019, doi 10.1145/3338286.3340120). A tap: 1.1 s to reach the target, and 1.35 s to
    make up one's mind, which "Continue" does not need: operators P and M, and the rule that an expected step needs
    no M, of the keystroke-level model (Card, Moran and Newell 1980, doi 10.1145/358886.358895). A page: 1 s to come.
    """

    read_before: set[str] = field(default_factory=set)
    parts: dict[str, float] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        return sum(self.parts.values())

    def _add(self, part: str, seconds: float) -> None:
        self.parts[part] = self.parts.get(part, 0.0) + seconds

    def arrive(self, page: Page) -> None:
        self._add("loading", 1.0)
        lines = set(page.evaluate(LINES)) - self.read_before
        self.read_before |= lines
        self._add("reading", sum(len(line.split()) for line in lines) / 238 * 60)

    def type(self, text: str) -> None:
        self._add("typing", len(text) / (36.2 * 5 / 60))

    def choose(self, times: int) -> None:
        self._add("tapping", times * (1.1 + 1.35))

    def go_on(self) -> None:
        self._add("tapping", 1.1)


def test_a_person_on_a_phone_is_done_in_two_minutes(visitors: Visitors) -> None:
    page, pace = visitors.new(width=390, height=844).page, Pace()
    words = "Itchy rash on my neck for 2 months. Hydrocortisone did not help."
    page.goto("/")
    pace.arrive(page)
    page.get_by_label(BOX).fill(words)
    pace.type(words)
    for step in ("questions", "person", "photos"):
        page.get_by_role("button", name="Continue").click()
        page.wait_for_url(f"**/{step}/")
        pace.go_on()
        pace.arrive(page)
        if step == "questions":
            page.get_by_label("None of these").check()
            page.get_by_label("No sores").check()
            pace.choose(2)
        if step == "person":
            page.get_by_label("Age in years").fill("40")
            page.get_by_label("Female", exact=True).check()
            pace.type("40")
            pace.choose(2)
    page.get_by_role("link", name="Skip photos").click()
    page.wait_for_url("**/check/")
    pace.choose(1)
    pace.arrive(page)
    page.locator("#purpose_care").check()
    page.get_by_role("button", name="Send to the specialists").click()
    pace.choose(2)
    page.wait_for_url(re.compile(r"/c/[^/]+/$"))

    assert pace.seconds < LONGEST, pace.parts
    assert pace.parts["reading"] > LONGEST / 3, "less is read than a person would have to"


def test_every_step_is_light(visitors: Visitors) -> None:
    page = visitors.new(width=390, height=844).page
    answers: list[Response] = []
    page.on("response", lambda response: answers.append(response))  # noqa: PLW0108 (Playwright cannot hold a built-in)
    begin(page)
    addresses = [
        page.url.replace("questions", step) for step in ("questions", "person", "photos", "check")
    ]

    for address in ("/", *addresses, "/about/", "/about/words/"):
        # A page of its own session has nothing in store: the whole of it is counted.
        fresh = visitors.new(width=390, height=844).page
        answers.clear()
        fresh.on("response", lambda response: answers.append(response))  # noqa: PLW0108
        fresh.goto(address, wait_until="networkidle")
        weights = {r.url: r.request.sizes()["responseBodySize"] for r in answers}
        assert len(weights) <= 9, weights
        assert sum(weights.values()) < HEAVIEST, weights
