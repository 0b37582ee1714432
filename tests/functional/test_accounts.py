"""An asker's account in a browser: a code by mail, a case kept in it, a passkey."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect
from tests.functional.conftest import Site, Visitors
from tests.functional.fit import AXE, ONLY_VIOLATIONS, VIOLATIONS, check_fit
from tests.functional.test_pages import MILIA


def code_sent_to(email: str, letters: Path) -> str:
    """The code in the letter that the site wrote to its folder."""
    found = [
        code[0]
        for letter in letters.glob("*.eml")
        if email in (text := letter.read_text(encoding="utf-8"))
        and (code := re.search(r"\b\d{4}-\d{4}\b", text))
    ]
    assert len(found) == 1, found
    return found[0]


def test_a_case_is_kept_in_an_account_and_found_again_by_a_passkey(
    visitors: Visitors, site: Site
) -> None:
    # A passkey belongs to a name: browsers make none for an address of numbers.
    here = site.address.replace("127.0.0.1", "localhost")
    visitor, email = visitors.new(width=390), "keeper@example.org"
    page = visitor.page
    page.goto(site.cases[MILIA].replace(site.address, here))
    page.locator("details.keep summary").click()
    page.get_by_role("button", name="Keep it in an account").click()
    page.get_by_label("Email").fill(email)
    page.get_by_role("button", name="Send the code").click()
    page.get_by_role("heading", name="Type the code").wait_for()
    page.get_by_label("Code").fill(code_sent_to(email, site.letters))
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Keep it here").click()
    expect(page.get_by_text("The case is kept in your account.")).to_be_visible()
    page.evaluate(AXE)
    assert page.evaluate(VIOLATIONS, ONLY_VIOLATIONS) == []

    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto(f"{here}/security/passkeys/add/")
    page.get_by_role("button", name="Add the passkey").click()
    page.wait_for_url(lambda address: "/add/" not in address)
    page.get_by_role("button", name="Sign out").first.click()
    page.goto(f"{here}/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()

    page.wait_for_url("**/my-cases/")
    check_fit(page, "my cases")
    page.goto(f"{here}/profile/notices/")
    check_fit(page, "what to be told")
    page.goto(f"{here}/my-cases/")
    page.locator(".cases a").click()
    expect(page.get_by_role("heading", name="Your case", exact=True)).to_be_visible()
    # Left behind, the page asks for nothing more, such as its icon.
    page.goto("about:blank")
    assert all(url.startswith(here) for url in visitor.requests)
    visitor.requests.clear()
