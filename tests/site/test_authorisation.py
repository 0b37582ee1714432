"""Who may open what: every address x every kind of person, from the URL configuration.

A new route without a row here fails. Refusal and success share one set-up.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests import factories as make

from milium_site.archive.models import PublishedCase
from milium_site.archive.templatetags.archive import concept_url
from milium_site.cases.actions import keep_case
from milium_site.cases.links import account_link
from milium_site.people.models import Application, User


pytestmark = pytest.mark.django_db

OK, MOVED, REFUSED, GONE = 200, 302, 403, 404
WHO = (
    "nobody", "asker", "other asker", "before signing", "after signing", "not on the panel", "unchecked", "moderator", "operator"
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """One open case with a panel, another case, and somebody of each kind."""

    asked: make.Asked
    other: make.Asked
    drafted: make.Asked
    users: dict[str, User | None]
    page: PublishedCase
    application: Application


@pytest.fixture
def world() -> World:
    before, after = make.specialist("Dr Before"), make.specialist("Dr After")
    asked = make.open_case()
    outside = make.specialist("Dr Outside")
    make.signed(asked.case, after)
    return World(
        asked=asked,
        other=make.open_case(),
        application=make.application(),
        drafted=make.draft_case(),
        page=make.published(after),
        users={
            "nobody": None,
            "asker": None,
            "other asker": None,
            "before signing": before.user,
            "after signing": after.user,
            "not on the panel": outside.user,
            "unchecked": make.specialist("Dr Unchecked", checked=False).user,
            "moderator": make.user("Moderator", is_moderator=True),
            "operator": make.user("Operator", is_staff=True),
        },
    )


def everybody(status: int) -> dict[str, int]:
    return dict.fromkeys(WHO, status)


# Everybody who opens a link holds it: the asker alone is given it. Without it there is no way in, whoever asks.
WITH_LINK = everybody(GONE) | {"asker": OK}
PANEL = {
    "nobody": MOVED, "asker": MOVED, "other asker": MOVED,
    "before signing": OK, "after signing": OK,
    "not on the panel": GONE, "unchecked": REFUSED, "moderator": REFUSED, "operator": REFUSED,
}  # fmt: skip

SIGNED_IN = (
    "before signing", "after signing", "not on the panel", "unchecked", "moderator", "operator"
)  # fmt: skip
SIGNED_OUT = dict.fromkeys(("nobody", "asker", "other asker"), MOVED)
# Pages before somebody is signed in, and pages that need it.
ENTRANCE = everybody(OK) | dict.fromkeys(SIGNED_IN, MOVED)
OWN = everybody(OK) | SIGNED_OUT
MODERATORS = everybody(REFUSED) | SIGNED_OUT | {"moderator": OK}
OPERATORS = everybody(REFUSED) | SIGNED_OUT | {"operator": OK}
# Steps that only somebody who began can go on with.
STEP = everybody(MOVED)

TABLE: dict[str, dict[str, int]] = {
    "account_request_login_code": ENTRANCE,
    "account_reset_password": everybody(OK),
    "account_signup": ENTRANCE,
    "mfa_login_webauthn": STEP,
    "account_confirm_login_code": STEP,
    "mfa_authenticate": STEP,
    "account_email_verification_sent": STEP,
    "account_confirm_password_reset_code": STEP,
    "account_complete_password_reset": STEP,
    "account_password_reset_completed": everybody(OK),
    "account_inactive": everybody(OK),
    "mfa_index": OWN,
    "mfa_list_webauthn": STEP,
    "account_reauthenticate": OWN,
    "account_email": OWN,
    "usersessions_list": OWN,
    # Each of these asks again for the password first, or has nothing to show.
    "mfa_add_webauthn": STEP,
    "mfa_activate_totp": STEP,
    "mfa_generate_recovery_codes": STEP,
    "mfa_reauthenticate": STEP,
    "mfa_reauthenticate_webauthn": STEP,
    "account_change_password": OWN,
    "account_set_password": STEP,
    "mfa_remove_webauthn": STEP,
    "apply": everybody(OK),
    "applications": MODERATORS,
    "application": MODERATORS,
    "evidence": MODERATORS,
    "specialist": MODERATORS,
    "operator-people": OPERATORS,
    "operator-person": OPERATORS,
    "mfa_deactivate_totp": everybody(GONE) | SIGNED_OUT,
    "mfa_view_recovery_codes": everybody(GONE) | SIGNED_OUT,
    "home": STEP,
    "profile": OWN,
    "own-fhir": WITH_LINK,
    # Programs come with tokens: who is signed in on the pages is nobody here (test_api_authorisation.py has those).
    "fhir": everybody(401),
    "fhir-metadata": everybody(OK),
    "fhir-search": everybody(401),
    "fhir-read": everybody(401),
    "fhir-everything": everybody(401),
    "tokens": everybody(OK) | SIGNED_OUT | {"unchecked": REFUSED},
    "operator-webhooks": OPERATORS,
    "ask": everybody(OK),
    "archive": everybody(OK),
    "archive-feed": everybody(OK),
    "archive-body": everybody(OK),
    "published-photo": everybody(OK),
    "published-concept": everybody(OK),
    "robots": everybody(OK),
    "sitemap": everybody(OK),
    "published": everybody(OK),
    "search": everybody(OK),
    "suggest": everybody(OK),
    "like": everybody(405),
    "publication": WITH_LINK,
    "publications": MODERATORS,
    "publication-review": MODERATORS,
    "about": everybody(OK),
    "about-words": everybody(OK),
    "about-word": everybody(OK),
    "understand": everybody(405),
    "account_login": everybody(OK)
    | dict.fromkeys(
        (
            "before signing",
            "after signing",
            "not on the panel",
            "unchecked",
            "moderator",
            "operator",
        ),
        MOVED,
    ),
    "account_logout": everybody(OK) | dict.fromkeys(("nobody", "asker", "other asker"), MOVED),
    "case": WITH_LINK,
    "case-account": WITH_LINK,
    "my-cases": OWN,
    "own-notices": OWN,
    # Asks for the password once more.
    "delete-account": STEP,
    "case-record": WITH_LINK,
    "download": WITH_LINK,
    "sharing": WITH_LINK,
    "stop-sharing": WITH_LINK,
    "leave": WITH_LINK,
    "close": WITH_LINK,
    "send": WITH_LINK | {"asker": MOVED},
    "answer-panel": WITH_LINK | {"asker": MOVED},
    "message-help": WITH_LINK | {"asker": MOVED},
    "follow-up": WITH_LINK | {"asker": GONE},
    "tell-me": everybody(405),
    "push-me": everybody(405),
    "summary": WITH_LINK,
    "summary-pdf": WITH_LINK,
    "words": WITH_LINK,
    "questions": WITH_LINK,
    "person": WITH_LINK,
    "check": WITH_LINK,
    "now": WITH_LINK | {"asker": MOVED},
    "moderate": MODERATORS,
    "moderate-case": MODERATORS,
    "moderate-reports": MODERATORS,
    "moderate-record": MODERATORS | {"operator": OK},
    "report": everybody(OK),
    "operator-jobs": everybody(REFUSED)
    | dict.fromkeys(("nobody", "asker", "other asker"), MOVED)
    | {"operator": OK},
    "health": everybody(OK),
    "ready": everybody(OK),
    "metrics": everybody(REFUSED) | {"operator": OK},
    "stop-notices": everybody(GONE),
    "confirm-notices": everybody(GONE),
    "push-worker": everybody(OK),
    "photos": WITH_LINK,
    "photo-page": WITH_LINK,
    "photo": WITH_LINK,
    "panel-photo": PANEL,
    "moderator-photo": dict.fromkeys(WHO, REFUSED)
    | dict.fromkeys(("nobody", "asker", "other asker"), MOVED)
    | {"moderator": OK},
    "queue": PANEL | {"not on the panel": OK},
    "answer": PANEL,
    "review": PANEL | {"before signing": MOVED, "after signing": MOVED},
    "phrases": PANEL | {"not on the panel": OK},
    "ask-asker": everybody(405),
    "take": everybody(405),
    "pass-on": PANEL,
    "amend": PANEL | {"before signing": GONE},
    "amend-review": PANEL | {"before signing": GONE, "after signing": MOVED},
    "withdraw": PANEL | {"before signing": GONE},
    "reply": everybody(405),
    "panel": everybody(REFUSED)
    | dict.fromkeys(("nobody", "asker", "other asker"), MOVED)
    | {"moderator": OK},
}


def routes() -> dict[str, URLPattern]:
    def walk(patterns: list[URLPattern | URLResolver]) -> list[URLPattern]:
        return [
            found
            for pattern in patterns
            # The API's calls have tokens instead of people: test_api_authorisation.py has a row for each.
            if getattr(pattern, "namespace", None) != "api-1"
            for found in (
                walk(pattern.url_patterns) if isinstance(pattern, URLResolver) else [pattern]
            )
        ]

    return {str(route.name): route for route in walk(get_resolver().url_patterns)}


def test_every_route_has_a_name_and_a_row() -> None:
    assert set(routes()) == set(TABLE)


def test_every_row_says_what_each_kind_of_person_gets() -> None:
    assert {name: set(row) for name, row in TABLE.items()} == {name: set(WHO) for name in TABLE}


def archive_address(name: str, world: World) -> str:
    if name == "published":
        return world.page.get_absolute_url()
    if name == "published-photo":
        shown = make.published_photo(make.specialist())
        return reverse(name, args=[shown.page.name, shown.key, "thumb"])
    if name == "published-concept":
        return concept_url("condition:contact-dermatitis")
    return reverse(name, args=[world.page.publication_id])


def address(name: str, who: str, world: World) -> str:
    """What ``who`` would type: the asker knows the link, others have only a link of their own, or a guess."""
    asked = world.drafted if name in {"words", "questions", "person", "check"} else world.asked
    takes = routes()[name].pattern.converters
    if "photo" in takes and name != "published-photo":
        return photo_address(name, who, world)
    if name in {"published", "publication-review", "published-concept", "published-photo"}:
        return archive_address(name, world)
    if "link" in takes:
        more = {"purpose": ["research"], "weeks": [2]}
        last = [arg for part, args in more.items() if part in takes for arg in args]
        return reverse(name, args=[asked.link if who == "asker" else asked.link.swapcase(), *last])
    told: dict[str, list[object]] = {
        "pk": [pk_of(name, world)],
        "slug": ["test", "skin-biopsy"],
        "token": ["not-a-token-of-ours"],
        "key": [*(["case"] if name == "report" else []), world.asked.case.key],
        "id_": ["ServiceRequest", world.asked.case.key],
        "kind": ["Patient"],
    }
    return reverse(name, args=next((args for part, args in told.items() if part in takes), []))


def photo_address(name: str, who: str, world: World) -> str:
    """A photo that everybody knows the name of: what counts is the way to it."""
    takes, case = routes()[name].pattern.converters, world.asked.case
    link = world.asked.link if who == "asker" else world.other.link
    size = ["thumb"] if "size" in takes else []
    return reverse(name, args=[case.key if "key" in takes else link, make.photo(case).key, *size])


def pk_of(name: str, world: World) -> int:
    """The row that an address with a number is about."""
    outside = world.users["not on the panel"]
    assert outside
    return {
        "application": world.application.pk,
        "evidence": world.application.pk,
        "specialist": outside.specialist.pk,
        "operator-person": outside.pk,
    }.get(name, 1)


# Pages that everybody may open. Whatever is neither here nor behind a door or a secret link is a mistake.
PUBLIC = {
    "ask", "understand", "about", "about-words", "about-word", "apply",
    "stop-notices", "confirm-notices", "push-worker", "health", "ready", "metrics",
    "search", "suggest", "like", "archive", "archive-body", "published", "published-photo",
    "published-concept", "archive-feed", "robots", "sitemap", "fhir-metadata",
}  # fmt: skip


def test_every_view_has_a_door() -> None:
    without = {
        name
        for name, route in routes().items()
        if not hasattr(route.callback, "door")
        and "link" not in route.pattern.converters
        and not route.callback.__module__.startswith("allauth.")
    }

    assert without - PUBLIC == {"mfa_index", "mfa_list_webauthn"}


def looked_at(client: Client, to: str) -> int:
    """The status of a page; what opening it wrote is taken back, so that the next finds the same world."""
    with transaction.atomic():
        status = client.get(to).status_code
        transaction.set_rollback(True)
    return status


@pytest.mark.parametrize("who", WHO)
def test_each_person_gets_what_the_table_says(who: str, world: World, client: Client) -> None:
    addresses = {name: address(name, who, world) for name in sorted(TABLE)}
    user = world.users[who]
    if user:
        client.force_login(user)

    got = {name: looked_at(client, to) for name, to in addresses.items()}

    assert got == {name: row[who] for name, row in TABLE.items()}


BEHIND_A_LINK = sorted(n for n, row in TABLE.items() if n != "like" and row["other asker"] == GONE
                       and row["before signing"] == GONE and "link" in routes()[n].pattern.converters)  # fmt: skip


def test_an_accounts_link_opens_a_page_to_its_user_as_the_secret_link_does_and_to_nobody_else(
    world: World,
) -> None:
    owner = make.user("Asker")
    for asked in (world.asked, world.drafted):
        keep_case(case=asked.case, user=owner)

    def by_account(name: str) -> str:
        by_link = address(name, "asker", world)
        asked = world.drafted if world.drafted.link in by_link else world.asked
        return by_link.replace(asked.link, account_link(asked.case.key))

    addresses = {name: by_account(name) for name in BEHIND_A_LINK}
    assert all(to.startswith("/c/my-") for to in addresses.values())
    clients = {who: Client() for who, user in world.users.items() if user} | {"owner": Client()}
    for who, client in clients.items():
        client.force_login(world.users.get(who) or owner)

    def got(client: Client) -> dict[str, int]:
        return {name: looked_at(client, to) for name, to in addresses.items()}

    assert got(Client()) == dict.fromkeys(addresses, MOVED)
    assert got(clients.pop("owner")) == {name: TABLE[name]["asker"] for name in addresses}
    for who, client in clients.items():
        assert got(client) == dict.fromkeys(addresses, GONE), who


@pytest.mark.parametrize("name", ["words", "questions", "person", "check", "now"])
def test_another_askers_link_changes_nothing_of_this_case(
    name: str, world: World, client: Client
) -> None:
    client.post(reverse(name, args=[world.other.link]), {"text": "planted", "dealt_with": "yes"})

    world.asked.case.refresh_from_db()
    world.drafted.case.refresh_from_db()
    assert "planted" not in world.asked.case.text + world.drafted.case.text


@pytest.mark.parametrize("name", ["answer", "review"])
@pytest.mark.parametrize(
    "who", ["nobody", "not on the panel", "unchecked", "moderator", "operator"]
)
def test_nobody_writes_an_opinion_without_a_seat(
    name: str, who: str, world: World, client: Client
) -> None:
    user = world.users[who]
    if user:
        client.force_login(user)

    response = client.post(
        reverse(name, args=[world.asked.case.key]),
        {"text": "planted", "version": "0", "sign": "yes"},
    )

    assert response.status_code in {401, REFUSED, GONE}
    assert not any("planted" in o.text for o in world.asked.case.opinions.all())


# Everything that any form of the site sends, so that a page which reads a body before it asks who sends it is found.
POSTED = {
    "text": "planted", "version": "0", "sign": "yes", "dealt_with": "yes", "do": "remove", "seen": "open",
    "canned": "planted", "words": "planted", "about": "1", "report": "1", "because": "planted", "purpose": "research",
}  # fmt: skip
# Pages about the session itself: sending somebody on from them is no refusal.
OF_THE_SESSION = {"account_login", "account_logout"}


def is_refused(name: str, who: str) -> bool:
    status, is_signed_out = TABLE[name][who], who in {"nobody", "asker", "other asker"}
    sent_to_sign_in = status == MOVED and is_signed_out and "link" not in takes(name)
    return name not in OF_THE_SESSION and (status in {REFUSED, GONE} or sent_to_sign_in)


def takes(name: str) -> set[str]:
    return set(routes()[name].pattern.converters)


def kept() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table of the site's own, but for the record: a refusal may be recorded."""
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values_list())
        for model in apps.get_models()
        if model.__module__.startswith("milium_site") and "record" not in model.__module__
    }


@pytest.mark.parametrize("who", WHO)
def test_whoever_may_not_read_a_page_may_not_send_to_it_either(
    who: str, world: World, client: Client
) -> None:
    refused = [name for name in sorted(TABLE) if is_refused(name, who)]
    addresses = {name: address(name, who, world) for name in refused}
    user = world.users[who]
    if user:
        client.force_login(user)
    before = kept()

    got = {name: client.post(to, POSTED).status_code for name, to in addresses.items()}

    assert [name for name, status in got.items() if status not in {401, 403, 404, 405, MOVED}] == []
    assert kept() == before


def test_some_pages_are_refused_to_everybody_but_those_they_belong_to() -> None:
    assert {who for who in WHO if any(is_refused(name, who) for name in TABLE)} == set(WHO)
