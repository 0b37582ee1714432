"""Before signing, a specialist's pages are the same whether or not others have written."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings
from tests import factories as make

from milium_site.cases.models import Case
from milium_site.exchange.actions import make_token
from milium_site.notices.actions import subscribe
from milium_site.notices.models import Notice
from milium_site.people.models import Specialist


pytestmark = pytest.mark.django_db

OTHERS_WORDS = "Xanthogranuloma is likely. I recommend zinc oxide."
PAGES = ("queue", "answer", "review")
# What differs between any two requests: the form's guard.
# Moments and names of savepoints in statements.
DIGITS = re.compile(r"[\dx]+")
GUARD = re.compile(r'name="(csrfmiddlewaretoken|token)" value="[^"]+"')


@pytest.fixture
def panel() -> tuple[Specialist, Specialist, Specialist]:
    return (
        make.specialist("Dr Writing"),
        make.specialist("Dr Quillfeather"),
        make.specialist("Dr Umbrage"),
    )


def page(client: Client, name: str, case: Case) -> str:
    response = client.get(reverse(name, args=[] if name == "queue" else [case.key]))
    assert response.status_code == 200
    return GUARD.sub("", response.content.decode())


@pytest.mark.parametrize("name", PAGES)
def test_a_colleagues_signature_changes_no_byte_of_a_sealed_page(
    name: str, panel: tuple[Specialist, Specialist, Specialist], client: Client
) -> None:
    writing, colleague, other = panel
    case = make.open_case().case
    make.draft(case, writing)
    client.force_login(writing.user)
    before = page(client, name, case)

    make.signed(case, colleague, OTHERS_WORDS)
    make.draft(case, other, OTHERS_WORDS)
    after = page(client, name, case)

    assert after == before
    for trace in ("Xanthogranuloma", "zinc oxide", "Quillfeather", "Umbrage"):
        assert trace not in after


def test_however_many_have_answered_a_sealed_page_asks_the_same_of_the_database_and_is_the_same(
    client: Client, settings: Settings
) -> None:
    """Neither bytes nor work: what takes the same steps on the same rows takes the same time."""
    settings.MILIUM_PANEL_SIZE = 6
    writing, *others = [make.specialist(f"Dr {n}") for n in range(6)]
    case = make.open_case().case
    make.draft(case, writing)
    client.force_login(writing.user)

    def looks() -> list[tuple[str, str, list[str]]]:
        found = []
        for name in (*PAGES, "pass-on"):
            with CaptureQueriesContext(connection) as queries:
                html = page(client, name, case)
            asked = [DIGITS.sub("0", query["sql"]) for query in queries.captured_queries]
            found.append((name, html, asked))
        return found

    # The first look fills what is kept in memory.
    looks()
    empty = looks()
    assert all(asked for _, _, asked in empty)
    for other in others[:4]:
        make.signed(case, other, OTHERS_WORDS)
        assert looks() == empty
    make.draft(case, others[4], OTHERS_WORDS)
    assert looks() == empty


# Moments differ between any two answers: a bundle and a feed say when they were written.
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)|<lastBuildDate>[^<]*|<updated>[^<]*")
OTHERS_PAGES = (
    "/moderate/panel/", "/moderate/", "/operator/jobs/", "/metrics/", "/profile/", "/queue/phrases/", "/profile/tokens/",
    "/search/?q=xanthogranuloma", "/cases/", "/cases/feed/", "/sitemap.xml", "/", "/ready/",
)  # fmt: skip
CALLS = (
    "/api/v1/queue", "/api/v1/cases/{key}", "/api/v1/cases/{key}/opinion", "/api/v1/cases/{key}/opinion/reading",
    "/api/v1/cases/{key}/opinions", "/api/v1/cases/{key}/comparison", "/api/v1/cases/{key}/messages", "/api/v1/published",
    "/fhir/ServiceRequest/{key}/$everything", "/fhir/Task?subject=Patient/{key}", "/fhir/Composition?subject=Patient/{key}",
    "/fhir/ClinicalImpression?subject=Patient/{key}", "/fhir/Provenance?subject=Patient/{key}",
)  # fmt: skip


def test_however_many_have_answered_nothing_that_a_sealed_specialist_can_fetch_tells_it(
    client: Client, settings: Settings
) -> None:
    """No status, no header, no byte: pages, the API, FHIR, public pages, figures, notices. So no size either."""
    settings.MILIUM_PANEL_SIZE = 6
    writing, *others = [make.specialist(f"Dr {n}") for n in range(6)]
    # A feed without a page says that it is of this instant.
    make.published(others[0])
    asked = make.open_case()
    case = asked.case
    make.draft(case, writing)
    scopes = ("cases:read", "fhir:read")
    token = make_token(user=writing.user, name="A program", scopes=scopes, days=7)[1]
    client.force_login(writing.user)
    subscribe(about=f"user:{writing.user_id}", channel="email", address="writing@example.org")

    def fetched() -> dict[str, tuple[int, dict[str, str], str]]:
        bearer = {"Authorization": f"Bearer {token}"}
        own = [
            reverse(name, args=[] if name == "queue" else [case.key])
            for name in (*PAGES, "pass-on", "amend")
        ]
        got = {
            path: client.get(path)
            for path in (*own, *OTHERS_PAGES, reverse("case-record", args=[asked.link.swapcase()]))
        }
        got |= {path: Client().get(path.format(key=case.key), headers=bearer) for path in CALLS}
        found = {}
        for path, response in got.items():
            body = b"".join(response) if response.streaming else response.content
            text = MOMENT.sub("", GUARD.sub("", body.decode()))
            found[path] = (response.status_code, dict(response.headers), text)
        told = Notice.objects.filter(subscriber__about=f"user:{writing.user_id}").count()
        return found | {"notices": (told, {}, "")}

    fetched()
    empty = fetched()
    assert [empty[path][0] for path in CALLS] == [200] * 5 + [409] + [200] * 7
    assert {empty[path][0] for path in OTHERS_PAGES} <= {200, 403}
    for other in others[:4]:
        make.signed(case, other, OTHERS_WORDS)
    make.draft(case, others[4], OTHERS_WORDS)
    after = fetched()

    assert {path for path in empty if empty[path] != after[path]} == set()


def test_signing_opens_the_others_answers(
    panel: tuple[Specialist, Specialist, Specialist], client: Client
) -> None:
    writing, colleague, _ = panel
    case = make.open_case().case
    make.signed(case, colleague, OTHERS_WORDS)
    client.force_login(writing.user)
    assert "Quillfeather" not in page(client, "answer", case)

    make.signed(case, writing)

    assert "Quillfeather" in page(client, "answer", case)
    assert "Xanthogranuloma" in page(client, "answer", case)


def test_a_colleagues_draft_stays_closed_after_signing(
    panel: tuple[Specialist, Specialist, Specialist], client: Client
) -> None:
    writing, colleague, _ = panel
    case = make.open_case().case
    make.draft(case, colleague, OTHERS_WORDS)
    client.force_login(writing.user)

    make.signed(case, writing)

    assert "Xanthogranuloma" not in page(client, "answer", case)


def test_the_asker_sees_no_draft(
    panel: tuple[Specialist, Specialist, Specialist], client: Client
) -> None:
    asked = make.open_case()
    make.draft(asked.case, panel[0], OTHERS_WORDS)

    assert "Xanthogranuloma" not in client.get(reverse("case", args=[asked.link])).content.decode()

    make.signed(asked.case, panel[1], OTHERS_WORDS)
    assert "Xanthogranuloma" in client.get(reverse("case", args=[asked.link])).content.decode()
