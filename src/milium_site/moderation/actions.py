"""Every write of moderation. A decision is made under the case's lock: with a signing at that instant, one comes first."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from milium_site.cases import actions as cases
from milium_site.cases.corrections import Corrections
from milium_site.cases.models import Case
from milium_site.cases.workflow import CLOSED
from milium_site.moderation.masking import masked
from milium_site.moderation.models import Decision, Look, Report
from milium_site.moderation.policies import ENDS, Overtaken, check_reason, check_seen
from milium_site.moderation.queries import digest_of, found_in, reports_from, unseen_cases
from milium_site.moderation.reasons import risk_of_report
from milium_site.notices.actions import tell
from milium_site.opinions.actions import hide_opinion, show_opinion
from milium_site.opinions.models import Opinion
from milium_site.people.actions import reinstate_specialist, suspend_specialist
from milium_site.people.models import Specialist, User
from milium_site.photos.actions import keep_waiting, remove_photo, show_to_panel
from milium_site.photos.models import Photo
from milium_site.photos.queries import waiting_photos
from milium_site.record.actions import record


# Words before a mask are kept so long, that it can be undone.
ORIGINALS_KEPT = timedelta(days=30)
REPORTS_AN_HOUR = 5
LOOKS_AT_ONCE = 200
TELLS = {"hold": "held", "remove": "held", "mask": "held", "return": "sent-back"}


class TooMany(Exception):
    """This sender reported too much within the hour."""


@transaction.atomic
def open_case(*, case: Case, by: User, newest: int = 0) -> Case:
    """Lets the panel see a case that waits. Opening it twice is opening it once.

    ``newest`` is the primary key of the last photo that the moderator's page showed: one that was added since waits on.
    """
    before = _locked(case).state
    opened = cases.open_case(case=case)
    if before != opened.state:
        _decided(case=opened, what="open", by=by, state=before)
        show_photos(case=opened, by=by, newest=newest)
    return opened


@transaction.atomic
def show_photos(*, case: Case, by: User, newest: int) -> list[Decision]:
    """Lets the panel see the photos that waited, up to the ``newest`` one that the page showed. Twice is once."""
    case = _locked(case)
    shown = [show_to_panel(photo=p) for p in waiting_photos(case) if p.pk <= newest]
    return [
        _decided(case=case, what="show-photo", by=by, kind="photo", key=photo.key)
        for photo in shown
    ]


@transaction.atomic
def move_case(*, case: Case, what: str, by: User, reason: str, seen: str) -> Decision:
    """Holds, returns or removes the case, with a reason for its asker. The same decision twice is one.

    Raises ``Unreasoned``, ``IllegalMove``, and ``Overtaken`` when the case is no longer as ``seen``.
    """
    reason, case = check_reason(reason), _locked(case)
    standing = Decision.objects.filter(case=case, kind="case", what=what, undone_at=None).first()
    if case.state == ENDS[what] and standing:
        return standing
    check_seen(case, seen)
    before = case.state
    moved = cases.move_case(case=case, to=ENDS[what])
    return _decided(case=moved, what=what, by=by, reason=reason, state=before)


@transaction.atomic
def mask_words(
    *, case: Case, names: list[str], also: str, by: User, reason: str, seen: str
) -> Decision:
    """Masks finds in the asker's words (``names`` as ``masking.Piece`` names them), and the words ``also`` wherever they stand.

    Raises ``Unreasoned``, and ``Overtaken`` when nothing would change or the words are not the ones that were ``seen``
    (their digest).
    """
    reason, case = check_reason(reason), _locked(case)
    if digest_of(case.text) != seen:
        raise Overtaken(
            "The words changed since you opened this page. Nothing was masked. Look at them again."
        )
    text = masked(case.text, names, also)
    corrections = Corrections.from_json(case.corrections)
    added = tuple(replace(a, words=masked(a.words, (), also)) for a in corrections.added)
    if text == case.text and added == corrections.added:
        raise Overtaken(
            "Nothing was masked: choose what to mask, or type words that stand in the text."
        )
    before = {"text": case.text, "corrections": case.corrections}
    changed = cases.mask_words(case=case, text=text, corrections=replace(corrections, added=added))
    return _decided(case=changed, what="mask", by=by, reason=reason, **before)


@transaction.atomic
def hide(*, opinion: Opinion, by: User, reason: str) -> Decision:
    """Takes a signed answer from the asker's page, with a reason for its author. Hiding it twice is hiding it once."""
    reason = check_reason(reason)
    hidden, before = hide_opinion(opinion=opinion)
    key = str(opinion.pk)
    if before == hidden.state:
        return Decision.objects.filter(kind="opinion", key=key, what="hide", undone_at=None)[0]
    tell(about=f"user:{hidden.specialist.user_id}", kind="held")
    return _decided(
        case=hidden.case, what="hide", by=by, reason=reason, kind="opinion", key=key, state=before
    )


@transaction.atomic
def drop_photo(*, photo: Photo, by: User, reason: str) -> Decision:
    """Removes a photo for good: what should not have been sent is not kept to be undone."""
    reason, case, key = check_reason(reason), photo.case, photo.key
    remove_photo(photo=photo, because="moderator")
    tell(about=f"case:{case.key}", kind="held")
    return _decided(case=case, what="drop-photo", by=by, reason=reason, kind="photo", key=key)


