"""Erasing in a real browser: then nothing of the case is left in the database or among the files."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.functional.conftest import Site, Visitors
from tests.functional.test_journeys import ask
from tests.functional.test_photos import answer, photo_file


def cases(site: Site) -> set[str]:
    with sqlite3.connect(site.home / "milium.sqlite3") as database:
        return {str(row[0]) for row in database.execute("SELECT key FROM cases_case")}


def rows(site: Site, key: str) -> dict[str, int]:
    """In each table the rows that belong to the case; a table without any is left out."""
    with sqlite3.connect(site.home / "milium.sqlite3") as database:
        tables = [
            row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type='table'")
        ]
        found = {}
        for table in tables:
            columns = {row[1] for row in database.execute(f'PRAGMA table_info("{table}")')}
            if "case_id" in columns:
                count = database.execute(
                    f'SELECT count(*) FROM "{table}" WHERE case_id ='
                    " (SELECT id FROM cases_case WHERE key = ?)",
                    [key],
                )
                found[table] = int(count.fetchone()[0])
    return {table: count for table, count in found.items() if count}


def photos(site: Site) -> int:
    with sqlite3.connect(site.home / "milium.sqlite3") as database:
        return int(database.execute("SELECT count(*) FROM photos_photo").fetchone()[0])


def files(site: Site, key: str) -> list[Path]:
    return [path for path in site.home.rglob("*") if key in str(path) and path.is_file()]


def leave(page: Page, button: str) -> None:
    page.get_by_role("link", name="Take back or erase").first.click()
    form = page.locator("form", has=page.get_by_role("button", name=button))
    form.get_by_role("checkbox").check()
    form.get_by_role("button", name=button).click()


@pytest.mark.parametrize("button", ["Take my case back", "Erase everything"])
def test_a_case_that_was_taken_back_or_erased_leaves_no_words_and_no_files(
    button: str, visitors: Visitors, site: Site, tmp_path: Path
) -> None:
    visitor = visitors.new(width=390, height=844)
    page, before = visitor.page, cases(site)
    marker = button.split(maxsplit=1)[0] + "ville"
    ask(page, marker)
    address = page.url
    (key,) = cases(site) - before
    page.goto(f"{address}photos/")
    page.locator("[data-photo][name=photo]").set_input_files(photo_file(tmp_path))
    answer(page)
    expect(page.locator("[data-photos] a.thumb")).to_have_count(1, timeout=20_000)
    picture = page.locator("[data-photos] a.thumb").get_attribute("href") or ""
    there = photos(site)
    assert files(site, key)
    assert {"cases_caseevent", "photos_photo"} <= set(rows(site, key))

    page.goto(address)
    leave(page, button)

    expect(page.get_by_text(re.compile("erased|taken back", re.IGNORECASE)).first).to_be_visible()
    assert page.request.get(picture).status in {404, 410}
    assert photos(site) == there - 1
    assert files(site, key) == []
    assert marker not in page.content()
    if button == "Take my case back":
        # What is kept is when it was there, who had a place and what was agreed to, until that is erased, too.
        assert set(rows(site, key)) == {"cases_caseevent", "cases_seat", "consents_consent"}
        page.get_by_role("button", name="Erase the rest").dblclick()
        expect(page.get_by_role("heading", name="This case was erased")).to_be_visible()
    assert key not in cases(site)
    assert page.request.get(address).status == 410
    visitor.complaints[:] = [c for c in visitor.complaints if "Failed to load resource" not in c]
