"""Every write to opinions."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from milium.api import read_answer
from milium_site.cases.models import Case
from milium_site.cases.topics import topic_of
from milium_site.notices.actions import tell
from milium_site.opinions.models import Amendment, Opinion, OpinionVersion, Phrase, Reply
from milium_site.opinions.policies import (
    Refused,
    StaleDraft,
    check_can_change,
    check_can_reply,
    check_case_is_open,
    check_has_words,
    check_is_draft,
    check_reason,
)
from milium_site.opinions.queries import open_prompts
from milium_site.opinions.review import Review, reviewed
from milium_site.opinions.seats.actions import (
    free_place_of_withdrawn,
    keep_for_good,
    keep_place,
    lock_case,
    release_lapsed_seats,
)
from milium_site.opinions.workflow import (
    AMENDED,
    COMMITTED,
    DRAFT,
    HIDDEN,
    OPINION,
    SIGNED,
    WITHDRAWN,
)
from milium_site.people.models import Specialist
from milium_site.people.presenters import credential_card
from milium_site.record.actions import record


@transaction.atomic
def open_draft(*, case: Case, specialist: Specialist) -> Opinion:
    """The specialist's opinion of the case, begun when there is none."""
    opinion, is_new = Opinion.objects.get_or_create(
        case=case, specialist=specialist, defaults={"saved_at": timezone.now()}
    )
    if is_new:
        _recorded("begin", opinion)
    return opinion


@transaction.atomic
def save_draft(*, opinion: Opinion, text: str, version: int) -> Opinion:
    """The draft with new words, if nobody saved it since ``version``.

    Raises ``StaleDraft`` when somebody did, and ``Refused`` once it is signed. The same words again are no change.
    """
    changed = Opinion.objects.filter(pk=opinion.pk, state=DRAFT, version=version).update(
        text=text, version=version + 1, saved_at=timezone.now()
    )
    saved = Opinion.objects.select_related("case", "specialist").get(pk=opinion.pk)
    if not changed and saved.text != text:
        check_is_draft(saved)
        raise StaleDraft(saved)
    if changed:
        keep_place(case=saved.case, specialist=saved.specialist)
        _recorded("save", saved)
    return saved


@transaction.atomic
def save_review(*, opinion: Opinion, review: Review) -> Opinion:
    """The draft with its author's corrections of the reading. Raises ``Refused`` once it is signed."""
    opinion = _locked(opinion)
    check_is_draft(opinion)
    opinion.corrections = review.to_json()
    opinion.save(update_fields=["corrections"])
    _recorded("review", opinion)
    return opinion


@transaction.atomic
def sign_opinion(*, opinion: Opinion, review: Review, version: int) -> Opinion:
    """Signs the words of ``version`` with the reading that their author saw. Signing twice is signing once.

    Raises ``StaleDraft`` when the words have changed since, ``NoPlace`` when the place was given back and taken by
    another, ``Refused`` when there are no words or the case takes no answer now.
    """
    # The case first, then the opinion: whoever signs, holds or takes goes one after the other, and nobody deadlocks.
    case = lock_case(opinion.case)
    opinion = _locked(opinion)
    if opinion.state in COMMITTED:
        return opinion
    OPINION.check(opinion.state, SIGNED)
    check_case_is_open(case)
    check_has_words(opinion)
    if opinion.version != version:
        raise StaleDraft(opinion)
    now = timezone.now()
    _take_in(opinion, opinion.text, review)
    opinion.state, opinion.signed_at = SIGNED, now
    opinion.save()
    keep_for_good(case=case, specialist=opinion.specialist, now=now)
    _recorded("sign", opinion)
    # The asker alone: on the panel nobody learns that another has signed.
    tell(about=f"case:{case.key}", kind="opinion-signed", event=f"opinion-signed:{opinion.pk}")
    return opinion


