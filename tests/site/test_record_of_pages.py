"""Whoever opens a page or makes a call that shows a case, a photo, an opinion, a credential or a consent leaves an entry.

The pages are found in the URL configuration, the calls in the API's own document: one that is neither in a table nor named
as showing none of these fails. Each is really opened, by somebody who may.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests import factories as make
from tests.site import test_api_authorisation as programs
from tests.site import test_authorisation as pages

from milium_site.record.models import Entry


if TYPE_CHECKING:
    from tests.site.test_api_authorisation import World as Programs
    from tests.site.test_authorisation import World

pytestmark = pytest.mark.django_db

world = pages.world
programs_world = programs.world
OF_CASE, OF_PHOTO = ("read", "case"), ("read", "photo")
OPENED, LISTED = OF_CASE, ("listed", "case")
# Who opens it, and which entry that leaves.
SHOWS: dict[str, tuple[str, tuple[str, str]]] = {
    **dict.fromkeys(
        (
            "case", "case-account", "case-record", "download", "sharing", "stop-sharing", "leave", "close", "send",
            "answer-panel", "message-help", "follow-up", "summary", "summary-pdf", "words", "questions", "person", "check",
            "now", "photos", "photo-page", "own-fhir",
        ),
        ("asker", OF_CASE),
    ),
    "photo": ("asker", OF_PHOTO),
    "publication": ("asker", ("read", "publication")),
    "my-cases": ("operator", LISTED),
    **dict.fromkeys(("answer", "review", "pass-on"), ("before signing", OPENED)),
    **dict.fromkeys(("amend", "amend-review", "withdraw"), ("after signing", OPENED)),
    "panel-photo": ("before signing", OF_PHOTO),
    "queue": ("before signing", LISTED),
    "profile": ("before signing", ("read", "credential")),
    "moderate": ("moderator", LISTED),
    "moderate-case": ("moderator", OF_CASE),
    "moderate-reports": ("moderator", ("listed", "report")),
    "moderator-photo": ("moderator", OF_PHOTO),
    "publications": ("moderator", ("listed", "publication")),
    "publication-review": ("moderator", ("read", "publication")),
    "applications": ("moderator", ("listed", "application")),
    "application": ("moderator", ("read", "application")),
    "evidence": ("moderator", ("read", "evidence")),
    "specialist": ("moderator", ("read", "credential")),
    "panel": ("moderator", ("open", "panel")),
}  # fmt: skip
SHOWS_NONE = {
    "accounts": {name for name in pages.TABLE if name.startswith(("account_", "mfa_", "usersessions_"))}
    | {"home", "delete-account", "tokens", "own-notices", "apply", "phrases", "operator-people", "operator-person"},
    "what is public": {
        "ask", "archive", "archive-feed", "archive-body", "published-photo", "published-concept", "robots", "sitemap",
        "published", "search", "suggest", "like", "about", "about-words", "about-word", "understand", "fhir-metadata",
        "health", "ready", "push-worker",
    },
    "letters": {"stop-notices", "confirm-notices", "tell-me", "push-me"},
    "the machine": {"operator-jobs", "operator-webhooks", "metrics", "moderate-record"},
    "what is only written; the record of actions has it": {"take", "ask-asker", "reply", "report"},
    "programs, below": {"fhir", "fhir-search", "fhir-read", "fhir-everything"},
}  # fmt: skip
CALLS: dict[str, str] = {
    **dict.fromkeys(
        ("GET /case", "GET /case/opinions", "GET /case/comparison", "GET /case/consents", "GET /case/messages"), "asker"
    ),
    **dict.fromkeys(
        (
            "GET /cases/{key}", "GET /cases/{key}/opinion", "GET /cases/{key}/opinion/reading", "GET /cases/{key}/opinions",
            "GET /cases/{key}/comparison", "GET /cases/{key}/messages", "GET /queue",
        ),
        "after signing",
    ),
    "GET /moderation/cases": "moderator",
}  # fmt: skip
CALLS_OF_NONE = {
    "POST /read/question", "POST /read/answer", "POST /triage", "GET /lookup", "POST /forms", "GET /published",
    "GET /published/{key}", "GET /operator/standing",
}  # fmt: skip


def test_every_page_and_call_has_its_place_here() -> None:
    without = set().union(*SHOWS_NONE.values())
    reading = {name for name in programs.TABLE if name.startswith("GET ")} | CALLS_OF_NONE

    assert set(SHOWS) & without == set()
    assert set(pages.routes()) == set(SHOWS) | without
    assert reading == set(CALLS) | CALLS_OF_NONE


def test_every_page_that_shows_what_is_somebodys_leaves_an_entry(
    world: World, client: Client
) -> None:
    silent = []
    for name, (who, (verb, kind)) in SHOWS.items():
        with transaction.atomic():
            user = world.users[who]
            if user:
                client.force_login(user)
            else:
                client.logout()
            path = pages.address(name, who, world)
            before = Entry.objects.order_by("pk").last()
            client.get(path)
            left = Entry.objects.filter(pk__gt=before.pk if before else 0, verb=verb, kind=kind)
            if not left.filter(actor_kind="user" if user else "asker").exists():
                silent.append(name)
            transaction.set_rollback(True)

    assert silent == []


def test_every_call_that_shows_what_is_somebodys_leaves_an_entry(
    programs_world: Programs, client: Client, settings: Settings
) -> None:
    settings.MILIUM_SCREENING = "moderator"
    make.sent_case()
    silent = []
    for operation, who in CALLS.items():
        before = Entry.objects.order_by("pk").last()
        secret = programs_world.tokens[who]
        assert programs.call(client, operation, secret, programs_world).status_code == 200
        if not Entry.objects.filter(pk__gt=before.pk if before else 0).exists():
            silent.append(operation)
    for path in (path for path in programs.FHIR if path.startswith("GET ")):
        before = Entry.objects.order_by("pk").last()
        token = {"Authorization": f"Bearer {programs_world.tokens['asker']}"}
        client.get(path[4:].format(key=programs_world.key), headers=token)
        if not Entry.objects.filter(pk__gt=before.pk if before else 0).exists():
            silent.append(path)

    assert silent == []


def test_an_asker_sees_who_opened_their_case_and_when(client: Client) -> None:
    reader, moderator = make.specialist("Dr Quillfeather"), make.user("Mo", is_moderator=True)
    asked = make.open_case()
    page = reverse("case-record", args=[asked.link])
    assert "Quillfeather" not in client.get(page).content.decode()
    for user, name in ((reader.user, "answer"), (moderator, "moderate-case")):
        client.force_login(user)
        assert client.get(reverse(name, args=[asked.case.key])).status_code == 200
    client.logout()

    html = client.get(page).content.decode()

    assert "Quillfeather" in html
    assert "moderator" in html.lower()
    at = (
        Entry.objects.filter(case_key=asked.case.key, verb="read", actor_kind="user")
        .order_by("pk")
        .last()
    )
    assert at
    assert f"{at.at:%H:%M}" in html
