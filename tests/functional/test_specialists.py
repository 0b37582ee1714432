"""A specialist's whole way, page by page: applying, signing in, answering, changing, and being checked no more."""

from __future__ import annotations

import base64
import hmac
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.functional.conftest import Site, Visitors, served_again, sign_in
from tests.functional.fit import check_fit
from tests.functional.test_journeys import answer, ask, open_case


NAME, EMAIL = "Dr Noor Haddad", "noor@example.org"
LIKELY = (
    "This looks like lichen simplex chronicus. I recommend a topical corticosteroid. "
    "Grease the skin well at night. You need a skin biopsy. Avoid scratching."
)
UNNEEDED = (
    "This looks like lichen simplex chronicus. A biopsy is not needed. "
    "I recommend a topical corticosteroid."
)


@pytest.fixture(scope="module")
def strict(site: Site) -> Iterator[str]:
    """Where the same instance is served a second time, by a process that asks for a second factor."""
    with served_again(
        site, "strict", MILIUM_SCREENING="none", MILIUM_SECOND_FACTOR="required"
    ) as address:
        yield address


def latest_code(email: str, letters: Path) -> str:
    """The code in the last letter to this address that holds one."""
    newest = sorted(letters.glob("*.eml"), key=lambda letter: letter.stat().st_mtime_ns)
    texts = (letter.read_text(encoding="utf-8") for letter in newest)
    codes = [code[0] for t in texts if email in t and (code := re.search(r"\b\d{4}-\d{4}\b", t))]
    assert codes, f"no letter to {email} holds a code"
    return codes[-1]


