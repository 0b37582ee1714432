"""The asker's page lists everybody who opened something of their case, and nobody who only moved it on."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests import factories as make

from milium_site.archive.models import Publication
from milium_site.casebook.presenters import said
from milium_site.casebook.queries import looks_at
from milium_site.moderation.actions import open_case
from milium_site.people.models import User


pytestmark = pytest.mark.django_db


def looks(asked: make.Asked) -> set[tuple[str, str]]:
    return {(look.who, said(look)) for look in looks_at(asked.case)}


def reads(user: User, name: str, *args: object) -> None:
    client = Client()
    client.force_login(user)
    assert client.get(reverse(name, args=args)).status_code == 200


def test_every_opening_by_a_specialist_or_a_moderator_is_on_the_askers_page(
    settings: Settings, client: Client
) -> None:
    settings.MILIUM_SCREENING, settings.MILIUM_TIME_ZONE = "moderator", "UTC"
    first, second = make.specialist("Dr First"), make.specialist("Dr Second")
    moderator = make.user("Mo", is_moderator=True)
    asked = make.draft_case()
    photo = make.photo(asked.case)
    asked = make.Asked(case=make.send_again(asked.case), link=asked.link)
    key = asked.case.key
    assert looks(asked) == set()

    reads(moderator, "moderate-case", key)
    reads(moderator, "moderator-photo", key, photo.key, "view")
    open_case(case=asked.case, by=moderator, newest=photo.pk)
    reads(first.user, "answer", key)
    reads(first.user, "panel-photo", key, photo.key, "view")
    make.signed(asked.case, first)
    make.signed(asked.case, second)
    reads(second.user, "answer", key)
    make.agree_to(asked)
    make.photo(asked.case)
    reads(moderator, "publication-review", Publication.objects.get(case=asked.case).pk)
    # The asker's own visits are left out.
    for name in ("case", "summary", "download", "case-record"):
        client.get(reverse(name, args=[asked.link]))

    assert looks(asked) == {
        ("A moderator", "opened your case"),
        ("A moderator", "looked at a photo"),
        ("A moderator", "looked at what may be published"),
        ("Dr First", "opened your case"),
        ("Dr First", "looked at a photo"),
        ("Dr Second", "opened your case"),
        ("Dr Second", "read the answers, 2 times"),
    }
    html = client.get(reverse("case-record", args=[asked.link])).content.decode()
    assert all(f"<strong>{who}</strong> {did}<" in html for who, did in looks(asked))
    assert "Times are in UTC." in html
