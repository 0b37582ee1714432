"""Photos in a real browser: covered by a finger before anything is sent, looked at by keyboard."""

from __future__ import annotations

import io
import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page
from tests.functional.conftest import Site, Visitors
from tests.site import photo_files as files


CASE = "Milia en plaque behind both ears"
# What leaves the page, byte by byte, for the test to read.
KEEP_WHAT_IS_SENT = """
const send = XMLHttpRequest.prototype.send;
XMLHttpRequest.prototype.send = function (body) {
  const reader = new FileReader();
  reader.onload = () => { window.sent = reader.result; };
  reader.readAsBinaryString(body.get("photo"));
  return send.call(this, body);
};
"""


def photo_file(folder: Path) -> Path:
    """A photo with a place in it, large enough to be worth covering."""
    file = folder / "photo.jpg"
    image = files.picture(1600, 1200)
    file.write_bytes(files.saved(image, "JPEG", exif=files.exif()))
    return file


def shown(page: Page, size: str = "full") -> Image.Image:
    """The last photo of the page, as the site serves it."""
    address = page.locator("[data-photos] a.thumb").last.get_attribute("href") or ""
    response = page.request.get(address)
    assert response.headers["content-type"] == "image/webp"
    data = response.body()
    assert files.SECRET.encode() not in data
    picture = Image.open(io.BytesIO(data))
    assert not picture.getexif()
    return picture.convert("RGB")


def draw(page: Page, *, start: tuple[float, float], end: tuple[float, float]) -> None:
    """A finger over the picture, from one point to another, in shares of its width and height."""
    box = page.locator("dialog canvas").bounding_box()
    assert box
    touch = page.context.new_cdp_session(page)
    touch.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    for kind, part in (("touchStart", start), ("touchMove", end), ("touchEnd", None)):
        points = part and [
            {"x": box["x"] + box["width"] * part[0], "y": box["y"] + box["height"] * part[1]}
        ]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points or []})


def answer(page: Page) -> None:
    page.locator("[name=knowable][value=no]").check()
    page.locator("[name=intimate][value=no]").check()
    page.get_by_role("button", name="Add this photo").click()


def test_a_photo_is_covered_by_finger_and_its_place_never_leaves_the_phone(
    visitors: Visitors, site: Site, tmp_path: Path
) -> None:
    visitor = visitors.new(width=390, height=844)
    page = visitor.page
    page.add_init_script(KEEP_WHAT_IS_SENT)
    page.goto(f"{site.cases[CASE]}photos/")
    page.locator("[data-photo][name=photo]").set_input_files(photo_file(tmp_path))
    page.get_by_role("button", name="Crop or cover a part").click()

    draw(page, start=(0.02, 0.02), end=(0.45, 0.45))
    page.get_by_role("button", name="Cover this part").click()
    page.get_by_role("button", name="Done").click()
    before = page.locator("[data-photos] a.thumb").count()
    answer(page)
    page.locator("[data-photos] a.thumb").nth(before).wait_for(timeout=30_000)

    picture = shown(page)
    width, height = picture.size
    grey = picture.getpixel((width // 5, height // 5))
    kept = picture.getpixel((width * 4 // 5, height // 5))
    assert isinstance(grey, tuple)
    assert isinstance(kept, tuple)
    assert max(grey) - min(grey) < 10
    assert kept[1] > kept[0]
    sent = page.evaluate("window.sent")
    assert sent.startswith("\xff\xd8")
    assert files.SECRET not in sent
    assert "Exif" not in sent


def test_a_photo_that_the_browser_cannot_draw_is_covered_once_it_was_cleaned(
    visitors: Visitors, site: Site, tmp_path: Path
) -> None:
    page = visitors.new(width=390, height=844).page
    address = f"{site.cases['A ring on the shin']}photos/"
    page.goto(address)
    before = page.locator("[data-photos] a.thumb").count()
    heic = tmp_path / "photo.heic"
    heic.write_bytes(files.saved(files.picture(1600, 1200), "HEIF"))
    page.locator("[data-photo][name=photo]").set_input_files(heic)
    page.get_by_text("lets you cover a part").wait_for()
    answer(page)
    page.locator("[data-photos] a.thumb").nth(before).wait_for(timeout=30_000)

    page.get_by_role("link", name="Change, cover or remove").last.click()
    page.get_by_role("button", name="Crop or cover a part").click()
    draw(page, start=(0.02, 0.02), end=(0.45, 0.45))
    page.get_by_role("button", name="Cover this part").click()
    page.get_by_role("button", name="Done").click()
    page.wait_for_url(address)

    assert page.locator("[data-photos] a.thumb").count() == before + 1
    picture = shown(page)
    grey = picture.getpixel((picture.width // 5, picture.height // 5))
    assert isinstance(grey, tuple)
    assert max(grey) - min(grey) < 10


def test_without_javascript_the_form_takes_a_photo_and_cleans_it(
    visitors: Visitors, site: Site, tmp_path: Path
) -> None:
    page = visitors.new(javascript=False).page
    page.goto(f"{site.cases['A ring on the shin']}photos/")
    page.get_by_label("The photo").set_input_files(photo_file(tmp_path))
    answer(page)

    page.get_by_text("The photo was cleaned and added.").wait_for()
    assert shown(page).size == (1600, 1200)


def test_photos_are_looked_at_by_keyboard_alone(
    visitors: Visitors, site: Site, tmp_path: Path
) -> None:
    page = visitors.new().page
    address = site.cases["Psoriasis or eczema"]
    for _ in range(2):
        page.goto(f"{address}photos/")
        page.locator("[data-photo][name=photo]").set_input_files(photo_file(tmp_path))
        page.get_by_role("button", name="Crop or cover a part").wait_for()
        before = page.locator("[data-photos] a.thumb").count()
        answer(page)
        page.locator("[data-photos] a.thumb").nth(before).wait_for(timeout=30_000)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # one of the two it takes
        assert Axe().run(page).response["violations"] == []
    page.goto(address)
    for fold in page.locator("details:has([data-viewer])").all():
        fold.evaluate("fold => { fold.open = true; }")
    page.locator("[data-viewer] a").first.focus()

    page.keyboard.press("Enter")
    status = page.locator("dialog [role=status]")
    assert status.inner_text().startswith("Photo 1 of 2")
    page.keyboard.press("ArrowRight")
    assert status.inner_text().startswith("Photo 2 of 2")
    page.keyboard.press("+")
    assert "scale(1.4)" in (page.locator("dialog .pane img").get_attribute("style") or "")
    page.keyboard.press("s")
    captions = page.locator("dialog .caption").all_inner_texts()
    assert len(set(captions)) == 2, captions
    assert Axe().run(page).response["violations"] == []
    # The way out stands on the page's own colour, not on its own.
    behind = "header => getComputedStyle(header).backgroundColor"
    assert page.locator("dialog header").evaluate(behind) == "rgba(0, 0, 0, 0)"
    page.screenshot(path=os.environ.get("MILIUM_VIEWER_PICTURE") or tmp_path / "viewer.png")
    page.keyboard.press("Escape")
    page.locator("dialog").wait_for(state="detached")
    assert page.locator("[data-viewer] a").first.evaluate("a => a === document.activeElement")
