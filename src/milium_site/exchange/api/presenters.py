"""Rows as the API gives them."""

from __future__ import annotations

from typing import cast

from milium.api import Urgency
from milium_site.cases.models import URGENCIES, Case
from milium_site.cases.presenters import headline
from milium_site.exchange.api.schemas import CaseOut, MessageOut, MessagesOut, OpinionOut
from milium_site.opinions.models import Opinion
from milium_site.photos.models import Photo
from milium_site.photos.queries import photos_for_panel, photos_of
from milium_site.threads.presenters import Line


def urgency_of(case: Case) -> Urgency:
    """How urgent it is, by name."""
    return cast("Urgency", URGENCIES[case.urgency_rank])


def case_for_panel_out(case: Case) -> CaseOut:
    """A case to its panel, which sees no photo that waits for a moderator."""
    return _case_out(case, photos_for_panel(case))


def case_out(case: Case) -> CaseOut:
    """A case to its asker."""
    return _case_out(case, photos_of(case))


def _case_out(case: Case, photos: list[Photo]) -> CaseOut:
    return CaseOut(
        key=case.key,
        state=case.state,
        headline=headline(case),
        text=case.text,
        question=case.question,
        history=case.history,
        problem=case.problem,
        who_for=case.who_for,
        age=case.age,
        sex=case.sex,
        place=case.place,
        country=case.country,
        urgency=urgency_of(case),
        flags=case.flags,
        submitted_at=case.submitted_at,
        opened_at=case.opened_at,
        photos=len(photos),
    )


def opinion_out(opinion: Opinion, own: int | None = None) -> OpinionOut:
    """An answer; a draft says who writes it by the account's own name."""
    return OpinionOut(
        id=opinion.pk,
        state=opinion.state,
        author=opinion.credential.get("name", opinion.specialist.name),
        profession=opinion.credential.get("profession", opinion.specialist.profession),
        own=opinion.specialist_id == own,
        text=opinion.text,
        version=opinion.version,
        signed_at=opinion.signed_at,
        reading=opinion.reading,
    )


def messages_out(lines: tuple[Line, ...]) -> MessagesOut:
    """A thread."""
    return MessagesOut(
        messages=[
            MessageOut(
                id=line.id,
                who=line.who,
                own=line.own,
                is_question=line.is_question,
                text=line.text,
                at=line.at,
                wants_photos=line.wants_photos,
                held=line.held,
            )
            for line in lines
        ]
    )