@transaction.atomic
def ban(*, specialist: Specialist, case: Case | None, by: User, reason: str) -> Decision:
    """Lets a specialist answer nothing more; what they signed stays. Banning twice is banning once."""
    reason, key = check_reason(reason), str(specialist.pk)
    suspend_specialist(specialist=specialist)
    standing = Decision.objects.filter(
        kind="specialist", key=key, what="ban", undone_at=None
    ).first()
    if standing:
        return standing
    tell(about=f"user:{specialist.user_id}", kind="held")
    return _decided(case=case, what="ban", by=by, reason=reason, kind="specialist", key=key)


@transaction.atomic
def undo(*, decision: Decision, by: User, because: str) -> Decision:
    """Puts back what a decision changed. Undoing twice is undoing once.

    Raises ``Unreasoned``, and ``Overtaken`` when something happened since that stands in the way.
    """
    because = check_reason(because)
    case = _locked(decision.case) if decision.case else None
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if decision.undone_at:
        return decision
    if case and decision.kind == "case":
        _put_back(decision, case)
    elif decision.what == "hide":
        show_opinion(opinion=Opinion.objects.get(pk=decision.key))
    elif decision.what == "ban":
        reinstate_specialist(specialist=Specialist.objects.get(pk=decision.key))
    elif decision.what == "show-photo":
        _hide_photo(decision.key)
    else:
        raise Overtaken("This cannot be undone: the photo is gone.")
    decision.undone_at, decision.undone_by = timezone.now(), by
    decision.undone_because, decision.before = because, {}
    decision.save()
    record(
        verb="undid",
        kind=decision.kind,
        key=decision.key,
        case=case.key if case else "",
        what=decision.what,
    )
    return decision


def _hide_photo(key: str) -> None:
    photo = Photo.objects.select_related("case").filter(key=key).first()
    if photo is None:
        raise Overtaken("This photo is gone: it was removed, or another took its place.")
    keep_waiting(photo=photo)


def _put_back(decision: Decision, case: Case) -> None:
    before = decision.before
    if decision.what == "mask":
        if not before:
            raise Overtaken("The words before this mask are no longer kept.")
        later = Decision.objects.filter(case=case, what="mask", undone_at=None, pk__gt=decision.pk)
        if later.exists():
            raise Overtaken(
                "Undo the later mask first: masks come off in the order they went on, the last first."
            )
        cases.mask_words(
            case=case, text=before["text"], corrections=Corrections.from_json(before["corrections"])
        )
        return
    if case.state != ENDS[decision.what]:
        raise Overtaken(f"The case is {case.state} now: this decision no longer stands.")
    cases.move_case(case=case, to=before["state"])


@transaction.atomic
def report(
    *, kind: str, key: str, case: Case | None, reasons: list[str], words: str, source: str
) -> Report:
    """Keeps that somebody says something is wrong. The same from the same sender is one report.

    Raises ``TooMany`` after ``REPORTS_AN_HOUR``.
    """
    now = timezone.now()
    same = Report.objects.filter(kind=kind, key=key, source=source, closed_at=None).first()
    if same:
        return same
    if reports_from(source, now - timedelta(hours=1)) >= REPORTS_AN_HOUR:
        raise TooMany(
            "You have told us of several things within an hour. We are looking at them. Try again later."
        )
    found = Report.objects.create(
        kind=kind, key=key, case=case, reasons=reasons, words=words,
        risk=risk_of_report(reasons), source=source, at=now,
    )  # fmt: skip
    record(verb="reported", kind=kind, key=key, case=case.key if case else "", reasons=reasons)
    return found


@transaction.atomic
def close_report(*, report: Report, by: User) -> Report:
    """Says that somebody looked at it. What was decided of it is a decision of its own."""
    Report.objects.filter(pk=report.pk, closed_at=None).update(
        closed_at=timezone.now(), closed_by=by
    )
    record(
        verb="closed",
        kind="report",
        key=str(report.pk),
        case=report.case.key if report.case else "",
    )
    return Report.objects.get(pk=report.pk)


@transaction.atomic
def look_at_waiting() -> int:
    """Lets the rules look at what was sent since; how many. Words kept for undoing a mask go when their time is over."""
    cases_now = list(unseen_cases()[:LOOKS_AT_ONCE])
    for case in cases_now:
        fired = found_in(case)
        Look.objects.update_or_create(
            case=case,
            defaults={
                "at": timezone.now(),
                "marks": [asdict(mark) for mark in fired],
                "risk": sum(mark.weight for mark in fired),
                "words": digest_of(case.text),
            },
        )
    forget_originals()
    return len(cases_now)


@transaction.atomic
def forget_originals() -> int:
    """Erases the words before masks once their case is closed, or after ``ORIGINALS_KEPT``; how many."""
    masks = Decision.objects.filter(what="mask").exclude(case=None)
    old = masks.filter(at__lt=timezone.now() - ORIGINALS_KEPT) | masks.filter(
        case__state__in=[CLOSED, "withdrawn"]
    )
    kept = [d for d in old if d.before]
    Decision.objects.filter(pk__in=[d.pk for d in kept]).update(before={})
    return len(kept)


def _decided(
    *,
    case: Case | None,
    what: str,
    by: User,
    reason: str = "",
    kind: str = "case",
    key: str = "",
    **before: object,
) -> Decision:
    key = key or (case.key if case else "")
    values: dict[str, Any] = {"reason": reason, "before": before}
    decision = Decision.objects.create(
        case=case, kind=kind, key=key, what=what, by=by, at=timezone.now(), **values
    )
    record(
        verb="decided",
        what=what,
        kind=kind,
        key=key,
        case=case.key if case else "",
        decision=decision.pk,
    )
    if case and kind == "case" and what in TELLS:
        tell(about=f"case:{case.key}", kind=TELLS[what])
    return decision


def _locked(case: Case) -> Case:
    return Case.objects.select_for_update().get(pk=case.pk)