@transaction.atomic
def open_amendment(*, opinion: Opinion) -> Amendment:
    """The draft of the amended answer, begun with the words that stand. Raises ``Refused`` where nothing stands."""
    case = lock_case(opinion.case)
    opinion = _locked(opinion)
    check_can_change(opinion, case)
    amendment, is_new = Amendment.objects.get_or_create(
        opinion=opinion,
        defaults={
            "text": opinion.text,
            "corrections": opinion.corrections,
            "saved_at": timezone.now(),
        },
    )
    if is_new:
        _recorded("begin-amendment", opinion)
    return amendment


@transaction.atomic
def save_amendment(*, amendment: Amendment, text: str, because: str, version: int) -> Amendment:
    """The amendment with new words and reason, if nobody saved it since ``version``; else ``StaleDraft``."""
    changed = Amendment.objects.filter(pk=amendment.pk, version=version).update(
        text=text, because=because, version=version + 1, saved_at=timezone.now()
    )
    saved = Amendment.objects.select_related("opinion__case").filter(pk=amendment.pk).first()
    if saved is None:
        raise Refused("This amendment was signed or dropped elsewhere. Your words are in the box.")
    if not changed and (saved.text, saved.because) != (text, because):
        raise StaleDraft(saved)
    if changed:
        _recorded("save-amendment", saved.opinion)
    return saved


@transaction.atomic
def save_amendment_review(*, amendment: Amendment, review: Review) -> None:
    """The amendment with its author's corrections of the reading."""
    Amendment.objects.filter(pk=amendment.pk).update(corrections=review.to_json())
    _recorded("review-amendment", amendment.opinion)


@transaction.atomic
def sign_amendment(*, amendment: Amendment, review: Review, version: int) -> Opinion:
    """The amended answer takes the place of the one that stood, which is kept. Signing twice is signing once.

    Raises ``StaleDraft`` when the words changed since ``version``, ``Refused`` without words or a reason.
    """
    case = lock_case(amendment.opinion.case)
    opinion = _locked(amendment.opinion)
    found = Amendment.objects.filter(pk=amendment.pk).first()
    if found is None:
        return opinion
    check_can_change(opinion, case)
    check_has_words(found)
    because = check_reason(found.because)
    if found.version != version:
        raise StaleDraft(found)
    now = timezone.now()
    _keep_version(opinion, now)
    _take_in(opinion, found.text, review)
    opinion.state, opinion.changed_at, opinion.because = AMENDED, now, because
    opinion.save()
    found.delete()
    _recorded("amend", opinion)
    tell(about=f"case:{case.key}", kind="opinion-changed")
    return opinion


@transaction.atomic
def drop_amendment(*, amendment: Amendment) -> None:
    """The author leaves the answer as it stands."""
    Amendment.objects.filter(pk=amendment.pk).delete()
    _recorded("drop-amendment", amendment.opinion)


@transaction.atomic
def withdraw_opinion(*, opinion: Opinion, because: str) -> Opinion:
    """Takes a signed answer out of the comparison; its words stay with its author and the record. Twice is once.

    Raises ``Refused`` without a reason, and where there is nothing to withdraw.
    """
    case = lock_case(opinion.case)
    opinion = _locked(opinion)
    if opinion.state == WITHDRAWN:
        return opinion
    check_can_change(opinion, case)
    OPINION.check(opinion.state, WITHDRAWN)
    now = timezone.now()
    opinion.because = check_reason(because)
    opinion.state, opinion.changed_at = WITHDRAWN, now
    opinion.save()
    Amendment.objects.filter(opinion=opinion).delete()
    free_place_of_withdrawn(case=case, specialist=opinion.specialist, now=now)
    _recorded("withdraw", opinion)
    tell(about=f"case:{case.key}", kind="opinion-changed")
    return opinion


