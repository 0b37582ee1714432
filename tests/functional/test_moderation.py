"""A moderator's way: a report, masking, holding, undoing, and opening a case that waits, with axe on every page of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from tests.functional.conftest import Site, Visitors, served_again, sign_in
from tests.functional.fit import check_fit


MODERATOR, OPERATOR = "mira@demo.example", "oskar@demo.example"
NAMED = (
    "My name is John Miller and my phone is 207-555-0134. For 2 months I have had an itchy rash on my neck. "
    "I tried hydrocortisone and it did not help. What can I do?"
)


@pytest.fixture(scope="module")
def screened(site: Site) -> Iterator[str]:
    """Where the same instance is served a second time, by a process whose cases wait for a moderator."""
    with served_again(
        site, "screened", MILIUM_SCREENING="moderator", MILIUM_SECOND_FACTOR="optional"
    ) as address:
        yield address


def sent(page: Page) -> str:
    """A case that was sent, by its asker's address."""
    page.goto("/")
    page.get_by_label("What is going on with your skin?").fill(NAMED)
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/questions/")
    link = page.url.removesuffix("questions/")
    page.goto(f"{link}send/")
    page.locator("#purpose_care").check()
    page.get_by_role("button", name="Send to the specialists").click()
    page.wait_for_url(link)
    return link


def decide(page: Page, what: str, why: str) -> None:
    """Opens one of the folds under "Decide", says why, and does it."""
    page.locator("details.fold").filter(
        has=page.get_by_role("heading", name=what, exact=True)
    ).click()
    fold = page.locator("details.fold[open]").filter(
        has=page.get_by_role("heading", name=what, exact=True)
    )
    fold.get_by_label("Your words to the author").fill(why)
    fold.get_by_role("button", name=what, exact=True).click()
    expect(page.get_by_text("Done. It can be undone below.")).to_be_visible()


def tell_a_moderator(page: Page, address: str) -> None:
    page.goto(address)
    check_fit(page, "report")
    page.get_by_label("It tells who somebody is").check()
    page.get_by_label("Say more").fill("There is a name in it.")
    page.get_by_role("button", name="Send to a moderator").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()


def test_a_report_leads_a_moderator_to_mask_hold_undo_and_open_and_the_asker_reads_why(
    visitors: Visitors, site: Site, screened: str
) -> None:
    asker, stranger, moderator = (visitors.new(at=screened).page for _ in range(3))
    link = sent(asker)
    expect(asker.get_by_role("heading", name="Your case")).to_be_visible()
    asker.get_by_role("link", name="Report", exact=False).first.click()
    tell_a_moderator(stranger, asker.url)

    sign_in(moderator, MODERATOR, site.password, home="/moderate/applications/")
    moderator.goto("/moderate/reports/")
    expect(moderator.get_by_text("There is a name in it.")).to_be_visible()
    check_fit(moderator, "reports")
    moderator.get_by_role("link", name="Look at the case").first.click()
    expect(moderator.get_by_role("heading", name="Look at this first")).to_be_visible()
    expect(moderator.locator("p.whole mark").first).to_have_text(re.compile("John Miller"))
    check_fit(moderator, "a case with finds")

    moderator.get_by_role("button", name=re.compile("Mask all")).click()
    expect(moderator.locator("p.whole").first).not_to_contain_text("Miller")
    expect(moderator.locator("p.whole").first).not_to_contain_text("0134")
    decide(moderator, "Hold", "We look at it once more.")
    asker.goto(link)
    expect(asker.get_by_text("We look at it once more.")).to_be_visible()

    held = moderator.locator(".log li").filter(has_text="We look at it once more.")
    held.get_by_text("Undo", exact=True).first.click()
    held.get_by_label("Why").fill("Nothing wrong with it.")
    held.get_by_role("button", name="Undo").click()
    expect(moderator.get_by_text("Nothing wrong with it.")).to_be_visible()
    check_fit(moderator, "a case with decisions")
    moderator.get_by_role("button", name="Open for the panel").click()
    expect(moderator.get_by_text("Opened", exact=False).first).to_be_visible()
    asker.goto(link)
    expect(asker.get_by_text("We look at it once more.")).to_have_count(0)
    expect(asker.get_by_text("so we covered them")).to_be_visible()


@pytest.mark.parametrize("javascript", [False])
def test_a_case_waits_in_the_queue_until_a_moderator_opens_it_without_javascript_too(
    visitors: Visitors, site: Site, screened: str, *, javascript: bool
) -> None:
    asker = visitors.new(at=screened, javascript=javascript).page
    link = sent(asker)
    moderator = visitors.new(at=screened, javascript=javascript).page
    sign_in(moderator, MODERATOR, site.password, home="/moderate/applications/")

    moderator.goto("/moderate/")
    moderator.locator(".waits h2 a").first.click()
    moderator.get_by_role("button", name="Open for the panel").click()

    expect(moderator.get_by_text("Done. It can be undone below.")).to_be_visible()
    asker.goto(link)
    expect(asker.get_by_role("heading", name="Your panel")).to_be_visible()


def test_axe_finds_nothing_on_moderators_and_operators_pages(
    visitors: Visitors, site: Site
) -> None:
    moderator, operator = visitors.new().page, visitors.new().page
    sign_in(moderator, MODERATOR, site.password, home="/moderate/applications/")
    for path in ("/moderate/", "/moderate/record/", "/moderate/publications/"):
        moderator.goto(path)
        check_fit(moderator, path)
    sign_in(operator, OPERATOR, site.password, home="/operator/people/")
    for path in ("/operator/people/", "/operator/jobs/", "/operator/webhooks/"):
        operator.goto(path)
        check_fit(operator, path)
