"""What an asker does to their whole case, across everything that hangs on it."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from milium_site.archive.actions import unpublish_case
from milium_site.archive.pictures.actions import unpublish_photos
from milium_site.casebook.held import cases_of
from milium_site.casebook.models import ErasedLink
from milium_site.cases.actions import empty_case, move_case, submit_case
from milium_site.cases.models import Case
from milium_site.cases.workflow import ANSWERED, CLOSED, OPEN, WITHDRAWN
from milium_site.consents.actions import give_consent
from milium_site.consents.actions import withdraw_consent as end_consent
from milium_site.consents.texts import ARCHIVE_PHOTOS, ARCHIVE_TEXT, CARE, PURPOSES
from milium_site.moderation.actions import let_send
from milium_site.moderation.models import Look, Sender
from milium_site.notices.actions import forget_case
from milium_site.people.actions import delete_user
from milium_site.people.models import User
from milium_site.photos.actions import erase_photos
from milium_site.record.actions import record


# A draft, and a case that a moderator sent back.
SENDABLE = frozenset({"draft", "returned"})
# With its panel, and not closed yet.
CLOSABLE = frozenset({OPEN, ANSWERED})


class CareNotAgreed(Exception):
    """A case cannot be sent to a panel that may not see it."""


@transaction.atomic
def send_case(*, case: Case, purposes: Collection[str]) -> Case:
    """Keeps what the asker agrees to and sends the case. Sending twice is sending once.

    Raises ``CareNotAgreed`` when the panel is not to see it, and ``Barred`` for an asker who was banned.
    """
    if CARE not in purposes:
        raise CareNotAgreed("The panel can only answer a case that it may see.")
    if case.state in SENDABLE:
        let_send(case=case)
        for purpose in PURPOSES:
            if purpose in purposes:
                give_consent(case=case, purpose=purpose)
    return submit_case(case=case)


@transaction.atomic
def close_case(*, case: Case) -> Case:
    """The asker has what they need: nobody on the panel is waited for. Everything can still be read. Twice is once.

    Who was still writing keeps every word. A case that is not with its panel is given back as it is.
    """
    case = Case.objects.select_for_update().get(pk=case.pk)
    return move_case(case=case, to=CLOSED) if case.state in CLOSABLE else case


@transaction.atomic
def withdraw_consent(*, case: Case, purpose: str) -> Case:
    """Takes a consent back and erases what it covered. Twice is once.

    Care: the case is taken back. The archive's words: the publication goes, with its photos. Its photos: they alone.
    Research: every later data set leaves the case out.
    """
    if purpose == CARE:
        return withdraw_case(case=case)
    if purpose == ARCHIVE_TEXT:
        end_consent(case=case, purpose=ARCHIVE_PHOTOS)
        unpublish_case(case=case, because="consent")
    if purpose == ARCHIVE_PHOTOS:
        unpublish_photos(case=case, because="consent")
    end_consent(case=case, purpose=purpose)
    return case


@transaction.atomic
def withdraw_case(*, case: Case) -> Case:
    """Takes the case back: nobody on the panel can open it any more, and everything in it is erased.

    What stays is that there was a case, when it was sent and taken back, and what was agreed to when.
    """
    case = Case.objects.select_for_update().get(pk=case.pk)
    if case.state == WITHDRAWN:
        return case
    for purpose in PURPOSES:
        end_consent(case=case, purpose=purpose)
    case = move_case(case=case, to=WITHDRAWN)
    _erase_inside(case)
    record(verb="withdraw", kind="case", key=case.key, case=case.key)
    return empty_case(case=case)


@transaction.atomic
def erase_case(*, case: Case) -> None:
    """Everything of the case is gone: its row and every row on it, files, the publication, subscriptions. Twice is once.

    The record keeps that it happened; the link answers that it is gone.
    """
    found = Case.objects.select_for_update().filter(pk=case.pk).first()
    if found is None:
        return
    _erase_inside(found)
    ErasedLink.objects.get_or_create(link_digest=found.link_digest, defaults={"at": timezone.now()})
    record(verb="erase", kind="case", key=found.key, case=found.key)
    found.delete()


@transaction.atomic
def leave_for_good(*, user: User, erase_cases: bool) -> None:
    """Deletes the account, and the cases that it keeps where that is wanted; else their secret links open them.

    Raises ``NotNow`` for somebody with a role here.
    """
    if erase_cases:
        for case in cases_of(user):
            erase_case(case=case)
    delete_user(user=user)


def _erase_inside(case: Case) -> None:
    """What others wrote or were told of the case, and what lies outside the database."""
    unpublish_case(case=case, because="erased")
    forget_case(key=case.key)
    erase_photos(case=case)
    # A decision keeps the words before a mask, a report what somebody wrote of the case, a look what was found in it.
    case.decisions.all().delete()
    case.reports.all().delete()
    Look.objects.filter(case=case).delete()
    Sender.objects.filter(case=case).delete()
    case.messages.all().delete()
    case.outcomes.all().delete()
    case.opinions.all().delete()
