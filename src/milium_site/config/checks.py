"""System checks: is this installation sound? Each has an id and a hint, and a test."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Caution
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor

from milium.api import vocabulary
from milium.errors import MiliumError
from milium_site.cases.countries import is_known


@register()
def the_vocabulary_loads(**_: object) -> list[CheckMessage]:
    """milium.E001: the reader's words are there and keep their own rules."""
    try:
        size = len(vocabulary())
    except (MiliumError, OSError) as error:
        return [
            Error(
                f"the vocabulary does not load: {error}",
                hint="Install Milium again.",
                id="milium.E001",
            )
        ]
    return (
        []
        if size
        else [Error("the vocabulary is empty", hint="Install Milium again.", id="milium.E001")]
    )


@register()
def the_country_is_known(**_: object) -> list[CheckMessage]:
    """milium.E002: emergency numbers and notes need a country that is listed."""
    if is_known(settings.MILIUM_COUNTRY):
        return []
    return [
        Error(
            f"MILIUM_COUNTRY is {settings.MILIUM_COUNTRY!r}",
            hint="Set it to a two-letter code such as US or GB.",
            id="milium.E002",
        )
    ]


@register(Tags.database)
def the_database_answers(
    *, databases: Sequence[str] | None = None, **_: object
) -> list[CheckMessage]:
    """milium.E003: it can be reached. milium.W001: its tables are up to date."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        try:
            executor = MigrationExecutor(connections[alias])
            waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        except DatabaseError as error:
            found.append(
                Error(
                    f"the database does not answer: {error}",
                    hint="Look at DATABASE_URL.",
                    id="milium.E003",
                )
            )
            continue
        if waiting:
            found.append(
                Caution(
                    f"{len(waiting)} migrations are not applied",
                    hint="Run: milium manage migrate",
                    id="milium.W001",
                )
            )
    return found


@register(Tags.security, deploy=True)
def demo_people_are_gone(**_: object) -> list[CheckMessage]:
    """milium.E004: nobody with the demo's known password is in a database used in production."""
    from milium_site.people.queries import demo_specialists  # noqa: PLC0415 (models load after the checks)

    if settings.PRODUCTION and demo_specialists().exists():
        return [
            Error(
                "demo specialists are in this database",
                hint="Start with an empty one.",
                id="milium.E004",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def a_second_factor_is_required(**_: object) -> list[CheckMessage]:
    """milium.E020: nobody sees health data in production with a password alone."""
    if settings.PRODUCTION and settings.MILIUM_SECOND_FACTOR != "required":
        return [
            Error(
                "MILIUM_SECOND_FACTOR is optional: a stolen password opens cases",
                hint="Unset it, or set it to required.",
                id="milium.E020",
            )
        ]
    return []
