"""What the archive's pages are given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from milium_site.archive.access import Match, Matches, like_this
from milium_site.archive.copying import Copy, copy_of, digest_of, fingerprints
from milium_site.archive.gathering import conditions_with_page
from milium_site.archive.markup import as_block, question_page
from milium_site.archive.masking import Cover, Covered
from milium_site.archive.models import Publication, PublishedCase
from milium_site.archive.pictures.policies import agreed_photos, why_not
from milium_site.archive.policies import agreed_opinions, has_news
from milium_site.archive.presenters import as_case, as_opinions, as_told
from milium_site.archive.queries import chosen_photos, page_of, standing_opinions, wishes_of
from milium_site.archive.workflow import PUBLIC, RENEWAL, SHOWN_ONCE_READ, WAITING, WITH_ASKER
from milium_site.cases.models import Case
from milium_site.cases.presenters import told
from milium_site.consents.texts import ARCHIVE_PHOTOS, wording_of
from milium_site.opinions.context import compared
from milium_site.outcomes.models import Outcome
from milium_site.photos.presenters import ByLink, ByModerator, Shown, shown
from milium_site.photos.queries import photos_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A photo that the asker may put beside the words, or ``why_not``."""

    shown: Shown
    chosen: bool
    why_not: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A photo that a moderator looks at: ``alt`` as it would be published, ``judged`` what was said of it so far."""

    shown: Shown
    alt: Covered
    judged: str


def preview_of(
    case: Case, publication: Publication, *, agreed_only: bool = False
) -> dict[str, object]:
    """What would be published of the case, word for word, and what is masked in it.

    ``agreed_only``: of the answers only those that the asker has seen here and agreed to.
    """
    opinions, photos = standing_opinions(case), chosen_photos(publication)
    prints = fingerprints(case, opinions, photos)
    if agreed_only:
        opinions = agreed_opinions(publication, prints, opinions)
        photos = agreed_photos(publication, prints, photos)
    copy = copy_of(case, opinions, wishes_of(publication), photos)
    return {
        "case": case,
        "publication": publication,
        "copy": copy,
        "told": told(as_told(copy)),
        "seen": digest_of(prints),
        "masked": sum(len(text.covers) for text in copy.texts),
        "covers": covers_in(copy),
        "with_asker": publication.state in WITH_ASKER,
        "waiting": publication.state in WAITING,
        "public": publication.state in PUBLIC,
    }


def publication_page(case: Case, publication: Publication, link: str) -> dict[str, object]:
    """The asker's page: what would be published, which photos they could add, and what has changed on a public page."""
    context = preview_of(case, publication)
    page, opinions = page_of(case), standing_opinions(case)
    way = ByLink(link=link)
    photos = [
        Offered(
            shown=shown(photo, way, number),
            chosen=photo.key in publication.chosen,
            why_not=why_not(photo),
        )
        for number, photo in enumerate(photos_of(case), 1)
    ]
    news = has_news(page, opinions, chosen_photos(publication))
    return context | {
        "link": link,
        "opinions": opinions,
        "page": page,
        "photos": photos,
        "wording": wording_of(ARCHIVE_PHOTOS),
        "renewing": publication.state == RENEWAL,
        "news": publication.state in SHOWN_ONCE_READ and news,
        "chooses": publication.state in WITH_ASKER | SHOWN_ONCE_READ,
    }


def review_page(case: Case, publication: Publication) -> dict[str, object]:
    """A moderator's page: what the asker agreed to with everything that is masked, and the photos one by one."""
    context = preview_of(case, publication, agreed_only=True)
    copy, way = context["copy"], ByModerator()
    assert isinstance(copy, Copy)  # noqa: S101 (preview_of puts it there)
    photos = [
        Judged(
            shown=shown(picture.photo, way, number),
            alt=picture.alt,
            judged=publication.judged.get(picture.photo.key, ""),
        )
        for number, picture in enumerate(copy.pictures, 1)
    ]
    return context | {
        "photos": photos,
        "alike": _others(like_this(case.question), page_of(case)),
        "renewing": publication.state == RENEWAL,
    }


def covers_in(copy: Copy) -> list[tuple[Cover, str]]:
    """Every cover with the words under it, the same words once. For the asker and moderators alone."""
    every = ((c, t.original[c.start : c.end]) for t in copy.texts for c in t.covers)
    return list({words.casefold(): (cover, words) for cover, words in every}.values())


def case_page(page: PublishedCase, address: str) -> dict[str, object]:
    """A published case: the question, what was told, the answers side by side and whole."""
    case, opinions = as_case(page), as_opinions(page)
    return {
        "page": page,
        "canonical": address,
        "data": as_block(question_page(page, address)),
        "photos": page.photos.all(),
        "outcomes": [_outcome(told) for told in page.outcomes],
        "alike": _others(like_this(page.question), page),
        "conditions": conditions_with_page(
            t.value for t in page.tags.all() if t.facet == "condition"
        ),
        "case": case,
        "told": told(case),
        "opinions": page.opinions.all(),
        "side": compared(case, opinions) if opinions and not page.source_id else None,
    }


def _outcome(told: dict[str, Any]) -> dict[str, object]:
    return {
        "weeks": told["weeks"],
        "helped": dict(Outcome.HELPED).get(told["helped"], ""),
        "chosen": [option["name"] for option in told["chosen"]],
    }


def _others(found: Matches | None, own: PublishedCase | None) -> list[Match]:
    """What was found but the case's own page; nothing while the index is being built."""
    return [match for match in found.found if match.page != own] if found else []
