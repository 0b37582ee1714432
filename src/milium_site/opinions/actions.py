"""Every write to opinions."""

from __future__ import annotations

from dataclasses import asdict

from django.db import transaction
from django.utils import timezone

from milium.api import read_answer
from milium_site.cases.actions import mark_answered
from milium_site.cases.models import Case
from milium_site.opinions.models import Opinion
from milium_site.opinions.policies import Refused, StaleDraft, check_has_words, check_is_draft
from milium_site.opinions.queries import open_prompts
from milium_site.opinions.review import Review, reviewed
from milium_site.opinions.workflow import COMMITTED, DRAFT, OPINION, SIGNED
from milium_site.people.models import Specialist


@transaction.atomic
def open_draft(*, case: Case, specialist: Specialist) -> Opinion:
    """The specialist's opinion of the case, begun when there is none."""
    opinion, _ = Opinion.objects.get_or_create(
        case=case, specialist=specialist, defaults={"saved_at": timezone.now()}
    )
    return opinion


@transaction.atomic
def save_draft(*, opinion: Opinion, text: str, version: int) -> Opinion:
    """The draft with new words, if nobody saved it since ``version``.

    Raises ``StaleDraft`` when somebody did, and ``Refused`` once it is signed. The same words again are no change.
    """
    changed = Opinion.objects.filter(pk=opinion.pk, state=DRAFT, version=version).update(
        text=text, version=version + 1, saved_at=timezone.now()
    )
    saved = Opinion.objects.get(pk=opinion.pk)
    if not changed and saved.text != text:
        check_is_draft(saved)
        raise StaleDraft(saved)
    return saved


@transaction.atomic
def save_review(*, opinion: Opinion, review: Review) -> Opinion:
    """The draft with its author's corrections of the reading. Raises ``Refused`` once it is signed."""
    opinion = _locked(opinion)
    check_is_draft(opinion)
    opinion.corrections = review.to_json()
    opinion.save(update_fields=["corrections"])
    return opinion


@transaction.atomic
def sign_opinion(*, opinion: Opinion, review: Review, version: int) -> Opinion:
    """Signs the words of ``version`` with the reading that their author saw. Signing twice is signing once.

    Raises ``StaleDraft`` when the words have changed since, ``Refused`` when there are none.
    """
    opinion = _locked(opinion)
    if opinion.state in COMMITTED:
        return opinion
    OPINION.check(opinion.state, SIGNED)
    check_has_words(opinion)
    if opinion.version != version:
        raise StaleDraft(opinion)
    _sign(opinion, review)
    _close_when_all_signed(opinion.case)
    return opinion


def _sign(opinion: Opinion, review: Review) -> None:
    read = read_answer(opinion.text)
    opinion.corrections = review.to_json()
    opinion.reading_read = [asdict(s) for s in read]
    opinion.reading = [asdict(s) for s in reviewed(opinion.text, read, review)]
    opinion.prompts = [asdict(prompt) for prompt, _ in open_prompts(opinion, review)]
    opinion.credential = credential_of(opinion.specialist)
    opinion.state, opinion.signed_at = SIGNED, timezone.now()
    opinion.save()


def _close_when_all_signed(case: Case) -> None:
    # The case's row is held first: two who sign at the same instant then count one after the other.
    case = Case.objects.select_for_update().get(pk=case.pk)
    signed = Opinion.objects.filter(case=case, state__in=COMMITTED).values("specialist")
    if not case.seats.exclude(specialist__in=signed).exists():
        mark_answered(case=case)


def credential_of(specialist: Specialist) -> dict[str, str]:
    """What stands under the author's name, as it was on the day."""
    return {
        "name": specialist.name,
        "profession": specialist.profession,
        "credential": specialist.credential,
        # Whoever may answer has been checked: the policy asks for it.
        "checked_on": str(specialist.checked_on),
        "demo": "yes" if specialist.is_demo else "",
    }


def _locked(opinion: Opinion) -> Opinion:
    # Only this row: on PostgreSQL an author signing must not wait for another who signs the same case.
    return (
        Opinion.objects.select_for_update(of=("self",))
        .select_related("case", "specialist")
        .get(pk=opinion.pk)
    )


__all__ = ["Refused", "open_draft", "save_draft", "save_review", "sign_opinion"]
