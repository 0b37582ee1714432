"""An asker after sending: by keyboard alone, pressing twice and going back, taking everything along."""

from __future__ import annotations

import io
import json
import re
import zipfile

from PIL import Image
from playwright.sync_api import Locator, Page, expect
from tests.functional.conftest import Site, Visitors, sign_in
from tests.functional.states import ANSWER, states
from tests.functional.test_journeys import open_case

from milium.api import case_from_json, compare


FARTHEST = 120


def reach(wanted: Locator) -> None:
    """Goes on with Tab until the element has the focus, as somebody without a mouse does."""
    page = wanted.page
    expect(wanted).to_be_attached()
    for _ in range(FARTHEST):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{FARTHEST} tabs do not lead to {wanted}")


def write(field: Locator, words: str) -> None:
    reach(field)
    field.page.keyboard.type(words)


def press(wanted: Locator, key: str = "Enter") -> None:
    reach(wanted)
    wanted.page.keyboard.press(key)


def choose(group: Locator, label: str) -> None:
    """Tab leads to a group of choices, the arrows to one of them."""
    page, every = group.page, group.get_by_role("radio")
    while not group.locator(":focus").count():
        page.keyboard.press("Tab")
    for _ in range(every.count()):
        page.keyboard.press("ArrowDown")
        if group.get_by_label(label, exact=True).is_checked():
            return
    raise AssertionError(f"no arrow leads to {label}")


def asks_back(page: Page, site: Site, marker: str) -> None:
    """A specialist asks something."""
    sign_in(page, site.specialists[1], site.password)
    open_case(page, marker)
    page.get_by_text(re.compile("^Ask F, .* something")).click()
    page.get_by_label("Your question").fill("Does it itch more at night?")
    page.get_by_role("button", name="Send the question").click()
    expect(page.get_by_text("Your question is with the person.")).to_be_visible()


def test_the_whole_way_is_walked_by_keyboard_alone(visitors: Visitors, site: Site) -> None:
    page = visitors.new(width=390, height=844).page
    page.goto("/")
    write(page.get_by_label("What is going on with your skin?"), "An itchy, scaly left ankle.")
    press(page.get_by_role("button", name="Continue"))
    page.wait_for_url("**/questions/")
    press(page.get_by_role("button", name="Continue"))
    write(page.get_by_label("Age in years"), "51")
    choose(page.get_by_role("group", name="Sex"), "Female")
    write(page.get_by_label("State or region"), "Keyville")
    press(page.get_by_role("button", name="Continue"))
    press(page.get_by_role("link", name="Skip photos"))
    press(page.get_by_label("The specialists on my panel may see my case"), "Space")
    press(page.get_by_role("button", name="Send to the specialists"))
    page.wait_for_url(re.compile(r"/c/[^/]+/$"))

    asks_back(visitors.new().page, site, "Keyville")
    page.reload()
    write(page.get_by_label("Your answer to"), "Yes, in bed.")
    press(page.get_by_role("button", name="Send the answer"))
    expect(page.locator(".thread")).to_contain_text("Yes, in bed.")

    press(page.get_by_role("link", name="Who may see it"))
    words = page.locator("section", has=page.locator("#purpose-archive_text"))
    press(words.get_by_role("button", name="I agree"))
    expect(words).to_contain_text("You agreed on")
    press(words.get_by_role("link", name="Take it back"))
    press(page.get_by_label("Yes, take it back"), "Space")
    press(page.get_by_role("button", name="Take it back"))
    expect(words).to_contain_text("You took this back on")


def test_an_answer_pressed_twice_is_one_and_going_back_sends_nothing_again(
    visitors: Visitors, site: Site
) -> None:
    page = visitors.new(width=390, height=844).page
    page.goto(states(site)["asked"])
    page.get_by_label("Your answer to").fill("Only at night.")
    page.get_by_role("button", name="Send the answer").dblclick()
    own = page.locator(".thread > li.own")
    expect(own).to_have_count(1)

    page.go_back()
    page.reload()
    expect(own).to_have_count(1)
    expect(own).to_contain_text("Only at night.")
    page.get_by_label("Tell your panel something more").fill("And it burns.")
    page.get_by_role("button", name="Send to my panel").click()
    expect(own).to_have_count(2)


def test_what_is_downloaded_opens_and_holds_the_whole_case(visitors: Visitors, site: Site) -> None:
    page = visitors.new(width=390, height=844).page
    page.goto(states(site)["partly"])
    with page.expect_download() as kept:
        page.get_by_role("link", name="Download everything").first.click()

    with zipfile.ZipFile(kept.value.path()) as archive:
        assert archive.testzip() is None
        names = set(archive.namelist())
        case = case_from_json(json.loads(archive.read("case.json")))
        said = json.loads(archive.read("messages.json"))
        pictures = [
            Image.open(io.BytesIO(archive.read(n))) for n in names if n.startswith("photos/")
        ]
    assert "Marker partly" in case.question
    assert [opinion.text for opinion in case.opinions] == [ANSWER]
    assert compare(case).do_first
    assert [line["text"] for line in said] == ["Does it ever weep or bleed?"]
    assert pictures
    assert all(picture.format == "WEBP" and not picture.getexif() for picture in pictures)
    assert {"README.txt", "comparison.json", "consents.json", "record.json", "told.json"} <= names


def test_while_asking_answered_cases_like_it_show_and_give_way_to_a_warning_sign(
    visitors: Visitors,
) -> None:
    page = visitors.new(width=390, height=844).page
    page.goto("/")
    box = page.get_by_label("What is going on with your skin?")
    box.fill("I have red scaly patches on both elbows. Is it psoriasis or eczema?")
    alike = page.locator(".alike .cases a")
    expect(alike.first).to_be_visible()
    assert page.request.get(alike.first.get_attribute("href") or "").ok

    box.fill("My lips and tongue are swelling and I can't breathe.")
    expect(page.get_by_role("alert")).to_contain_text("This may need help now")
    expect(alike).to_have_count(0)
