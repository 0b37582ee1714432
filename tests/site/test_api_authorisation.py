"""Who may make which call: every operation of the API's own document x every kind of token.

A new operation without a row here fails. The calls are real ones, with a body that would be taken.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from tests import factories as make

from milium_site.exchange.actions import make_token, revoke_token
from milium_site.exchange.api import api
from milium_site.exchange.models import Token
from milium_site.people.actions import suspend_specialist
from milium_site.people.models import User


pytestmark = pytest.mark.django_db

OK, NO_TOKEN, LACKS, NOT_THERE, CONFLICT = 200, 401, 403, 404, 409
WHO = (
    "nobody", "made up", "revoked", "run out", "suspended", "asker", "other asker",
    "before signing", "after signing", "not on the panel", "reads only", "moderator", "operator",
)  # fmt: skip
INVALID = ("made up", "revoked", "run out", "suspended")
PANEL = ("before signing", "after signing", "not on the panel")


def row(**allowed: int) -> dict[str, int]:
    """Everybody is refused but those named (``_`` for a space)."""
    refused = dict.fromkeys(WHO, LACKS) | dict.fromkeys(("nobody", *INVALID), NO_TOKEN)
    return refused | {name.replace("_", " "): status for name, status in allowed.items()}


def anybody(status: int = OK) -> dict[str, int]:
    # A token that is none is refused everywhere: its program believes in something that is not so.
    return dict.fromkeys(WHO, status) | dict.fromkeys(INVALID, NO_TOKEN)


ASKER = row(asker=OK, other_asker=OK)
PANEL_READS = row(before_signing=OK, after_signing=OK, reads_only=OK, not_on_the_panel=NOT_THERE)
PANEL_WRITES = row(before_signing=OK, after_signing=OK, not_on_the_panel=NOT_THERE)
KEY, LIMIT = "{key}", "?limit=5"
TABLE: dict[str, tuple[Any, dict[str, int]]] = {
    "POST /read/question": ({"text": make.QUESTION}, anybody()),
    "POST /read/answer": ({"text": make.ANSWER}, anybody()),
    "POST /triage": ({"text": make.QUESTION}, anybody()),
    "GET /lookup": ("?name=acne", anybody()),
    "POST /forms": (None, anybody()),
    "POST /cases": ({"text": make.QUESTION}, anybody(201)),
    "GET /published": (LIMIT, anybody()),
    "GET /published/{key}": (None, anybody()),
    "GET /case": (None, ASKER),
    "PATCH /case": ({"age": 41}, row(asker=CONFLICT, other_asker=CONFLICT)),
    "DELETE /case": (None, row(asker=204, other_asker=204)),
    "POST /case/send": ({"purposes": ["care"]}, ASKER),
    "POST /case/emergency-dealt-with": (None, ASKER),
    "GET /case/opinions": (None, ASKER),
    "GET /case/comparison": (None, row(asker=OK, other_asker=CONFLICT)),
    "GET /case/consents": (None, ASKER),
    "DELETE /case/consents/{purpose}": (None, ASKER),
    "GET /case/messages": (None, ASKER),
    "POST /case/messages": ({"text": "It itches less."}, row(asker=201, other_asker=201)),
    "GET /queue": (LIMIT, PANEL_READS | {"not on the panel": OK}),
    "GET /cases/{key}": (None, PANEL_READS),
    "GET /cases/{key}/opinion": (None, PANEL_READS),
    "GET /cases/{key}/opinion/reading": (None, PANEL_READS),
    "GET /cases/{key}/opinions": (None, PANEL_READS),
    "GET /cases/{key}/comparison": (
        None, row(before_signing=CONFLICT, after_signing=OK, reads_only=OK, not_on_the_panel=NOT_THERE)
    ),
    "GET /cases/{key}/messages": (None, PANEL_READS),
    "POST /cases/{key}/take": (None, PANEL_WRITES | {"not on the panel": OK, "after signing": CONFLICT}),
    "POST /cases/{key}/pass": (
        {"because": "Away."}, row(before_signing=204, after_signing=CONFLICT, not_on_the_panel=NOT_THERE)
    ),
    "POST /cases/{key}/messages": (
        {"text": "Since when?"}, row(before_signing=201, after_signing=201, not_on_the_panel=NOT_THERE)
    ),
    "PUT /cases/{key}/opinion": (
        {"text": make.ANSWER, "version": 1}, PANEL_WRITES | {"after signing": OK}
    ),
    "POST /cases/{key}/opinion/sign": ({"version": 1}, PANEL_WRITES),
    "GET /moderation/cases": (LIMIT, row(moderator=OK)),
    "POST /moderation/cases/{key}/open": (None, row(moderator=OK)),
    "POST /moderation/cases/{key}/hold": ({"reason": "A face.", "seen": "open"}, row(moderator=OK)),
    "GET /operator/standing": (None, row(operator=OK)),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    key: str
    page: str
    tokens: dict[str, str]


def token_of(user: User, *scopes: str) -> str:
    return make_token(user=user, name="A program", scopes=scopes, days=7)[1]


SPECIALISTS_OWN = ("cases:read", "cases:write", "opinions:write", "fhir:read", "fhir:write")


@pytest.fixture
def world() -> World:
    before, after = make.specialist("Dr Before"), make.specialist("Dr After")
    asked = make.open_case()
    make.draft(asked.case, before)
    make.signed(asked.case, after)
    outside, banned = make.specialist("Dr Outside"), make.specialist("Dr Banned")
    tokens = {
        "before signing": token_of(before.user, *SPECIALISTS_OWN),
        "after signing": token_of(after.user, *SPECIALISTS_OWN),
        "not on the panel": token_of(outside.user, *SPECIALISTS_OWN),
        "reads only": token_of(after.user, "cases:read"),
        "suspended": token_of(banned.user, *SPECIALISTS_OWN),
        "moderator": token_of(
            make.user("Mo", is_moderator=True), "moderation:read", "moderation:write"
        ),
        "operator": token_of(make.user("Op", is_staff=True), "operator:read", "fhir:write"),
        "asker": asked.link,
        "other asker": make.open_case().link,
        "made up": "mil_" + "x" * 43,
        "revoked": token_of(after.user, *SPECIALISTS_OWN),
        "run out": token_of(after.user, *SPECIALISTS_OWN),
        "nobody": "",
    }
    by_digest = {t.pk: t for t in Token.objects.all()}
    *_, revoked, run_out = (by_digest[pk] for pk in sorted(by_digest))
    revoke_token(user=after.user, key=revoked.key)
    long_ago = timezone.now() - timedelta(days=9)
    Token.objects.filter(pk=run_out.pk).update(
        made_at=long_ago, expires_at=long_ago + timedelta(days=1)
    )
    suspend_specialist(specialist=banned)
    return World(key=asked.case.key, page=make.published(make.specialist()).key, tokens=tokens)


FHIR = {
    "GET /fhir/ServiceRequest/{key}": row(
        asker=OK, other_asker=NOT_THERE, before_signing=OK, after_signing=OK, not_on_the_panel=NOT_THERE
    ),
    "GET /fhir/ServiceRequest/{key}/$everything": row(
        asker=OK, other_asker=NOT_THERE, before_signing=OK, after_signing=OK, not_on_the_panel=NOT_THERE
    ),
    "GET /fhir/ClinicalImpression?subject=Patient/{key}": row(
        asker=OK, other_asker=NOT_THERE, before_signing=OK, after_signing=OK, not_on_the_panel=NOT_THERE
    ),
    # No bundle at all: what is tested is who comes so far.
    "POST /fhir/": row(before_signing=422, after_signing=422, not_on_the_panel=422, operator=422),
}  # fmt: skip


def test_fhir_gives_each_token_what_the_table_says(world: World, client: Client) -> None:
    got = {
        (operation, who): client.generic(
            operation.split(" ")[0],
            operation.split(" ")[1].format(key=world.key),
            "{}",
            content_type="application/fhir+json",
            headers={"Authorization": f"Bearer {world.tokens[who]}"} if world.tokens[who] else {},
        )
        for operation in FHIR
        for who in WHO
    }

    assert {c: r.status_code for c, r in got.items() if r.status_code != FHIR[c[0]][c[1]]} == {}
    assert {r["Content-Type"] for r in got.values()} == {"application/fhir+json"}
    sealed = got["GET /fhir/ClinicalImpression?subject=Patient/{key}", "before signing"].json()
    assert sealed["total"] == 0
    assert got["GET /fhir/ClinicalImpression?subject=Patient/{key}", "asker"].json()["total"] == 1


def test_every_operation_has_a_row() -> None:
    document = api.get_openapi_schema(path_prefix="")
    operations = {
        f"{method.upper()} {path}" for path, of in document["paths"].items() for method in of
    }

    assert operations == set(TABLE)


def call(client: Client, operation: str, secret: str, world: World) -> HttpResponse:
    method, path = operation.split(" ")
    sent, _ = TABLE[operation]
    key = world.page if "published" in path else world.key
    path = path.format(key=key, purpose="research") + (sent if isinstance(sent, str) else "")
    return client.generic(
        method,
        f"/api/v1{path}",
        json.dumps(sent) if isinstance(sent, dict) else "",
        content_type="application/json",
        headers={"Authorization": f"Bearer {secret}"} if secret else {},
    )


def test_each_token_gets_what_the_table_says(world: World, client: Client) -> None:
    got: dict[tuple[str, str], int] = {}
    wrongly_told = []
    for who in WHO:
        for operation in TABLE:
            # Each call finds the same world: what it did is taken back.
            with transaction.atomic():
                response = call(client, operation, world.tokens[who], world)
                transaction.set_rollback(True)
            got[who, operation] = response.status_code
            if not is_well_told(response):
                wrongly_told.append((who, operation, response.status_code))

    expected = {(who, op): statuses[who] for op, (_, statuses) in TABLE.items() for who in WHO}
    assert {call: status for call, status in got.items() if status != expected[call]} == {}
    assert wrongly_told == []


def is_well_told(response: HttpResponse) -> bool:
    """Errors are problems, and a token's errors are as RFC 6750 has them."""
    challenge = response.headers.get("WWW-Authenticate", "")
    return (
        (response.status_code < 400 or response["Content-Type"] == "application/problem+json")
        and (response.status_code != NO_TOKEN or challenge.startswith("Bearer"))
        and (response.status_code != LACKS or "insufficient_scope" in challenge)
    )
