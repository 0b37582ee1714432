"""The archive in a real browser: what is published is found, and what was taken back is forgotten everywhere."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import APIResponse, Page, expect
from tests.functional.conftest import SOURCES, Site, Visitors, sign_in
from tests.functional.fit import check_fit
from tests.functional.test_journeys import answer as write_answer
from tests.functional.test_journeys import ask, open_case
from tests.functional.test_photos import answer as add_photo
from tests.functional.test_photos import photo_file


NAME = "Petrova"
MARKER = "Archiveton"
MODERATOR = "mira@demo.example"
FIRST = (
    "This looks like lichen simplex chronicus. I recommend a topical corticosteroid. "
    "You need a patch test. See a dermatologist."
)
SECOND = "Lichen simplex chronicus is likely. Capsaicin cream is an option."
# What somebody types who never heard the name.
LAY = "thick scaly itchy spot ankel"
CONDITION = "Lichen simplex chronicus"
SOON = 10


def moderate(visitors: Visitors, site: Site) -> Page:
    """A moderator's window."""
    page = visitors.new().page
    page.goto("/sign-in/")
    page.get_by_label("Email").fill(MODERATOR)
    page.get_by_label("Password").fill(site.password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/applications/")
    return page


def sign(visitors: Visitors, site: Site, number: int, text: str) -> None:
    """A specialist opens the case, answers and signs."""
    page = visitors.new().page
    sign_in(page, site.specialists[number], site.password)
    open_case(page, MARKER)
    write_answer(page, text)
    page.get_by_role("button", name="Sign my answer").click()
    page.get_by_text("You signed your answer").wait_for()


def get(page: Page, address: str, **headers: str) -> APIResponse:
    """What the site answers to whoever asks for the address with these headers."""
    return page.request.get(address, headers={k.replace("_", "-"): v for k, v in headers.items()})


def once(true: Callable[[], bool]) -> bool:
    """Whether it comes true while the processes of the site learn of a change."""
    end = time.monotonic() + SOON
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.1)
    return False


def agree(asker: Page, case: str) -> None:
    """The asker sees word by word what would be public, chooses the photo, takes words out and says yes."""
    asker.goto(case)
    asker.get_by_role("link", name="What may be published").click()
    expect(asker.locator(".copy")).to_contain_text("scaly patch on my left ankle")
    expect(asker.locator(".copy")).not_to_contain_text(NAME)
    asker.locator(".pick").get_by_role("checkbox").check()
    asker.get_by_role("button", name="Keep this choice").click()
    asker.get_by_label("More words to take out").fill("3 months")
    asker.get_by_role("button", name="Take out").click()
    expect(asker.locator(".copy")).not_to_contain_text("3 months")
    check_fit(asker, "what would be published")
    asker.get_by_role("button", name="Yes, publish this").click()
    expect(asker.get_by_role("heading", name="A moderator reads it now")).to_be_visible()


def review(moderator: Page) -> str:
    """A moderator masks more, looks at the photo and publishes; the address of the page."""
    moderator.goto("/moderate/publications/")
    check_fit(moderator, "what waits")
    moderator.locator(".queue a").first.click()
    check_fit(moderator, "review")
    moderator.get_by_label("More words to mask").fill("left")
    moderator.get_by_role("button", name="Mask", exact=True).click()
    moderator.get_by_role("button", name=re.compile("^Nothing visible")).click()
    moderator.get_by_role("button", name="Publish").click()
    moderator.wait_for_url("**/cases/**")
    return moderator.url


def find(reader: Page, site: Site, address: str) -> None:
    """Anybody finds it in their own words and narrows down to it; what was masked is not there."""
    assert once(lambda: address in found(reader, site, LAY))
    reader.goto("/search/")
    reader.get_by_label("Search the published cases").fill(LAY)
    reader.get_by_role("button", name="Search").click()
    narrow = reader.get_by_role("complementary")
    narrow.get_by_role("link", name=CONDITION).click()
    narrow.get_by_role("link", name="Ankle").click()
    expect(reader.get_by_role("link", name=f"Without {CONDITION}")).to_be_visible()
    reader.locator(".cases a").first.click()
    assert reader.url == address
    for masked in (NAME, "3 months", "left"):
        expect(reader.locator("main")).not_to_contain_text(masked)
    check_fit(reader, "published, with a photo")


def renew(asker: Page, case: str, moderator: Page) -> None:
    """A later answer comes onto the page once its asker agreed and a moderator read it."""
    asker.goto(f"{case}publication/")
    expect(asker.get_by_role("heading", name="Something is new")).to_be_visible()
    check_fit(asker, "something is new")
    asker.get_by_role("button", name="Yes, publish this too").click()
    moderator.goto("/moderate/publications/")
    expect(moderator.locator(".queue").first).to_contain_text("its page is public, this is new")
    check_fit(moderator, "what waits, again")
    moderator.locator(".queue a").first.click()
    check_fit(moderator, "second review")
    moderator.get_by_role("button", name="Publish").click()
    moderator.wait_for_url("**/cases/**")


def take_back(asker: Page, case: str) -> None:
    """The asker ends the consent."""
    asker.goto(f"{case}sharing/")
    asker.get_by_role("link", name=re.compile("The public archive: words")).click()
    asker.get_by_role("checkbox").check()
    asker.get_by_role("button", name="Take it back").click()
    asker.goto(f"{case}publication/")
    expect(asker.get_by_role("heading", level=1)).to_have_text(
        "Your case is not published any more"
    )
    check_fit(asker, "taken back, to its asker")


