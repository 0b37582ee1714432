"""Calls made up from the API's own document, sent by everybody who may come: nothing breaks, and nothing undocumented is answered.

``MILIUM_FUZZ_CALLS`` says how many are made in all; ``make fuzz`` makes 10,000.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from itertools import cycle, product

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from pytest_django import Settings
from schemathesis.checks import CheckFunction, not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests import factories as make

from milium_site.exchange.actions import make_token
from milium_site.exchange.scopes import SCOPES, is_allowed


CALLS = int(os.environ.get("MILIUM_FUZZ_CALLS", "200"))
CHECKS: list[CheckFunction] = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance,
]  # fmt: skip


def comers() -> tuple[list[str], str]:
    """Tokens of nobody, of an asker, and of one person who is everything at once; the key of a case of theirs."""
    author = make.specialist()
    author.user.is_moderator = author.user.is_staff = True
    author.user.save()
    asked = make.open_case()
    make.signed(asked.case, make.specialist())
    roles = ("specialist", "moderator", "operator")
    scopes = [name for name in SCOPES if is_allowed(name, roles)]
    _, everything = make_token(user=author.user, name="Fuzz", scopes=scopes, days=7)
    return ["", asked.link, everything, everything], asked.case.key


@pytest.mark.django_db
def test_no_call_breaks_anything_or_is_answered_by_what_the_document_does_not_say(
    settings_of_site: Settings,
) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    operations = [found.ok() for found in schema.get_all_operations()]
    # What erases comes last, so that the rest finds something.
    operations.sort(key=lambda operation: operation.method == "delete")
    secrets, key = comers()
    turns, made = cycle(product(secrets, (True, False))), Counter[int]()

    for operation in operations:

        @settings(
            max_examples=-(-CALLS // len(operations)),
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def call(case: schemathesis.Case) -> None:
            secret, hits = next(turns)
            if hits and "key" in case.path_parameters:
                case.path_parameters["key"] = key
            headers = {"Accept-Encoding": "identity"}
            if secret:
                headers["Authorization"] = f"Bearer {secret}"
            response = case.call(headers=headers)
            made[response.status_code] += 1
            case.validate_response(response, checks=CHECKS)

        call()

    print(f"{made.total():,} calls: {dict(sorted(made.items()))}")
    assert made.total() >= CALLS // 2
    assert not [status for status in made if status >= 500]


@pytest.fixture
def settings_of_site(settings: Settings) -> Iterator[Settings]:
    """Programs are counted elsewhere: here nobody waits. A request leaves the test's connection open."""
    settings.MILIUM_API_RATE = settings.MILIUM_API_RATE_ADDRESS = 10**9
    settings.ALLOWED_HOSTS = ["*"]
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield settings
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
