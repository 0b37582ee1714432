"""What holds for each page: axe finds nothing, nothing shifts, the case page is light."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Response, expect
from tests.functional.conftest import Site, Visitors, sign_in
from tests.functional.fit import check_fit
from tests.functional.states import states


MILIA = "Milia en plaque behind both ears"
OPEN = "Hands that itch at work"
LIGHTEST = 60_000
SHIFTS = """
window.shifts = 0;
new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shifts += entry.value; })
  .observe({ type: "layout-shift", buffered: true });
"""


def home(page: Page, site: Site) -> None:
    page.goto("/")


def typed(page: Page, site: Site) -> None:
    page.goto("/")
    page.get_by_label("What is going on with your skin?").fill(
        "Itchy neck. I tried retinol. My lips are swelling and I can't breathe."
    )
    page.get_by_role("heading", name="What we understood").wait_for()


def refused(page: Page, site: Site) -> None:
    page.goto("/")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("alert").wait_for()


def questions(page: Page, site: Site) -> None:
    page.goto("/")
    page.get_by_label("What is going on with your skin?").fill("I tried retinol for a rash.")
    page.get_by_role("button", name="Continue").click()
    page.get_by_text("Something else missing?").click()
    page.locator("details.kind > summary").click()
    page.get_by_text("as a list").click()
    page.get_by_label("In a word or two").fill("zzyzx")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("alert").wait_for()


def person(page: Page, site: Site) -> None:
    page.goto("/")
    page.get_by_label("What is going on with your skin?").fill("An itchy neck for 2 weeks.")
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/questions/")
    page.get_by_role("button", name="Continue").click()
    page.get_by_text("A little more, if you like").click()


def photos(page: Page, site: Site) -> None:
    person(page, site)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="Skip photos").wait_for()


def checking(page: Page, site: Site) -> None:
    photos(page, site)
    page.get_by_role("link", name="Skip photos").click()
    page.get_by_role("heading", name="Check and send").wait_for()


def emergency(page: Page, site: Site) -> None:
    typed(page, site)
    page.get_by_role("button", name="Continue").click()
    page.get_by_text("We have not sent your case.").wait_for()


def care(page: Page, site: Site) -> None:
    page.goto("/")
    page.get_by_label("What is going on with your skin?").fill("My skin makes me want to die.")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="We are sorry that it is this hard").wait_for()
    page.get_by_text("Lines in other countries").click()


def waiting(page: Page, site: Site) -> None:
    page.goto(site.cases[OPEN])


def compared(page: Page, site: Site) -> None:
    page.goto(site.cases[MILIA])
    page.locator(".said summary").first.click()
    page.locator("th .term").first.click()
    for fold in page.locator(".more summary").all()[:3]:
        fold.click()


def about(page: Page, site: Site) -> None:
    page.goto("/about/")


def words(page: Page, site: Site) -> None:
    page.goto("/about/words/")


def word(page: Page, site: Site) -> None:
    page.goto("/about/condition/milia-en-plaque/")


def missing(page: Page, site: Site) -> None:
    page.goto("/nowhere/")


def signing_in(page: Page, site: Site) -> None:
    page.goto("/sign-in/")


def queue(page: Page, site: Site) -> None:
    sign_in(page, site.specialists[2], site.password)


def editor(page: Page, site: Site) -> None:
    queue(page, site)
    page.get_by_role("listitem").filter(has_text="Oregon").get_by_role("link").click()
    page.get_by_role("textbox", name="Your answer").fill(
        "This looks like irritant contact dermatitis. Use an emollient. You need a patch test. "
        "Cryotherapy is an option."
    )
    page.get_by_text("Draft saved at").wait_for()


def review(page: Page, site: Site) -> None:
    editor(page, site)
    page.get_by_role("button", name="Review and sign").click()
    page.get_by_role("heading", name="How your answer is read").wait_for()
    page.get_by_text("Why Milium asks").first.click()


def unsealed(page: Page, site: Site) -> None:
    queue(page, site)
    page.get_by_text("You answered").click()
    page.get_by_role("link", name="Raised patches and bumps").click()


# The asker's pages of cases in each state.
OF_A_CASE = (
    ("screening", ""), ("held", ""), ("returned", ""), ("removed", ""), ("partly", ""), ("closed", ""), ("followed", ""),
    ("gone", ""), ("erased", ""), ("unsafe", ""), ("partly", "summary/"), ("partly", "sharing/"), ("partly", "sharing/archive_text/"),
    ("partly", "record/"), ("partly", "leave/"), ("partly", "close/"), ("partly", "account/"), ("partly", "publication/"),
    ("partly", "photos/"), ("followed", "follow-up/2/"), ("unsafe", "answer/help/"),
)  # fmt: skip


def one_photo(page: Page, site: Site) -> None:
    page.goto(f"{states(site)['partly']}photos/")
    page.get_by_role("link", name="Change, cover or remove").first.click()
    page.get_by_role("button", name="Remove this photo").wait_for()


def refused_words(page: Page, site: Site) -> None:
    page.goto(states(site)["asked"])
    page.get_by_role("button", name="Send to my panel").click()
    page.get_by_role("alert").first.wait_for()


def refused_address(page: Page, site: Site) -> None:
    page.goto(states(site)["asked"])
    page.get_by_label("Your e-mail").fill("nobody")
    page.get_by_role("button", name="Tell me when somebody answers").click()
    page.get_by_role("alert").first.wait_for()


PAGES: tuple[Callable[[Page, Site], None], ...] = (
    home, typed, refused, questions, person, photos, checking, emergency, care, waiting, compared, about, words, word, missing, signing_in, queue, editor, review, unsealed,
    one_photo, refused_words, refused_address,
)  # fmt: skip


@pytest.mark.parametrize("go", PAGES, ids=lambda go: go.__name__)
def test_axe_finds_nothing_and_no_page_scrolls_sideways(
    go: Callable[[Page, Site], None], visitors: Visitors, site: Site
) -> None:
    visitor = visitors.new()
    go(visitor.page, site)
    check_fit(visitor.page, go.__name__)
    # A page that is refused or not there is noted by the browser itself.
    visitor.complaints[:] = [c for c in visitor.complaints if "Failed to load resource" not in c]


@pytest.mark.parametrize(("state", "path"), OF_A_CASE)
def test_axe_finds_nothing_on_an_askers_page_in_any_state(
    state: str, path: str, visitors: Visitors, site: Site
) -> None:
    visitor = visitors.new()
    visitor.page.goto(states(site)[state] + path)
    visitor.page.evaluate(
        "document.querySelectorAll('main details.fold').forEach(d => d.open = true)"
    )
    check_fit(visitor.page, f"{state} {path}")
    visitor.complaints[:] = [c for c in visitor.complaints if "Failed to load resource" not in c]


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("title", [MILIA, OPEN])
def test_the_case_page_weighs_less_than_60_kilobytes_and_nothing_moves_while_it_loads(
    title: str, width: int, visitors: Visitors, site: Site
) -> None:
    page = visitors.new(width=width, height=844).page
    page.add_init_script(SHIFTS)
    answers: list[Response] = []
    page.on("response", lambda response: answers.append(response))  # noqa: PLW0108 (Playwright cannot hold a built-in)

    page.goto(site.cases[title], wait_until="networkidle")

    weights = {r.url: r.request.sizes()["responseBodySize"] for r in answers}
    assert len(weights) >= 3
    assert sum(weights.values()) < LIGHTEST, weights
    assert page.evaluate("window.shifts") == 0


def test_on_a_phone_silence_is_one_line_and_every_quote_is_there(
    visitors: Visitors, site: Site
) -> None:
    page = visitors.new(width=390).page
    page.goto(site.cases[MILIA])

    expect(page.locator(".unsaid").first).to_contain_text("Not mentioned by Dr ")
    assert not page.locator("td.silent").first.is_visible()
    quotes = page.locator(".said summary q")
    hidden = {q.inner_text() for q in quotes.all() if not q.is_visible()}
    shown = {q.inner_text() for q in quotes.all() if q.is_visible()}
    # What is said of a member stands in its own row; the class's row need not repeat it.
    assert {q.text_content() for q in page.locator(".below q").all()} <= shown
    assert hidden <= {""} | shown
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(page.locator(".unsaid").first).to_be_hidden()


def test_print_leaves_out_what_paper_cannot_do(visitors: Visitors, site: Site) -> None:
    page = visitors.new().page
    page.goto(site.cases[MILIA])
    page.emulate_media(media="print")

    assert not page.locator(".jump").is_visible()
    assert not page.locator(".top").is_visible()
    assert page.locator(".grid").is_visible()
    assert page.locator("#answers").is_visible()
