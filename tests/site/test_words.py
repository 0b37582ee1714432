"""What a condition, a treatment or a test is: a public page for each text, and a list of all."""

from __future__ import annotations

import html as html_lib

import pytest
from django.test import Client
from django.urls import reverse

from milium.api import evidence_for, text_of, vocabulary
from milium_site.foundation.evidence import published
from milium_site.foundation.explained import every_explained, explained
from milium_site.foundation.templatetags.days import day


pytestmark = pytest.mark.django_db

EVERY = [concept.id for concept in vocabulary() if text_of(concept.id)]


def page(client: Client, *args: str) -> str:
    response = client.get(reverse("about-word", args=args))
    assert response.status_code == 200
    return html_lib.unescape(response.content.decode())


@pytest.mark.parametrize("concept", EVERY)
def test_each_text_has_a_page_with_its_words_and_every_source(concept: str, client: Client) -> None:
    text = text_of(concept)
    assert text

    html = page(client, *concept.split(":"))

    assert text.text in html
    assert all(source.url in html and source.title in html for source in text.sources)


def test_the_list_leads_to_each_of_them(client: Client) -> None:
    html = client.get(reverse("about-words")).content.decode()

    assert {what.id for _, group in every_explained() for what in group} == set(EVERY)
    assert all(reverse("about-word", args=concept.split(":")) in html for concept in EVERY)


@pytest.mark.parametrize(
    "address", ["/about/test/nothing-such/", "/about/site/neck/", "/about/x/skin-biopsy/"]
)
def test_what_has_no_text_has_no_page(address: str, client: Client) -> None:
    assert client.get(address).status_code == 404


def test_other_names_are_told_without_the_name_itself() -> None:
    found = explained("treatment:tretinoin")

    assert found
    assert "retin a" in found.other_names
    assert "tretinoin" not in {name.casefold() for name in found.other_names}


def test_a_conditions_page_shows_what_was_published(client: Client) -> None:
    html = page(client, "condition", "milia-en-plaque")

    assert all(report.outcome in html for report in evidence_for("condition:milia-en-plaque"))
    assert "As a suspected cause." in html


def test_what_may_have_caused_it_is_not_counted_as_its_treatment() -> None:
    found = published("condition:milia-en-plaque")

    assert found
    assert any(report.harm for report in found.reports)
    assert "isotretinoin" not in found.summary


def test_one_report_is_told_with_what_was_done() -> None:
    found = published("condition:milia-en-plaque", "treatment:cryotherapy")

    assert found
    assert found.heading == "1 published report"
    assert "freezing" in found.summary


def test_nothing_published_is_nothing_shown() -> None:
    assert published("condition:psoriasis", "treatment:dermabrasion") is None


def test_a_day_is_written_out() -> None:
    assert day("2026-11-02") == "2 November 2026"
    with pytest.raises(ValueError, match="Invalid isoformat"):
        day("yesterday")