@transaction.atomic
def hide_opinion(*, opinion: Opinion) -> tuple[Opinion, str]:
    """A moderator takes a signed answer from the page; also the state it was in. Raises ``IllegalMove`` for any other."""
    lock_case(opinion.case)
    opinion = _locked(opinion)
    before = opinion.state
    if before != HIDDEN:
        OPINION.check(before, HIDDEN)
        opinion.state = HIDDEN
        opinion.save(update_fields=["state"])
        _recorded("hide", opinion)
        tell(about=f"case:{opinion.case.key}", kind="opinion-changed")
    return opinion, before


@transaction.atomic
def show_opinion(*, opinion: Opinion) -> Opinion:
    """Puts a hidden answer back as it stood."""
    lock_case(opinion.case)
    opinion = _locked(opinion)
    if opinion.state == HIDDEN:
        opinion.state = AMENDED if opinion.changed_at else SIGNED
        opinion.save(update_fields=["state"])
        _recorded("show", opinion)
    return opinion


@transaction.atomic
def reply_to_difference(*, opinion: Opinion, row: str, text: str) -> Reply:
    """What the author says to one row on which the panel differs; said again, the later words count.

    Raises ``Refused`` while somebody has not signed.
    """
    case = lock_case(opinion.case)
    check_can_reply(_locked(opinion), case)
    reply, _ = Reply.objects.update_or_create(
        opinion=opinion,
        row_digest=topic_of(row),
        defaults={"row": row, "text": text.strip(), "at": timezone.now()},
    )
    _recorded("reply", opinion)
    return reply


@transaction.atomic
def keep_phrase(*, specialist: Specialist, text: str) -> Phrase:
    """A phrase of the specialist's own; one that they have already is kept once."""
    for phrase in specialist.phrases.all():
        if phrase.text == text.strip():
            return phrase
    return Phrase.objects.create(specialist=specialist, text=text.strip(), at=timezone.now())


@transaction.atomic
def drop_phrase(*, specialist: Specialist, pk: int) -> None:
    """The phrase is gone, if it was theirs."""
    Phrase.objects.filter(specialist=specialist, pk=pk).delete()


def _take_in(opinion: Opinion, text: str, review: Review) -> None:
    """The words with their reading, what stood open, and who signs, as known now."""
    read = read_answer(text)
    opinion.text = text
    opinion.corrections = review.to_json()
    opinion.reading_read = [asdict(s) for s in read]
    opinion.reading = [asdict(s) for s in reviewed(text, read, review)]
    opinion.prompts = [asdict(prompt) for prompt, _ in open_prompts(opinion, review)]
    opinion.credential = credential_of(opinion.specialist)


def _keep_version(opinion: Opinion, now: datetime) -> None:
    OpinionVersion.objects.create(
        opinion=opinion,
        number=opinion.earlier.count() + 1,
        text=opinion.text,
        corrections=opinion.corrections,
        reading_read=opinion.reading_read,
        reading=opinion.reading,
        prompts=opinion.prompts,
        credential=opinion.credential,
        because=opinion.because,
        signed_at=opinion.changed_at or opinion.signed_at or now,
        replaced_at=now,
    )


def credential_of(specialist: Specialist) -> dict[str, str]:
    """What stands under the author's name, as it was on the day: who, what was checked, until when, what they are paid for."""
    card = credential_card(specialist)
    return {
        "name": specialist.name,
        "profession": specialist.profession,
        "credential": specialist.credential,
        "register": card.register,
        "looked_at": ", ".join(card.looked_at),
        # Whoever may answer has been checked: the policy asks for it.
        "checked_on": str(card.checked_on),
        "expires_on": str(card.expires_on),
        "conflicts": card.conflicts,
        "demo": "yes" if specialist.is_demo else "",
    }


def _recorded(verb: str, opinion: Opinion) -> None:
    record(verb=verb, kind="opinion", key=str(opinion.pk), case=opinion.case.key)


def _locked(opinion: Opinion) -> Opinion:
    return (
        Opinion.objects.select_for_update(of=("self",))
        .select_related("case", "specialist")
        .get(pk=opinion.pk)
    )


__all__ = ["Refused", "release_lapsed_seats"]
