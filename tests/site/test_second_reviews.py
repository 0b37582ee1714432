"""What happens to a page when what it was made of changes, and to a mask that a moderator wants off."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests import factories as make

from milium_site.archive.actions import mark_stale, review_again, send_back, unmask
from milium_site.archive.models import Publication, PublishedCase
from milium_site.archive.policies import SecondLook
from milium_site.opinions.actions import open_amendment, save_amendment, sign_amendment
from milium_site.opinions.models import Opinion
from milium_site.opinions.review import Review
from milium_site.record.models import Entry


pytestmark = pytest.mark.django_db
NEWER = "This looks like contact dermatitis. I recommend a barrier cream."


def amended_page() -> tuple[make.Asked, PublishedCase]:
    asked = make.agreed(make.specialist())
    page = make.approved(asked)
    opinion = Opinion.objects.get(case=asked.case)
    amendment = open_amendment(opinion=opinion)
    amendment = save_amendment(
        amendment=amendment, text=NEWER, because="I was wrong.", version=amendment.version
    )
    sign_amendment(amendment=amendment, review=Review(), version=amendment.version)
    return asked, page


def test_a_changed_answer_marks_the_page_and_is_published_by_a_second_yes_and_review(
    client: Client,
) -> None:
    asked, page = amended_page()
    before = client.get(page.get_absolute_url()).content.decode()
    assert "has changed this answer since" in before
    assert "barrier cream" not in before

    make.agree_to(asked)
    assert Publication.objects.get(case=asked.case).state == "renewal"
    assert "barrier cream" not in client.get(page.get_absolute_url()).content.decode()
    again = make.approved(asked)

    after = client.get(page.get_absolute_url()).content.decode()
    assert again.key == page.key
    assert "barrier cream" in after
    assert "has changed this answer since" not in after
    assert (
        page.get_absolute_url()
        in client.get(reverse("search"), {"q": "barrier cream"}).content.decode()
    )


def test_agreeing_again_to_what_is_public_already_asks_nobody() -> None:
    asked = make.agreed(make.specialist())
    make.approved(asked)

    make.agree_to(asked)

    assert Publication.objects.get(case=asked.case).state == "published"


def test_the_asker_is_shown_the_newer_words_before_they_say_yes(client: Client) -> None:
    asked, _ = amended_page()

    html = client.get(reverse("publication", args=[asked.link])).content.decode()

    assert "Something is new" in html
    assert "barrier cream" in html


def test_a_second_review_that_is_given_back_leaves_the_page_as_it_was(client: Client) -> None:
    asked, page = amended_page()
    make.agree_to(asked)
    moderator = make.user("Mo", is_moderator=True)

    send_back(
        publication=Publication.objects.get(case=asked.case), moderator=moderator, reason="No."
    )

    html = client.get(page.get_absolute_url()).content.decode()
    assert "barrier cream" not in html
    assert Publication.objects.get(case=asked.case).state == "published"


def test_a_page_whose_term_is_over_says_so_until_a_moderator_has_read_it_again(
    client: Client,
) -> None:
    page = make.published(make.specialist())
    publication = page.publication
    assert publication
    late = page.review_by + timedelta(days=1)
    client.get(page.get_absolute_url())

    assert mark_stale(today=page.review_by) == 0
    assert mark_stale(today=late) == 1
    assert mark_stale(today=late) == 0

    publication.refresh_from_db()
    assert publication.state == "stale"
    moderator = make.user("Mo", is_moderator=True)
    client.force_login(moderator)
    assert page.title in client.get(reverse("publications")).content.decode()
    review_again(publication=publication, moderator=moderator)
    publication.refresh_from_db()
    assert publication.state == "published"
    assert PublishedCase.objects.get().review_by > timezone.localdate()


NAMED = "Hello, my name is Anna Petrova. For 2 months I have had an itchy rash on my neck."


def test_a_name_is_not_shown_by_one_press_of_a_button() -> None:
    asked = make.agreed(make.specialist(), text=NAMED)
    publication = Publication.objects.get(case=asked.case)

    with pytest.raises(SecondLook, match="name"):
        unmask(publication=publication, words="Anna Petrova")
    publication.refresh_from_db()
    assert publication.kept == []

    unmask(publication=publication, words="Anna Petrova", sure=True)
    publication.refresh_from_db()
    assert publication.kept == ["Anna Petrova"]
    entry = Entry.objects.filter(verb="unmasked").latest("pk")
    assert "name" in str(entry.detail)
    assert "Petrova" not in str(entry.detail)


def test_the_page_asks_a_moderator_a_second_time(client: Client) -> None:
    asked = make.agreed(make.specialist(), text=NAMED)
    publication = Publication.objects.get(case=asked.case)
    client.force_login(make.user("Mo", is_moderator=True))
    address = reverse("publication-review", args=[publication.pk])

    first = client.post(address, {"do": "unmask", "words": "Anna Petrova"})
    assert first.status_code == 409
    assert "Is it surely none?" in first.content.decode()
    client.post(address, {"do": "unmask", "words": "Anna Petrova", "sure": "1"})

    publication.refresh_from_db()
    assert publication.kept == ["Anna Petrova"]
