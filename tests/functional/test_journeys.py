"""Whole journeys: ask, two sealed opinions, comparison; with and without JavaScript, by keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.functional.conftest import Site, Visitors, sign_in


QUESTION = (
    "For 3 months I have had an itchy, scaly patch on my left ankle. Marker {marker}. "
    "I tried hydrocortisone cream and it helped a little. What can I do?"
)
ANSWERS = (
    "This looks like lichen simplex chronicus. I recommend a topical corticosteroid. Avoid scratching. "
    "You need a patch test.",
    "Lichen simplex chronicus is likely. An emollient is an option, and so is a topical corticosteroid. "
    "Psoriasis is possible.",
)


def ask(page: Page, marker: str, *, before: str = "") -> None:
    """From the first page to the case page; ``marker`` tells this test's case from the others in a queue.

    ``before`` is written before the question.
    """
    page.goto("/")
    question = before + QUESTION.format(marker=marker)
    page.get_by_label("What is going on with your skin?").fill(question)
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/questions/")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Age in years").fill("51")
    page.get_by_label("Female", exact=True).check()
    page.get_by_label("State or region").fill(marker)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="Skip photos").click()
    send(page)


def send(page: Page) -> None:
    """From the last step to the case page, agreeing to what is needed and no more."""
    page.get_by_label("The specialists on my panel may see my case").check()
    page.get_by_role("button", name="Send to the specialists").click()
    page.wait_for_url(re.compile(r"/c/[^/]+/$"))


def open_case(page: Page, marker: str) -> None:
    page.goto("/queue/")
    page.get_by_role("listitem").filter(has_text=marker).get_by_role("link").click()


def answer(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Your answer").fill(text)
    page.get_by_role("button", name="Review and sign").click()
    page.wait_for_url("**/review/")


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_ask_then_two_sealed_opinions_then_the_comparison(
    visitors: Visitors,
    site: Site,
    javascript: bool,  # noqa: FBT001 (a parameter of the test)
) -> None:
    marker = "Withjs" if javascript else "Nojs"
    asker = visitors.new(javascript=javascript, width=390, height=844).page
    ask(asker, marker)
    expect(asker.get_by_text("Your case is with 3 specialists.")).to_be_visible()

    first, second = (visitors.new(javascript=javascript).page for _ in range(2))
    for page, email in ((first, site.specialists[0]), (second, site.specialists[1])):
        sign_in(page, email, site.password)
        open_case(page, marker)

    answer(first, ANSWERS[0])
    first.get_by_role("button", name="Sign my answer").click()
    expect(first.get_by_text("You signed your answer")).to_be_visible()

    # Sealed: the second still sees nothing of the first.
    second.reload()
    assert "lichen simplex" not in second.content().lower()
    answer(second, ANSWERS[1])
    assert "patch test" not in second.content().lower()
    second.get_by_role("button", name="Sign my answer").click()
    expect(second.get_by_text("You need a patch test").first).to_be_attached()

    asker.reload()
    expect(asker.get_by_text("2 of 3 specialists have answered.")).to_be_visible()
    expect(asker.get_by_role("table")).to_contain_text("patch test", ignore_case=True)
    quote = asker.locator(".said summary", has_text="patch test").first
    quote.click()
    expect(asker.locator("details[open] mark").first).to_contain_text("patch test")


def test_what_is_typed_is_understood_while_typing_and_can_be_put_right(visitors: Visitors) -> None:
    page = visitors.new(width=390, height=844).page
    page.goto("/")
    page.get_by_label("What is going on with your skin?").fill("My neck and my elbow itch.")
    neck = page.get_by_role("checkbox", name=re.compile("neck"))
    neck.uncheck()

    page.get_by_label("What is going on with your skin?").press_sequentially(" The scalp, too.")
    expect(page.get_by_role("checkbox", name=re.compile("scalp"))).to_be_checked()
    expect(neck).not_to_be_checked()

    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("checkbox", name=re.compile("neck"))).not_to_be_checked()
    expect(page.get_by_role("checkbox", name=re.compile("elbow"))).to_be_checked()


def test_an_emergency_interrupts_while_typing(visitors: Visitors) -> None:
    page = visitors.new(width=390, height=844).page
    page.goto("/")
    page.get_by_label("What is going on with your skin?").fill(
        "My lips and tongue are swelling and I can't breathe properly."
    )

    expect(page.get_by_role("alert")).to_contain_text("This may need help now")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("We have not sent your case.")).to_be_visible()
    page.get_by_label("I have had help for this").check()
    page.get_by_role("button", name="Go on with my case").click()
    expect(page.get_by_role("heading", name="What we understood")).to_be_visible()


def test_thoughts_of_self_harm_are_met_calmly_and_the_case_can_still_be_sent(
    visitors: Visitors,
) -> None:
    page = visitors.new(width=390, height=844).page
    page.goto("/")
    page.get_by_label("What is going on with your skin?").fill(
        "My skin makes me want to die. My neck itches."
    )

    expect(page.locator(".care")).to_contain_text("988")
    expect(page.get_by_role("alert")).to_have_count(0)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("link", name="Reach the crisis line 988")).to_be_visible()
    page.get_by_role("button", name="Go on with my case").click()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Age in years").wait_for()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="Skip photos").click()
    page.get_by_label("The specialists on my panel may see my case").check()
    page.get_by_role("button", name="Send to the specialists").click()
    expect(page.get_by_role("heading", name="Your case")).to_be_visible()


def test_a_double_click_makes_one_case(visitors: Visitors, site: Site) -> None:
    asker = visitors.new().page
    asker.goto("/")
    asker.get_by_label("What is going on with your skin?").fill(QUESTION.format(marker="x"))
    asker.get_by_role("button", name="Continue").dblclick()
    asker.wait_for_url("**/questions/")
    asker.get_by_role("button", name="Continue").dblclick()
    asker.get_by_label("State or region").fill("Doubleton")
    asker.get_by_role("button", name="Continue").dblclick()
    asker.get_by_role("link", name="Skip photos").click()
    asker.get_by_label("The specialists on my panel may see my case").check()
    asker.get_by_role("button", name="Send to the specialists").dblclick()
    asker.wait_for_url(re.compile(r"/c/[^/]+/$"))

    page = visitors.new().page
    sign_in(page, site.specialists[2], site.password)
    expect(page.get_by_role("listitem").filter(has_text="Doubleton")).to_have_count(1)


def test_the_back_button_brings_back_what_was_typed(visitors: Visitors) -> None:
    page = visitors.new().page
    page.goto("/")
    box = page.get_by_label("What is going on with your skin?")
    box.fill("An itchy patch on my ankle.")
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/questions/")

    page.go_back()

    expect(box).to_have_value("An itchy patch on my ankle.")


def test_a_draft_is_saved_while_typing_and_two_tabs_lose_nothing(
    visitors: Visitors, site: Site
) -> None:
    ask(visitors.new().page, "Tabsville")
    page = visitors.new().page
    sign_in(page, site.specialists[0], site.password)
    open_case(page, "Tabsville")
    other = page.context.new_page()
    other.goto(page.url)

    page.get_by_role("textbox", name="Your answer").fill("Written in the first tab.")
    expect(page.get_by_text("Draft saved at")).to_be_visible()
    other.get_by_role("textbox", name="Your answer").fill("Written in the second tab.")

    expect(other.get_by_text("Two versions of your answer")).to_be_visible()
    expect(other.get_by_label("The other version, as saved")).to_have_value(
        "Written in the first tab."
    )
    expect(other.get_by_role("textbox", name="Your answer")).to_have_value(
        "Written in the second tab."
    )
    # The browser itself notes the refused save; that is no complaint of the page.
    other.close()


def test_words_marked_in_the_answer_fill_the_field_that_asks_for_them(
    visitors: Visitors, site: Site
) -> None:
    ask(visitors.new().page, "Marksburg")
    page = visitors.new().page
    sign_in(page, site.specialists[1], site.password)
    open_case(page, "Marksburg")
    answer(page, "Zebra")
    page.locator("[data-gives-selection]").dblclick(position={"x": 12, "y": 12})

    expect(page.get_by_label("Exact words of your answer")).to_have_value("Zebra")


def test_a_quote_opens_by_keyboard_alone(visitors: Visitors, site: Site) -> None:
    page = visitors.new().page
    page.goto(site.cases["Milia en plaque behind both ears"])
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.said summary')"):
            break
    page.keyboard.press("Enter")

    expect(page.locator("details[open] mark").first).to_be_visible()


def test_the_colours_can_be_switched_and_stay(visitors: Visitors) -> None:
    page = visitors.new().page
    page.goto("/")
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(paper)

    page.get_by_role("button", name="Dark colours").click()
    assert page.evaluate(paper) != light
    page.goto("/about/")

    assert page.evaluate(paper) != light
    expect(page.get_by_role("button", name="Light colours")).to_be_visible()