def code_of_app(secret: str) -> str:
    """What an authenticator app shows now: RFC 6238 with SHA-1, 30 seconds and 6 digits."""
    moment = (int(time.time()) // 30).to_bytes(8, "big")
    mac = hmac.new(base64.b32decode(secret), moment, "sha1").digest()
    start = mac[-1] & 15
    number = int.from_bytes(mac[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def mark(page: Page, words: str) -> None:
    """Marks these words of the answer with the mouse, as somebody does who wants to point at them."""
    text: Locator = page.locator("[data-gives-selection]")
    text.scroll_into_view_if_needed()
    box = text.evaluate(
        """(node, words) => {
            const range = document.createRange(), start = node.firstChild.data.indexOf(words);
            range.setStart(node.firstChild, start);
            range.setEnd(node.firstChild, start + words.length);
            const lines = [...range.getClientRects()], first = lines[0], last = lines.at(-1);
            return [first.left, (first.top + first.bottom) / 2, last.right, (last.top + last.bottom) / 2];
        }""",
        words,
    )
    page.mouse.move(box[0] + 1, box[1])
    page.mouse.down()
    page.mouse.move(box[2], box[3], steps=4)
    page.mouse.up()


def apply(page: Page, letters: Path) -> None:
    """From the first page about it to an application that waits."""
    page.goto("/apply/")
    check_fit(page, "applying, signed out")
    page.get_by_role("link", name="Start with your address").click()
    check_fit(page, "signing up")
    page.get_by_label("Email").fill(EMAIL)
    page.get_by_role("button", name="Send the code").click()
    page.get_by_role("heading", name="Type the code").wait_for()
    check_fit(page, "code of a new account")
    page.get_by_label("Code").fill(latest_code(EMAIL, letters))
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Send the application").click()
    page.get_by_role("alert").wait_for()
    check_fit(page, "application with mistakes")
    page.get_by_label("Your name, as the register has it").fill(NAME)
    page.get_by_label("Your profession, as an asker reads it").fill("dermatologist")
    page.get_by_label("Your specialty").select_option("specialty:dermatology")
    page.get_by_label("The country of your registration").select_option("US")
    page.get_by_label("The public register").select_option("us-npi")
    page.get_by_label("Your registration number").fill("1234567893")
    page.get_by_label("Board or specialist register").fill("American Board of Dermatology, Maine")
    page.get_by_label("What you sell, or are paid for").fill("Talks for a maker of emollients")
    page.get_by_role("button", name="Send the application").click()
    expect(page.get_by_text("Your application waits for a moderator.")).to_be_visible()
    check_fit(page, "application that waits")


def accept(page: Page) -> None:
    """A moderator compares the application with the register and accepts it."""
    page.goto("/moderate/applications/")
    check_fit(page, "applications")
    page.get_by_role("link", name=NAME).click()
    check_fit(page, "application")
    page.get_by_label("Name", exact=True).fill(NAME)
    page.get_by_label("Registration number").fill("1234567893")
    page.get_by_label("Status").fill("active")
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_role("heading", name="Accepted")).to_be_visible()


def add_app(page: Page) -> str:
    """Sets up an authenticator app where the page of one's role asked for it; gives one recovery code."""
    page.goto("/queue/")
    expect(page.get_by_role("heading", name="Add a second way to sign in")).to_be_visible()
    check_fit(page, "security")
    page.get_by_role("link", name="Set up an app").click()
    check_fit(page, "setting up an app")
    secret = page.get_by_label("If you cannot scan it").input_value()
    page.get_by_label("code").fill(code_of_app(secret))
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    check_fit(page, "recovery codes")
    code = page.locator(".codes code").first.inner_text()
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_role("heading", name="Your queue")).to_be_visible()
    return code


def come_back_without_phone(page: Page, recovery: str, letters: Path) -> None:
    """Signs out, then in by a code in the mail and a recovery code: the phone with the app is gone."""
    page.get_by_role("button", name="Sign out").first.click()
    page.goto("/sign-in/")
    page.get_by_label("Email").fill(EMAIL)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("heading", name="Type the code").wait_for()
    check_fit(page, "code that signs in")
    page.get_by_label("Code").fill(latest_code(EMAIL, letters))
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/sign-in/second/")
    check_fit(page, "second factor")
    page.get_by_label("code").fill(recovery)
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/queue/")
    page.goto("/security/app/remove/")
    page.get_by_role("heading", name="Is it still you?").wait_for()
    check_fit(page, "asked again, by app")


def withdraw_every_check(page: Page) -> None:
    """A moderator finds her among those who answer, and ends her checks with a reason."""
    page.get_by_role("link", name="Moderation").click()
    page.get_by_role("link", name="Panel").click()
    expect(page.get_by_role("row", name=NAME)).to_be_visible()
    check_fit(page, "coordinator")
    page.goto("/moderate/applications/")
    page.get_by_role("link", name=NAME).first.click()
    check_fit(page, "checks of a specialist")
    page.get_by_label("Reason").fill("The licence was suspended.")
    page.get_by_role("button", name="Withdraw every check").click()
    expect(page.get_by_text("can no longer answer. Signed answers stay.")).to_be_visible()


def pass_on(page: Page) -> None:
    """Gives a case away that was begun: the words are kept, and nothing of the case is shown any more."""
    open_case(page, "Newfield")
    left = page.url
    page.get_by_role("textbox", name="Your answer").fill("This looks like eczema.")
    page.get_by_text("Draft saved at").wait_for()
    page.get_by_role("link", name="Pass the case on").click()
    check_fit(page, "passing on")
    page.get_by_label("Why you pass it on").fill("I know the person.")
    page.get_by_role("button", name="Pass it on").click()
    expect(page.get_by_text("You passed the case on.")).to_be_visible()
    page.goto(left)
    expect(page.get_by_role("heading", name="You cannot open this case now")).to_be_visible()
    expect(page.get_by_label("What is kept")).to_have_value("This looks like eczema.")
    check_fit(page, "case of another")


def test_an_applicant_is_checked_adds_an_app_takes_a_case_and_answers_until_the_check_ends(
    visitors: Visitors, site: Site, strict: str
) -> None:
    visitor = visitors.new(at=strict)
    noor, mira, asker = visitor.page, visitors.new().page, visitors.new().page
    apply(noor, site.letters)
    visitor.forgive_refusals()
    # The panel of the case is full before she is there; a colleague passes it on.
    ask(asker, "Newfield")
    sign_in(mira, "mira@demo.example", site.password, home="/moderate/applications/")
    accept(mira)
    come_back_without_phone(noor, add_app(noor), site.letters)

    ines = visitors.new().page
    sign_in(ines, site.specialists[2], site.password)
    pass_on(ines)

    noor.goto("/queue/?days=3")
    expect(noor.get_by_text("No open case is like that.")).to_be_visible()
    noor.get_by_role("link", name="Show all").click()
    noor.get_by_role("listitem").filter(has_text="Newfield").get_by_role("button").click()
    answer(noor, LIKELY)
    noor.get_by_role("button", name="Sign my answer").click()
    expect(noor.get_by_text("You signed your answer")).to_be_visible()

    withdraw_every_check(mira)
    assert noor.goto("/queue/").status == 403  # type: ignore[union-attr] # a page was asked for
    expect(noor.get_by_text("Your register entry no longer counts here")).to_be_visible()
    check_fit(noor, "refused")
    visitor.forgive_refusals()
    asker.reload()
    signed = asker.get_by_role("article").filter(has_text=NAME)
    expect(signed).to_contain_text("Grease the skin well at night.")
    expect(signed).to_contain_text("This check was withdrawn since.")
    expect(signed).to_contain_text("Talks for a maker of emollients")


def test_three_answer_see_one_another_respond_change_and_take_back(
    visitors: Visitors, site: Site
) -> None:
    asker, amara, tomas, ines = (visitors.new() for _ in range(4))
    ask(asker.page, "Threefold")
    for visitor, email in zip((amara, tomas, ines), site.specialists, strict=True):
        sign_in(visitor.page, email, site.password)
    ask_back(amara.page, asker.page)

    write_and_correct(amara.page)
    for page, text in ((tomas.page, UNNEEDED), (ines.page, LIKELY)):
        open_case(page, "Threefold")
        answer(page, text)
        page.get_by_role("button", name="Sign my answer").click()
        page.get_by_text("You signed your answer").wait_for()

    page = amara.page
    page.reload()
    expect(page.get_by_text("Everybody on the panel has answered.")).to_be_visible()
    page.get_by_label("The difference").select_option(label="Skin biopsy")
    page.get_by_label("Your reply").fill("Eight weeks without change: I want to see the tissue.")
    page.get_by_role("button", name="Put my reply on that row").click()
    reply = page.locator("tbody", has_text="Skin biopsy").locator(".reply")
    expect(reply).to_contain_text("I want to see the tissue.")
    check_fit(page, "after signing")

    amend(page)
    asker.page.reload()
    changed = asker.page.get_by_role("article").filter(has_text="Dr Amara Lindqvist")
    expect(changed).to_contain_text("because: The cream was too weak.")
    expect(changed).to_contain_text("Use a strong topical corticosteroid.")
    changed.get_by_text("What it said before").click()
    expect(changed.locator(".before")).to_contain_text("I recommend a topical corticosteroid.")

    withdraw(page)
    asker.page.reload()
    expect(asker.page.get_by_text("Dr Amara Lindqvist took their answer back")).to_be_visible()
    expect(asker.page.get_by_text("because: I mixed up two people.")).to_be_visible()
    expect(changed).to_have_count(0)
    tomas.page.reload()
    expect(tomas.page.get_by_text("Dr Amara Lindqvist took their answer back")).to_be_visible()
    amara.forgive_refusals()


def ask_back(page: Page, asker: Page) -> None:
    """The specialist asks something and for photos; the answer stands beside the draft."""
    open_case(page, "Threefold")
    page.get_by_text("Ask F, Threefold something").click()
    page.get_by_role("button", name="Send the question").click()
    page.get_by_role("alert").wait_for()
    check_fit(page, "asking without words")
    page.get_by_label("Your question").fill("Does it itch more at night?")
    page.get_by_label("I also ask for photos").check()
    page.get_by_role("button", name="Send the question").click()
    expect(page.get_by_text("Your question is with the person.")).to_be_visible()
    asker.reload()
    expect(asker.get_by_role("link", name="Add photos").first).to_be_visible()
    asker.get_by_label("Your answer to").fill("Yes, in bed.")
    asker.get_by_role("button", name="Send the answer").click()
    expect(asker.get_by_text("Yes, in bed.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Yes, in bed.")).to_be_visible()
    expect(page.get_by_text("asks for photos")).to_be_visible()


def write_and_correct(page: Page) -> None:
    """Writes with a phrase of one's own, takes a point away, adds one by marking its words, and signs."""
    editor = page.url
    page.goto("/queue/phrases/")
    page.get_by_label("A new phrase").fill("Avoid scratching.")
    page.get_by_role("button", name="Keep this phrase").click()
    check_fit(page, "phrases")
    page.goto(editor)
    box = page.get_by_role("textbox", name="Your answer")
    box.fill(LIKELY.removesuffix("Avoid scratching."))
    page.get_by_text("Your phrases", exact=True).click()
    page.get_by_role("button", name="Avoid scratching.").click()
    expect(box).to_have_value(LIKELY)
    expect(page.get_by_text("Draft saved at")).to_be_visible()
    check_fit(page, "editor")
    box.press("Control+Enter")
    page.wait_for_url("**/review/")

    page.get_by_role("checkbox", name="scratching").uncheck()
    mark(page, "Grease the skin well at night")
    expect(page.get_by_label("Exact words of your answer")).to_have_value(
        "Grease the skin well at night"
    )
    page.get_by_label("What they speak of").fill("emollient")
    page.get_by_role("button", name="Add this point").click()
    expect(page.get_by_role("checkbox", name="emollient")).to_be_checked()
    expect(page.get_by_role("checkbox", name="scratching")).not_to_be_checked()
    check_fit(page, "review")
    page.get_by_role("button", name="Sign my answer").click()
    expect(page.get_by_text("You signed your answer")).to_be_visible()
    expect(page.get_by_role("rowheader", name="Emollient")).to_be_visible()
    expect(page.get_by_role("rowheader", name="Scratching")).to_have_count(0)


def amend(page: Page) -> None:
    """Changes a signed answer; without a reason it is not taken."""
    page.get_by_role("link", name="Change your answer").click()
    page.get_by_role("textbox", name="Your answer").fill(
        LIKELY.replace("a topical", "a strong topical").replace("I recommend", "Use")
    )
    page.get_by_role("button", name="Review and sign").click()
    page.locator(".summary").wait_for()
    check_fit(page, "changing an answer without a reason")
    page.get_by_label("Why you change it").fill("The cream was too weak.")
    page.get_by_role("button", name="Review and sign").click()
    page.wait_for_url("**/amend/review/")
    check_fit(page, "review of a change")
    page.get_by_role("button", name="Sign my answer").click()
    expect(page.get_by_text("Your changed answer stands now")).to_be_visible()


def withdraw(page: Page) -> None:
    """Takes a signed answer back, with a reason."""
    page.get_by_role("link", name="Withdraw your answer").click()
    check_fit(page, "withdrawing")
    page.get_by_label("Why you withdraw it").fill("I mixed up two people.")
    page.get_by_role("button", name="Withdraw my answer").click()
    expect(page.get_by_text("You withdrew your answer")).to_be_visible()
    check_fit(page, "after withdrawing")


def give_key(page: Page) -> None:
    """Gives the browser a device that makes passkeys and is always unlocked."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_specialist_adds_a_passkey_signs_in_with_it_and_removes_it(
    visitors: Visitors, site: Site
) -> None:
    # A passkey belongs to a name: browsers make none for an address of numbers.
    page = visitors.new(at=site.address.replace("127.0.0.1", "localhost")).page
    give_key(page)
    page.goto("/sign-in/")
    check_fit(page, "signing in")
    page.get_by_label("Email").fill(site.specialists[1])
    page.get_by_label("Password").fill(site.password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("link", name="Profile").click()
    check_fit(page, "profile")
    page.get_by_role("link", name="Sign-in and security").click()
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_role("heading", name="Is it still you?").wait_for()
    check_fit(page, "asked again, by password")
    page.get_by_label("Password").fill(site.password)
    page.get_by_role("button", name="Go on").click()
    check_fit(page, "adding a passkey")
    page.get_by_label("A name, so that you know it again").fill("Laptop")
    page.get_by_role("button", name="Add the passkey").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()

    page.get_by_role("button", name="Sign out").first.click()
    page.goto("/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/queue/")
    for path, name in PAGES_OF_AN_ACCOUNT:
        page.goto(path)
        check_fit(page, name)

    page.goto("/security/")
    page.get_by_role("link", name="Remove Laptop").click()
    page.get_by_role("link", name="With a passkey").click()
    check_fit(page, "asked again, by passkey")
    page.get_by_role("button", name="Use your passkey").click()
    page.get_by_role("heading", name="Remove this passkey").wait_for()
    check_fit(page, "removing a passkey")
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_role("link", name="Remove Laptop")).to_have_count(0)


PAGES_OF_AN_ACCOUNT = (
    ("/security/devices/", "sessions"),
    ("/security/address/", "e-mail address"),
    ("/security/password/", "password"),
    ("/security/codes/new/", "new recovery codes"),
    ("/sign-out/", "signing out"),
)


def test_an_operator_invites_somebody_who_chooses_a_password_and_loses_it(
    visitors: Visitors, site: Site
) -> None:
    oskar, invited, email = visitors.new().page, visitors.new().page, "new@example.org"
    sign_in(oskar, "oskar@demo.example", site.password, home="/operator/people/")
    check_fit(oskar, "people")
    oskar.get_by_label("E-mail address").fill(email)
    oskar.get_by_label("Name", exact=True).fill("Ada New")
    oskar.get_by_label("Reason").fill("Helps with applications.")
    oskar.get_by_role("button", name="Make the account").click()
    oskar.get_by_role("link", name="Ada New").click()
    check_fit(oskar, "person")

    invited.goto("/sign-in/")
    invited.get_by_role("link", name="I forgot my password").click()
    check_fit(invited, "forgotten password")
    invited.get_by_label("Email").fill(email)
    invited.get_by_role("button", name="Send the code").click()
    invited.wait_for_url("**/code/")
    check_fit(invited, "code of a forgotten password")
    invited.get_by_label("Code").fill(latest_code(email, site.letters))
    invited.get_by_role("button", name="Go on").click()
    invited.wait_for_url("**/new/")
    check_fit(invited, "new password")
    for field in invited.locator("input[type=password]").all():
        field.fill("a-long-password-of-mine")
    invited.get_by_role("button", name="Keep this password").click()
    invited.wait_for_url("**/done/")
    check_fit(invited, "password changed")
    invited.goto("/sign-in/code/")
    check_fit(invited, "asking for a code")
    sign_in(invited, email, "a-long-password-of-mine", home="/moderate/applications/")
    expect(invited.get_by_role("heading", name="Applications")).to_be_visible()
