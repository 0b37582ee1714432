"""A case's rows as the library's dossier: what one reader may see of it, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, cast

from django.conf import settings
from django.urls import reverse

from milium.api import (
    Answered,
    Checked,
    ConceptRef,
    ConsentGiven,
    Dossier,
    Opened,
    PhotoRef,
    Signed,
    vocabulary,
)
from milium_site.casebook.queries import looks_at
from milium_site.cases.answers import Answers
from milium_site.cases.models import Case
from milium_site.cases.queries import answers_of, history_of
from milium_site.cases.questions import questions
from milium_site.consents.models import Consent
from milium_site.consents.queries import consents_of
from milium_site.foundation.values import statement_from
from milium_site.opinions.models import Opinion
from milium_site.opinions.queries import asked, country_of, opinions_seen_by
from milium_site.opinions.visibility import Panellist, TheAsker
from milium_site.opinions.workflow import STANDING
from milium_site.people.models import Specialist
from milium_site.photos.limits import LARGEST
from milium_site.photos.models import Photo
from milium_site.photos.queries import photos_for_panel, photos_of


def dossier_for(case: Case, specialist: Specialist | None = None) -> Dossier:
    """The case for one of its panel, or for its asker where there is no ``specialist``.

    A panellist who has not signed gets no answer, and nobody on a panel is told who else opened the case.
    """
    reader = Panellist(specialist.pk) if specialist else TheAsker()
    photos = photos_for_panel(case) if specialist else photos_of(case)
    standing = [o for o in opinions_seen_by(reader, case) if o.state in STANDING]
    return Dossier(
        case=asked(case, standing),
        history=history_of(case),
        readings={str(o.pk): tuple(map(statement_from, o.reading)) for o in standing},
        signed={str(o.pk): _signed(o) for o in standing},
        asked_at=_time(case.submitted_at or case.started_at),
        country=country_of(case),
        intake=_intake(answers_of(case)),
        photos=tuple(_photo(case, photo) for photo in photos),
        consents=tuple(
            ConsentGiven(
                purpose=cast("Any", c.purpose),
                given_at=_time(c.given_at),
                withdrawn_at=_time(c.ended_at),
            )
            for c in _latest_consents(case)
        ),
        opened=() if specialist else _opened(case),
    )


def _signed(opinion: Opinion) -> Signed:
    """As the opinion keeps its author: what was known on the day they signed."""
    kept = opinion.credential
    number = next((c.number for c in opinion.specialist.credentials.all() if c.number), "")
    checked = Checked(
        register=kept.get("register", ""),
        number=number,
        country=opinion.specialist.country,
        checked_on=kept.get("checked_on", ""),
        expires_on=kept.get("expires_on", ""),
        conflicts=kept.get("conflicts", ""),
    )
    is_complete = bool(checked.register and checked.number and checked.checked_on)
    return Signed(
        at=_time(opinion.changed_at or opinion.signed_at),
        credential=checked if is_complete else None,
    )


def _intake(answers: Answers) -> tuple[Answered, ...]:
    return tuple(
        Answered(
            id=question.id,
            question=question.ask,
            answer=", ".join(map(question.label_of, answers.chosen(question.id))) or None,
        )
        for question in questions()
        if question.id in answers.asked
    )


def _photo(case: Case, photo: Photo) -> PhotoRef:
    # The address opens for whoever sits on the panel and is signed in; the bytes stay here.
    path = reverse("panel-photo", args=[case.key, photo.key, LARGEST])
    known = vocabulary()
    site = known.concept(photo.site) if photo.site in known else None
    return PhotoRef(
        id=str(photo.pk),
        url=f"{settings.MILIUM_ADDRESS}{path}",
        content_type="image/webp",
        view=photo.view,
        side=photo.side,
        site=ConceptRef(id=site.id, name=site.name) if site else None,
        text=photo.alt,
        taken_on=_time(photo.added_at),
        size=photo.sizes.get(LARGEST, {}).get("bytes"),
    )


def _latest_consents(case: Case) -> list[Consent]:
    """One for each purpose: the one that stands, else the last."""
    return list({c.purpose: c for c in consents_of(case)}.values())


def _opened(case: Case) -> tuple[Opened, ...]:
    return tuple(
        Opened(at=_time(look.at), who=look.who, verb="read", what=look.kind)
        for look in looks_at(case)
    )


def _time(at: datetime | None) -> str:
    return (
        at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z") if at else ""
    )
