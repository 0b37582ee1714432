"""Every write to the pages that anybody can read, and to the count of their changes."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from milium.api import Case as AskedCase
from milium.api import read_answer, read_question
from milium_site.archive.changes.actions import note_change
from milium_site.archive.copying import Copy, told_of
from milium_site.archive.importing import Origin
from milium_site.archive.importing import digest_of as digest_of_import
from milium_site.archive.models import (
    Position,
    Publication,
    PublishedCase,
    PublishedOpinion,
    Tag,
)
from milium_site.archive.pictures.actions import publish_pictures
from milium_site.archive.tags import positions_of, tags_of
from milium_site.cases.links import new_key
from milium_site.outcomes.models import Outcome
from milium_site.outcomes.queries import told_outcomes


DAYS_A_MONTH = 30.44
LONGEST_TITLE = 200


@transaction.atomic
def put_up(*, publication: Publication, copy: Copy) -> PublishedCase:
    """The page of a publication with what ``copy`` holds, new or in place of what it held: its address stays."""
    now = timezone.now()
    values = {
        "title": copy.title,
        "question": copy.question.text,
        "history": copy.history,
        "sex": copy.sex,
        "age_band": copy.age_band,
        "skin_type": copy.skin_type,
        "country": copy.country,
        "outcomes": [told_of(outcome) for outcome in told_outcomes(publication.case)],
        "changed_at": now,
        "review_by": next_review(),
    }
    first = {"key": new_key(), "slug": copy.slug, "published_at": now}
    page, _ = PublishedCase.objects.update_or_create(
        publication=publication, defaults=values, create_defaults=values | first
    )
    page.opinions.all().delete()
    for number, answer in enumerate(copy.answers, start=1):
        PublishedOpinion.objects.create(
            page=page,
            number=number,
            opinion=answer.opinion,
            credential=answer.opinion.credential,
            text=answer.covered.text,
            reading=list(answer.reading),
            signed_year=answer.signed_year,
        )
    publish_pictures(page=page, pictures=copy.pictures)
    derive(page=page)
    note_change(key=page.key)
    return page


@transaction.atomic
def derive(*, page: PublishedCase) -> None:
    """The rows that pages of conditions count and that searches narrow by, from what the page holds."""
    opinions = list(page.opinions.all())
    Position.objects.filter(page=page).delete()
    Tag.objects.filter(page=page).delete()
    Position.objects.bulk_create(positions_of(page, opinions))
    Tag.objects.bulk_create(tags_of(page, opinions))


@transaction.atomic
def derive_anew(*, page: PublishedCase) -> bool:
    """Derives the page's rows by today's vocabulary; whether anything is other than before.

    What specialists signed stays as they signed it. What was imported is read again: nobody confirmed how it was read.
    """
    before = _derived(page)
    if page.source_id:
        _read(page)
    derive(page=page)
    if _derived(page) == before:
        return False
    note_change(key=page.key)
    return True


def _derived(page: PublishedCase) -> set[tuple[str, ...]]:
    tags = Tag.objects.filter(page=page).values_list("facet", "value", "detail")
    said = Position.objects.filter(page=page).values_list("kind", "concept", "stance")
    return {*tags, *(("said", *one) for one in said)}


def _read(page: PublishedCase) -> None:
    """Reads the question and the answers of somebody else's archive."""
    digest = page.history["digest"]
    page.history = {**asdict(read_question(page.question)), "digest": digest}
    page.save(update_fields=["history"])
    for opinion in page.opinions.all():
        opinion.reading = [asdict(statement) for statement in read_answer(opinion.text)]
        opinion.save(update_fields=["reading"])


@transaction.atomic
def follow_outcome(*, outcome: Outcome) -> None:
    """Adds to the page what its asker ticked of the outcome; their words are published by a review alone."""
    page = PublishedCase.objects.filter(publication__case_id=outcome.case_id).first()
    if page is None or not outcome.told_at:
        return
    others = [told for told in page.outcomes if told["weeks"] != outcome.weeks]
    page.outcomes = sorted([*others, told_of(outcome)], key=lambda told: int(told["weeks"]))
    page.changed_at = timezone.now()
    page.save(update_fields=["outcomes", "changed_at"])
    derive(page=page)
    note_change(key=page.key)


@transaction.atomic
def import_case(*, found: AskedCase, origin: Origin) -> bool:
    """Keeps a case of somebody else's archive, under its source and licence; whether anything is new.

    The same again changes nothing; other words under the same source id take the place of the first.
    """
    digest = digest_of_import(found, origin)
    source_id = f"{origin.name}:{found.id}"[:200]
    page = PublishedCase.objects.filter(source_id=source_id).first()
    if page and page.history.get("digest") == digest:
        return False
    now, question = timezone.now(), found.question or found.title
    title = (found.title or question)[:LONGEST_TITLE]
    values = {
        "slug": slugify(title)[:60].strip("-") or "case",
        "title": title,
        "question": question,
        "history": {"digest": digest},
        "source_name": origin.name,
        "source_url": origin.url,
        "licence": origin.licence,
        "changed_at": now,
    }
    first = {"key": new_key(), "published_at": now, "review_by": next_review()}
    page, _ = PublishedCase.objects.update_or_create(
        source_id=source_id, defaults=values, create_defaults=values | first
    )
    page.opinions.all().delete()
    for number, opinion in enumerate(found.opinions, start=1):
        PublishedOpinion.objects.create(
            page=page,
            number=number,
            text=opinion.text,
            credential={"name": opinion.specialist, "profession": opinion.specialty},
        )
    _read(page)
    derive(page=page)
    note_change(key=page.key)
    return True


def next_review() -> date:
    """The day by which somebody should have looked at a page that was read today."""
    return timezone.localdate() + timedelta(
        days=round(settings.MILIUM_REVIEW_MONTHS * DAYS_A_MONTH)
    )
