"""The asker's secret link."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests import factories as make

from milium_site.cases.links import ForeignToken, digest_of, link_from, new_key, new_token
from milium_site.cases.models import Case
from milium_site.foundation.logs import without_links


def test_the_same_form_leads_to_the_same_link_and_another_to_another() -> None:
    token = new_token()

    assert link_from(token) == link_from(token)
    assert link_from(token) != link_from(new_token())


@pytest.mark.parametrize("token", ["", "guessed", "guessed:signature"])
def test_a_token_from_elsewhere_leads_nowhere(token: str) -> None:
    with pytest.raises(ForeignToken):
        link_from(token)


def test_a_link_holds_at_least_128_random_bits() -> None:
    assert len(link_from(new_token())) * 6 >= 128


@pytest.mark.django_db
def test_no_column_of_the_database_holds_the_link() -> None:
    asked = make.open_case()

    row = Case.objects.filter(pk=asked.case.pk).values().get()

    assert asked.link not in str(row)
    assert digest_of(asked.link) == row["link_digest"]


def test_a_key_can_be_read_out_without_mistakes() -> None:
    assert not set("0o1lieau") & set("".join(new_key() for _ in range(200)))


def test_logs_cover_the_link() -> None:
    link = link_from(new_token())

    covered = without_links(f"Not Found: {reverse('check', args=[link])}")

    assert link not in covered
    assert covered == "Not Found: /c/…/check/"
