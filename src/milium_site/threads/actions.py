"""Every write to threads."""

from __future__ import annotations

from dataclasses import asdict
from typing import cast

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from milium.api import Intake, Sex, triage
from milium_site.cases.actions import raise_urgency
from milium_site.cases.models import Case
from milium_site.cases.queries import panel_of
from milium_site.notices.actions import tell
from milium_site.people.models import Specialist
from milium_site.record.actions import record
from milium_site.threads.models import Message
from milium_site.threads.policies import check_can_be_asked, is_held


@transaction.atomic
def ask_asker(
    *, case: Case, specialist: Specialist, text: str, wants_photos: bool = False
) -> Message:
    """A specialist asks the asker, before or after signing. The same question again is the same message.

    Raises ``NotNow`` while the case is not with its panel.
    """
    case = _locked(case)
    check_can_be_asked(case)
    same = _last(case, specialist)
    if same and (same.text, same.wants_photos) == (text, wants_photos):
        return same
    message = Message.objects.create(
        case=case,
        specialist=specialist,
        text=text,
        wants_photos=wants_photos,
        at=timezone.now(),
    )
    record(verb="ask", kind="message", key=str(message.pk), case=case.key)
    kind = "photos-asked" if wants_photos else "question-asked"
    tell(about=f"case:{case.key}", kind=kind, event=f"message-{message.pk}")
    return message


@transaction.atomic
def answer_panel(*, case: Case, text: str, answers: Message | None = None) -> Message:
    """The asker writes to their panel, as the answer to a question or of their own accord. Sent twice it is one message.

    Red flags are looked for in the words. An emergency holds the message until ``deal_with_message``.
    Raises ``NotNow`` while the case is not with its panel.
    """
    case = _locked(case)
    check_can_be_asked(case)
    same = _last(case, None)
    if same and same.text == text and same.answers_id == (answers.pk if answers else None):
        return same
    intake = Intake(age=case.age, sex=cast("Sex | None", case.sex or None))
    found = triage(text, intake=intake, country=case.country or settings.MILIUM_COUNTRY)
    message = Message(case=case, answers=answers, text=text, at=timezone.now())
    message.flags = [asdict(flag) for flag in found.flags]
    message.save()
    record(verb="answer", kind="message", key=str(message.pk), case=case.key)
    if not is_held(message):
        _deliver(message)
    return message


@transaction.atomic
def deal_with_message(*, message: Message) -> Message:
    """The asker says that the emergency in the message was dealt with: the panel gets it. Twice is once."""
    message = _held_row(message)
    if not is_held(message):
        return message
    message.dealt_with_at = timezone.now()
    message.save(update_fields=["dealt_with_at"])
    record(verb="deal_with", kind="message", key=str(message.pk), case=message.case.key)
    _deliver(message)
    return message


@transaction.atomic
def drop_message(*, message: Message) -> None:
    """The asker takes back a message that the panel never got. Raises nothing when it is gone already."""
    held = Message.objects.filter(pk=message.pk).first()
    if held and is_held(held):
        record(verb="erase", kind="message", key=str(held.pk), case=held.case.key)
        held.delete()


@transaction.atomic
def moderate_message(*, message: Message, moderated: str) -> Message:
    """A moderator takes the message from all but its writer (``held`` or ``removed``), or with an empty word gives it back."""
    message = _held_row(message)
    message.moderated = moderated
    message.save(update_fields=["moderated"])
    what = moderated or "shown"
    record(verb=what, kind="message", key=str(message.pk), case=message.case.key)
    return message


@transaction.atomic
def mask_message(*, message: Message, text: str, is_masked: bool = True) -> Message:
    """A moderator's masks in a message, or its words without them. The red flags found in it stay, without their words where those are gone."""
    message = _held_row(message)
    message.text, message.is_masked = text, is_masked
    message.flags = [
        flag if (quote := flag.get("quote")) and quote["text"] in text else flag | {"quote": None}
        for flag in message.flags
    ]
    message.save(update_fields=["text", "is_masked", "flags"])
    what = "masked" if is_masked else "unmasked"
    record(verb=what, kind="message", key=str(message.pk), case=message.case.key)
    return message


def _held_row(message: Message) -> Message:
    return Message.objects.select_for_update(of=("self",)).select_related("case").get(pk=message.pk)


def _deliver(message: Message) -> None:
    for flag in message.flags:
        raise_urgency(case=message.case, urgency=flag["urgency"])
    case = message.case
    for specialist in panel_of(case):
        tell(
            about=f"user:{specialist.user_id}",
            kind="asker-answered",
            path=reverse("answer", args=[case.key]),
            event=f"message-{message.pk}",
        )


def _last(case: Case, author: Specialist | None) -> Message | None:
    """The author's last message, unless the other side has written since: the same words then say something new."""
    # What a moderator took away and is sent again is a message again: its writer must not be told that it went.
    last = Message.objects.filter(case=case, moderated="").last()
    own = Message.objects.filter(case=case, moderated="", specialist=author).last()
    if own is None or last is None:
        return None
    asker_wrote_last = last.specialist_id is None
    return own if own == last or asker_wrote_last == (author is None) else None


def _locked(case: Case) -> Case:
    return Case.objects.select_for_update().get(pk=case.pk)
