"""Who may open what: every address x every kind of person, from the URL configuration.

A new route without a row here fails. Refusal and success share one set-up.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests import factories as make

from milium_site.people.models import User


pytestmark = pytest.mark.django_db

OK, MOVED, REFUSED, GONE = 200, 302, 403, 404
WHO = (
    "nobody", "asker", "other asker", "before signing", "after signing", "not on the panel", "unchecked", "staff"
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """One open case with a panel, another case, and somebody of each kind."""

    asked: make.Asked
    other: make.Asked
    drafted: make.Asked
    users: dict[str, User | None]


@pytest.fixture
def world() -> World:
    before, after = make.specialist("Dr Before"), make.specialist("Dr After")
    asked = make.open_case()
    outside = make.specialist("Dr Outside")
    make.signed(asked.case, after)
    return World(
        asked=asked,
        other=make.open_case(),
        drafted=make.draft_case(),
        users={
            "nobody": None,
            "asker": None,
            "other asker": None,
            "before signing": before.user,
            "after signing": after.user,
            "not on the panel": outside.user,
            "unchecked": make.specialist("Dr Unchecked", checked=False).user,
            "staff": make.user("Staff", is_staff=True),
        },
    )


def everybody(status: int) -> dict[str, int]:
    return dict.fromkeys(WHO, status)


# Everybody who opens a link holds it: the asker alone is given it. Without it there is no way in, whoever asks.
WITH_LINK = everybody(GONE) | {"asker": OK}
PANEL = {
    "nobody": MOVED, "asker": MOVED, "other asker": MOVED,
    "before signing": OK, "after signing": OK,
    "not on the panel": GONE, "unchecked": REFUSED, "staff": REFUSED,
}  # fmt: skip

TABLE: dict[str, dict[str, int]] = {
    "ask": everybody(OK),
    "about": everybody(OK),
    "about-words": everybody(OK),
    "about-word": everybody(OK),
    "understand": everybody(405),
    "account_login": everybody(OK)
    | dict.fromkeys(
        ("before signing", "after signing", "not on the panel", "unchecked", "staff"), MOVED
    ),
    "account_logout": everybody(OK) | dict.fromkeys(("nobody", "asker", "other asker"), MOVED),
    "case": WITH_LINK,
    "words": WITH_LINK,
    "check": WITH_LINK,
    "now": WITH_LINK | {"asker": MOVED},
    "queue": PANEL | {"not on the panel": OK},
    "answer": PANEL,
    "review": PANEL | {"before signing": MOVED, "after signing": MOVED},
}


def routes() -> dict[str, URLPattern]:
    def walk(patterns: list[URLPattern | URLResolver]) -> list[URLPattern]:
        return [
            found
            for pattern in patterns
            for found in (
                walk(pattern.url_patterns) if isinstance(pattern, URLResolver) else [pattern]
            )
        ]

    return {str(route.name): route for route in walk(get_resolver().url_patterns)}


def test_every_route_has_a_name_and_a_row() -> None:
    assert set(routes()) == set(TABLE)


def test_every_row_says_what_each_kind_of_person_gets() -> None:
    assert {name: set(row) for name, row in TABLE.items()} == {name: set(WHO) for name in TABLE}


def address(name: str, who: str, world: World) -> str:
    """What ``who`` would type: the asker knows the link, others have only a link of their own, or a guess."""
    asked = world.drafted if name in {"words", "check"} else world.asked
    takes = routes()[name].pattern.converters
    if "link" in takes:
        return reverse(name, args=[asked.link if who == "asker" else f"{asked.link[:-2]}zz"])
    if "slug" in takes:
        return reverse(name, args=["test", "skin-biopsy"])
    return reverse(name, args=[world.asked.case.key] if "key" in takes else [])


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("name", sorted(TABLE))
def test_each_person_gets_what_the_table_says(
    name: str, who: str, world: World, client: Client
) -> None:
    user = world.users[who]
    if user:
        client.force_login(user)

    response = client.get(address(name, who, world))

    assert response.status_code == TABLE[name][who]


@pytest.mark.parametrize("name", ["words", "check", "now"])
def test_another_askers_link_changes_nothing_of_this_case(
    name: str, world: World, client: Client
) -> None:
    client.post(reverse(name, args=[world.other.link]), {"text": "planted", "dealt_with": "yes"})

    world.asked.case.refresh_from_db()
    world.drafted.case.refresh_from_db()
    assert "planted" not in world.asked.case.text + world.drafted.case.text


@pytest.mark.parametrize("name", ["answer", "review"])
@pytest.mark.parametrize("who", ["nobody", "not on the panel", "unchecked", "staff"])
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
    assert not world.asked.case.opinions.filter(text__contains="planted").exists()
