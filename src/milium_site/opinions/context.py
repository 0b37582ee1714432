"""What pages of a case are given, whoever reads them."""

from __future__ import annotations

from milium_site.cases.models import Case, Seat
from milium_site.cases.policies import SELF_HARM
from milium_site.cases.presenters import age_in_words, body_of, headline, pseudonym, told
from milium_site.opinions import queries
from milium_site.opinions.forms import AskForm
from milium_site.opinions.models import Opinion
from milium_site.opinions.presenters import SideBySide, side_by_side
from milium_site.people.models import Specialist
from milium_site.photos.presenters import ByPanel, photos_shown
from milium_site.threads.policies import was_moderated
from milium_site.threads.queries import messages_for_panel


def case_facts(case: Case) -> dict[str, object]:
    """What both sides see of a case."""
    return {
        "case": case,
        "pseudonym": pseudonym(case),
        "age": age_in_words(case),
        "headline": headline(case),
        "told": told(case),
        "body": body_of(case),
        "self_harm": SELF_HARM,
    }


def panel_facts(case: Case, specialist: Specialist) -> dict[str, object]:
    """What a specialist on the panel sees of a case beside their own answer: the body, the photos, what was asked since.

    Who on the panel asked is told to nobody on it: before signing it would say who else is there.
    """
    seat = Seat.objects.filter(case=case, specialist=specialist).first()
    return case_facts(case) | {
        "body": body_of(case),
        "photos": photos_shown(case, ByPanel()),
        "thread": [
            {
                "text": message.text,
                "at": message.at,
                "is_asker": message.specialist_id is None,
                "is_own": message.specialist_id == specialist.pk,
                "wants_photos": message.wants_photos,
                "id": message.pk,
                "was_moderated": was_moderated(message),
            }
            for message in messages_for_panel(case, specialist.pk)
        ],
        "ask": AskForm(),
        "until": seat.lapses_at if seat else None,
    }


def compared(case: Case, opinions: list[Opinion], *, own: int | None = None) -> SideBySide:
    """The signed opinions side by side."""
    return side_by_side(
        queries.comparison_of(case, opinions),
        opinions,
        own=own,
        named=queries.conditions_named(case),
    )
