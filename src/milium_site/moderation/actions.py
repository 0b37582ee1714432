"""Every write of moderation. A decision is made under the case's lock: with a signing at that instant, one comes first."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from milium_site.cases import actions as cases
from milium_site.cases.answers import Answers
from milium_site.cases.corrections import Corrections
from milium_site.cases.models import Case
from milium_site.cases.queries import holding_of
from milium_site.cases.workflow import REMOVED
from milium_site.moderation.masking import masked
from milium_site.moderation.models import Bar, Decision, Sender
from milium_site.moderation.passages import Typed, without
from milium_site.moderation.policies import ENDS, Barred, Overtaken, check_reason, check_seen
from milium_site.moderation.queries import (
    bar_on,
    digest_of,
    message_of,
    seen_of,
    typed_in,
)
from milium_site.moderation.senders import SENDERS_KEPT, sending_network
from milium_site.moderation.senders import digest_of as word_for
from milium_site.notices.actions import tell
from milium_site.opinions.actions import hide_opinion, show_opinion
from milium_site.opinions.models import Opinion
from milium_site.people.actions import reinstate_specialist, suspend_specialist
from milium_site.people.models import Specialist, User
from milium_site.photos.actions import keep_waiting, remove_photo, show_to_panel
from milium_site.photos.models import Photo
from milium_site.photos.queries import waiting_photos
from milium_site.record.actions import record
from milium_site.threads import actions as threads
from milium_site.threads.models import Message


TELLS = {"hold": "held", "remove": "held", "mask": "held", "ban": "held", "return": "sent-back"}
# What a message is after a decision.
MODERATED = {"hold": "held", "remove": "removed"}
BARRED_FOR = {"account": timedelta(days=180), "network": SENDERS_KEPT}
NOTHING_MASKED = "Nothing was masked: choose what to mask, or type words that stand in the text."


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
    """Masks finds in what the asker typed (``names`` as ``passages`` names them), and the words ``also`` wherever they stand.

    Raises ``Unreasoned``, and ``Overtaken`` when nothing would change or the words are not the ones that were ``seen``
    (``queries.seen_of``).
    """
    reason, case = check_reason(reason), _locked(case)
    if seen_of(case) != seen:
        raise Overtaken(
            "The words changed since you opened this page. Nothing was masked. Look at them again."
        )
    typed = typed_in(case)
    clean = without(typed, names, also)
    if clean == typed:
        raise Overtaken(NOTHING_MASKED)
    changed = _typed(case, clean)
    before = _kept(typed) | {"left": seen_of(changed)}
    return _decided(case=changed, what="mask", by=by, reason=reason, **before)


@transaction.atomic
def mask_message(
    *, message: Message, names: list[str], also: str, by: User, reason: str, seen: str
) -> Decision:
    """The same in a message. Raises ``Unreasoned``, and ``Overtaken`` as ``mask_words`` does."""
    reason, case = check_reason(reason), _locked(message.case)
    message.refresh_from_db()
    if digest_of(message.text) != seen:
        raise Overtaken("The words changed since you opened this page. Nothing was masked.")
    clean = masked(message.text, names, also, of=f"message-{message.pk}")
    if clean == message.text:
        raise Overtaken(NOTHING_MASKED)
    before: dict[str, Any] = {"text": message.text, "left": digest_of(clean)}
    threads.mask_message(message=message, text=clean)
    _tell_writer(message)
    key = str(message.pk)
    return _decided(case=case, what="mask", by=by, reason=reason, kind="message", key=key, **before)


@transaction.atomic
def move_message(*, message: Message, what: str, by: User, reason: str) -> Decision:
    """Holds or removes a message: nobody but its writer, who is told why, and moderators read it. Twice is once."""
    reason, case = check_reason(reason), _locked(message.case)
    message.refresh_from_db()
    key, before = str(message.pk), message.moderated
    standing = Decision.objects.filter(kind="message", key=key, what=what, undone_at=None).first()
    if before == MODERATED[what] and standing:
        return standing
    threads.moderate_message(message=message, moderated=MODERATED[what])
    _tell_writer(message)
    return _decided(
        case=case, what=what, by=by, reason=reason, kind="message", key=key, state=before
    )


def _tell_writer(message: Message) -> None:
    writer = message.specialist
    about = f"user:{writer.user_id}" if writer else f"case:{message.case.key}"
    tell(about=about, kind="held")


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
def ban_asker(*, case: Case, by: User, reason: str, network: bool, seen: str) -> Decision:
    """Removes the case, and lets its asker send no other for a while (``BARRED_FOR``): not from the account that keeps it
    or, where ``network``, from the network it was sent from. What they sent can still be read, downloaded and erased.

    Raises ``Unreasoned``, ``IllegalMove``, and ``Overtaken`` when the case is no longer as ``seen``.
    """
    reason, case = check_reason(reason), _locked(case)
    standing = Decision.objects.filter(case=case, kind="case", what="ban", undone_at=None).first()
    if standing:
        return standing
    check_seen(case, seen)
    before = case.state
    moved = case if before == REMOVED else cases.move_case(case=case, to=REMOVED)
    made = _decided(case=moved, what="ban", by=by, reason=reason, state=before)
    known = {}
    if holding := holding_of(case):
        known["account"] = word_for("account", holding.user.email.lower())
    if network and (sender := Sender.objects.filter(case=case).first()):
        known["network"] = sender.network
    for kind, digest in known.items():
        until = timezone.now() + BARRED_FOR[kind]
        Bar.objects.create(decision=made, kind=kind, digest=digest, until=until)
    return made


@transaction.atomic
def let_send(*, case: Case) -> None:
    """Keeps, for ``SENDERS_KEPT``, from which network the case is sent. Raises ``Barred`` for an asker who was banned."""
    if bar := bar_on(case):
        why = f" {bar.decision.reason}" if bar.decision else ""
        raise Barred(
            f"A moderator has stopped new questions from you.{why} "
            "You can still read, download and erase what you sent."
        )
    if network := sending_network():
        values = {"network": network, "at": timezone.now()}
        Sender.objects.update_or_create(case=case, defaults=values)


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
    elif case and decision.kind == "message":
        _put_message_back(decision, case)
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
    decision.bars.all().delete()
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
        _check_mask_comes_off(decision, seen_of(case))
        _typed(case, _typed_before(before, case))
        return
    if case.state != ENDS[decision.what]:
        raise Overtaken(f"The case is {case.state} now: this decision no longer stands.")
    if before["state"] != case.state:
        cases.move_case(case=case, to=before["state"])


def _put_message_back(decision: Decision, case: Case) -> None:
    before, message = decision.before, message_of(case, decision.key)
    if message is None:
        raise Overtaken("This message is gone: its writer took it back.")
    if decision.what == "mask":
        _check_mask_comes_off(decision, digest_of(message.text))
        earlier = Decision.objects.filter(
            kind="message", key=decision.key, what="mask", undone_at=None, pk__lt=decision.pk
        )
        threads.mask_message(message=message, text=before["text"], is_masked=earlier.exists())
        return
    if message.moderated != MODERATED[decision.what]:
        raise Overtaken("Another decision was made about this message since. Undo that one first.")
    threads.moderate_message(message=message, moderated=before["state"])


def _check_mask_comes_off(decision: Decision, now: str) -> None:
    """Masks come off in the order they went on, the last first, and only while the words are as the mask left them."""
    if not decision.before:
        raise Overtaken("The words before this mask are no longer kept.")
    later = Decision.objects.filter(
        kind=decision.kind, key=decision.key, what="mask", undone_at=None, pk__gt=decision.pk
    )
    if later.exists():
        raise Overtaken(
            "Undo the later mask first: masks come off in the order they went on, the last first."
        )
    if decision.before.get("left", now) != now:
        raise Overtaken("The words were changed since. Putting the old ones back would lose them.")


def _kept(typed: Typed) -> dict[str, Any]:
    return {
        "text": typed.text,
        "place": typed.place,
        "corrections": typed.corrections.to_json(),
        "answers": typed.answers.to_json(),
    }


def _typed_before(before: dict[str, Any], case: Case) -> Typed:
    # A mask of before places and answers could be masked kept neither.
    return Typed(
        text=before["text"],
        place=before.get("place", case.place),
        corrections=Corrections.from_json(before["corrections"]),
        answers=Answers.from_json(before.get("answers", case.answers)),
    )


def _typed(case: Case, typed: Typed) -> Case:
    return cases.mask_words(
        case=case,
        text=typed.text,
        place=typed.place,
        corrections=typed.corrections,
        answers=typed.answers,
    )


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