def test_a_case_is_agreed_to_reviewed_found_and_taken_back_for_good(
    visitors: Visitors, site: Site, tmp_path: Path
) -> None:
    asker = visitors.new(width=390, height=844).page
    ask(asker, MARKER, before=f"Hello, my name is Anna {NAME}. ")
    case = asker.url
    asker.goto(f"{case}photos/")
    asker.locator("[data-photo][name=photo]").set_input_files(photo_file(tmp_path))
    add_photo(asker)
    expect(asker.locator("[data-photos] a.thumb")).to_have_count(1, timeout=20_000)
    sign(visitors, site, 0, FIRST)
    agree(asker, case)
    moderator = moderate(visitors, site)
    address = review(moderator)

    read = visitors.new()
    reader = read.page
    find(reader, site, address)
    picture = reader.locator(".shown a").get_attribute("href") or ""
    assert get(reader, picture).headers["content-type"] == "image/webp"
    reader.get_by_role("link", name=CONDITION).last.click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(CONDITION)
    path = address.removeprefix(site.address)
    lists = ("/cases/", "/cases/feed/", "/sitemap.xml", reader.url)
    assert all(path in get(reader, where).text() for where in lists)
    sign(visitors, site, 1, SECOND)
    renew(asker, case, moderator)
    assert once(lambda: "apsaicin" in get(reader, address).text())

    kept = get(reader, address).headers["etag"]
    assert get(reader, address, If_None_Match=kept).status == 304
    take_back(asker, case)

    # Gone from each place that had it, and for whoever had kept a copy.
    for old in (address, picture):
        assert once(lambda old=old: get(reader, old, If_None_Match=kept).status == 410), old
    for where in lists:
        assert once(lambda where=where: path not in get(reader, where).text()), where
    assert once(lambda: address not in found(reader, site, LAY))
    reader.goto(address)
    expect(reader.get_by_role("heading", name="This case was taken back")).to_be_visible()
    check_fit(reader, "taken back, to anybody")
    # A page that is gone is noted by the browser itself.
    read.complaints[:] = [c for c in read.complaints if "Failed to load resource" not in c]


def found(page: Page, site: Site, query: str) -> str:
    """The addresses that the search leads to."""
    shown = page.request.get("/search/", params={"q": query}).text()
    return " ".join(f"{site.address}{path}" for path in re.findall(r'href="(/cases/[^"]+)"', shown))


@pytest.fixture(scope="session")
def imported(site: Site, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The title of a case of somebody else's archive, in the site's."""
    file = tmp_path_factory.mktemp("import") / "answers.jsonl"
    case = {
        "id": "1",
        "title": "Brown patches on both cheeks",
        "question": "Since my pregnancy I have had brown patches on both cheeks. What helps?",
        "opinions": [
            {"id": "a", "specialist": "Dr Elsewhere", "specialty": "dermatologist",
             "text": "This looks like melasma. Use sunscreen. Azelaic acid is an option."},
            {"id": "b", "text": "Melasma is likely. Avoid hydroquinone while you are pregnant."},
        ],
    }  # fmt: skip
    file.write_text(json.dumps(case), "utf-8")
    subprocess.run(
        [sys.executable, "-m", "milium", "manage", "import_archive", str(file),
         "--source", "Skin answers of Elsewhere", "--licence", "CC BY 4.0", "--url", "https://answers.example.org/"],
        env=os.environ | {"MILIUM_HOME": str(site.home), "PYTHONPATH": str(SOURCES)},
        check=True,
    )  # fmt: skip
    return str(case["title"])


PAGES = {
    "search, empty": "/search/",
    "search, found": "/search/?q=itchy+scaly+elbows",
    "search, nothing": "/search/?q=zzyzx",
    "search, narrowed": "/search/?q=skin&condition=condition%3Apsoriasis&age=2-11",
    "search, nothing left": "/search/?condition=condition%3Apsoriasis&region=site%3Achin&age=18-29",
    "search, mended": "/search/?q=psoriasus+elbows",
    "all cases": "/cases/",
    "by the body": "/cases/body/",
    "a treatment": "/treatments/isotretinoin/",
    "a condition": "/conditions/psoriasis/",
    "a test": "/tests/fungal-culture/",
    "a specialty": "/specialties/dermatology/",
    "no such page": "/cases/never-there-abc/",
}


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES.keys())
def test_axe_finds_nothing_on_what_anybody_can_read(
    address: str, visitors: Visitors, site: Site
) -> None:
    visitor = visitors.new()
    visitor.page.goto(address)

    check_fit(visitor.page, address)
    # A page that is not there is noted by the browser itself.
    visitor.complaints[:] = [c for c in visitor.complaints if "Failed to load resource" not in c]


def test_a_case_that_was_imported_says_whose_it_is_and_under_which_licence(
    visitors: Visitors, site: Site, imported: str
) -> None:
    page = visitors.new().page
    assert once(lambda: imported in get(page, "/cases/").text())
    page.goto("/cases/")
    page.get_by_role("link", name=imported).click()

    expect(page.get_by_text("under CC BY 4.0")).to_be_visible()
    expect(page.get_by_role("link", name="Skin answers of Elsewhere")).to_have_attribute(
        "href", "https://answers.example.org/"
    )
    check_fit(page, "imported")


def test_parts_of_the_body_lead_to_what_was_said_about_them(visitors: Visitors, site: Site) -> None:
    page = visitors.new(width=390, height=844).page
    page.goto("/cases/")
    page.get_by_role("link", name="choose a part of the body").click()
    page.locator(".parts a").first.click()

    expect(page.locator(".cases a").first).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("^Without"))).to_be_visible()
