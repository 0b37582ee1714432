"""Every write to notices: who is told, of what, and how far each letter has come.

``tell`` writes in the caller's transaction: what did not happen is told to nobody, and what happened is never forgotten.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from milium_site.jobs.actions import enqueue
from milium_site.notices.kinds import kind as kind_of
from milium_site.notices.links import digest_of, new_key
from milium_site.notices.models import EMAIL, Letter, Notice, Subscriber
from milium_site.notices.policies import check_address
from milium_site.notices.queries import letters_to_look_at, subscribers_of, waiting_notices
from milium_site.notices.workflow import HANDING, LETTER, READY, SENT, UNFINISHED, UNSURE
from milium_site.people.models import Specialist, User


SEND = "milium_site.notices.tasks.send"
# Longer than any server is waited for: a letter claimed for longer is nobody's.
CLAIM = timedelta(minutes=5)
KEPT = timedelta(days=180)


class Busy(Exception):
    """Another worker is sending this subscriber's letter."""


@transaction.atomic
def subscribe(
    *,
    about: str,
    channel: str,
    address: str,
    link: str = "",
    digest: bool = False,
    keys: dict[str, str] | None = None,
) -> Subscriber:
    """Tells ``address`` from now on of ``case:<key>`` (``link`` is the asker's secret link) or ``user:<pk>``.

    A case's e-mail address is first asked whether it is the right one. Subscribing again changes the choice and makes
    no second subscription. Raises ``NotAnAddress``.
    """
    address = check_address(channel, address, keys or {})
    asks_first = channel == EMAIL and about.startswith("case:")
    now = timezone.now()
    subscriber, is_new = Subscriber.objects.get_or_create(
        about=about,
        channel=channel,
        address_digest=digest_of(address),
        defaults={"key": new_key(), "address": address, "created_at": now},
    )
    was_ended, subscriber.ended_at = subscriber.ended_at is not None, None
    subscriber.link, subscriber.digest, subscriber.keys = link, digest, keys or {}
    subscriber.confirmed_at = subscriber.confirmed_at or (None if asks_first else now)
    subscriber.save()
    if is_new or was_ended:
        _greet(subscriber)
    return subscriber


@transaction.atomic
def confirm(*, key: str) -> Subscriber | None:
    """Whoever reads at the address says it is theirs: what waited is sent. None where the subscription is gone."""
    subscriber = Subscriber.objects.select_for_update().filter(key=key).first()
    if subscriber and not subscriber.confirmed_at:
        subscriber.confirmed_at = timezone.now()
        subscriber.save(update_fields=["confirmed_at"])
        _greet(subscriber)
    return subscriber


@transaction.atomic
def stop(*, key: str) -> None:
    """Tells nothing more to this address. Doing it twice is doing it once.

    A case's subscription is erased; a user's stays as a row that says they want none.
    """
    subscriber = Subscriber.objects.filter(key=key).first()
    if subscriber is None:
        return
    if subscriber.about.startswith("case:"):
        subscriber.delete()
        return
    subscriber.notices.filter(letter=None).delete()
    subscriber.ended_at = subscriber.ended_at or timezone.now()
    subscriber.save(update_fields=["ended_at"])


@transaction.atomic
def forget(*, about: str) -> int:
    """Erases every subscription about this, with what they were told. Gives how many there were."""
    subscribers = Subscriber.objects.filter(about=about)
    count = subscribers.count()
    subscribers.delete()
    return count


@transaction.atomic
def forget_case(*, key: str) -> None:
    """Erases what anybody was told of a case: its asker's subscriptions, and others' notices that lead to its page."""
    forget(about=f"case:{key}")
    Notice.objects.filter(path__contains=f"/{key}/").delete()


@transaction.atomic
def tell(*, about: str, kind: str, path: str = "", event: str = "", urgent: bool = False) -> int:
    """Tells everybody who subscribed to ``about``, each once for an ``event``; gives how many will be told.

    ``path`` is the page it leads to: below the case's page for ``case:<key>``, from the site's root for ``user:<pk>``.
    Without an ``event`` every call is one of its own. ``urgent`` is sent at once also to those who want a digest.
    A user who never chose is told by e-mail, a specialist of them in digests. Raises ``UnknownKind``.
    """
    row = kind_of(kind)
    if about.startswith("user:"):
        _follow_account(about)
    told = [s for s in subscribers_of(about) if _note(s, kind, path, event)]
    for subscriber in told:
        if subscriber.confirmed_at and (urgent or row.at_once or not subscriber.digest):
            enqueue(job=SEND, subscriber=subscriber.pk)
    return len(told)


@transaction.atomic
def begin_letter(*, subscriber: int) -> Letter | None:
    """Claims the subscriber's letter: the one under way, or a new one of all that waits. None where nothing waits.

    Raises ``Busy`` while another worker sends it. One that was being handed over by a worker who has gone
    becomes ``unsure`` and is not sent again; what waits goes into a new one.
    """
    # The subscriber's row is held: of two workers the second sees what the first has claimed.
    found = Subscriber.objects.select_for_update().filter(pk=subscriber, ended_at=None).first()
    if found is None:
        return None
    now = timezone.now()
    letter = found.letters.filter(state__in=UNFINISHED).first()
    if letter and letter.claimed_until and letter.claimed_until > now:
        raise Busy(letter.key)
    if letter and letter.state == HANDING:
        _move(letter, UNSURE)
        letter = None
    return _claim(letter or _new_letter(found, now), now)


@transaction.atomic
def hand_over(*, letter: Letter) -> Letter:
    """Written down before the server may accept it: from here on it may have been sent."""
    return _move(letter, HANDING)


@transaction.atomic
def finish_letter(*, letter: Letter, state: str = SENT, answer: str = "") -> Letter:
    """What came of it; ``ready`` when it surely was not sent and is to be tried again."""
    letter.claimed_until, letter.answer = None, answer[:40]
    letter.sent_at = timezone.now() if state == SENT else None
    if letter.state != state:
        LETTER.check(letter.state, state)
        letter.state = state
    letter.save()
    return letter


@transaction.atomic
def send_again(*, key: str) -> bool:
    """An operator says that a letter nobody sends any more is sent once more. False when it is none of those."""
    letter = letters_to_look_at().filter(key=key).first()
    if letter is None or letter.subscriber.letters.filter(state__in=UNFINISHED).exists():
        return False
    _move(letter, READY)
    enqueue(job=SEND, subscriber=letter.subscriber_id)
    return True


@transaction.atomic
def let_be(*, key: str) -> bool:
    """An operator says that a letter nobody sends any more is given up."""
    return bool(letters_to_look_at().filter(key=key).delete()[0])


@transaction.atomic
def sweep() -> int:
    """Takes letters that were sent long ago off the table, with what they told; gives how many rows.

    What was told is kept as long as the same event could be told again.
    """
    return Letter.objects.filter(state=SENT, sent_at__lt=timezone.now() - KEPT).delete()[0]


@transaction.atomic
def gone(*, letter: Letter) -> None:
    """The address is no more: its subscription ends, and the letter with it."""
    letter.subscriber.delete()


def _greet(subscriber: Subscriber) -> None:
    if subscriber.channel != EMAIL or not subscriber.about.startswith("case:"):
        return
    kind = "subscribed" if subscriber.confirmed_at else "confirm"
    _note(subscriber, kind, "", "")
    enqueue(job=SEND, subscriber=subscriber.pk)


def _note(subscriber: Subscriber, kind: str, path: str, event: str) -> bool:
    _, is_new = Notice.objects.get_or_create(
        subscriber=subscriber,
        event=event or new_key(),
        defaults={"kind": kind, "path": path, "told_at": timezone.now()},
    )
    return is_new


def _follow_account(about: str) -> None:
    """An account's own address is followed: who never chose is subscribed, a changed address takes the old one's place."""
    user = User.objects.filter(pk=about.removeprefix("user:"), is_active=True).first()
    if user is None or not user.email:
        return
    own = Subscriber.objects.filter(about=about, channel=EMAIL).first()
    if own is None:
        is_specialist = Specialist.objects.filter(user=user).exists()
        subscribe(about=about, channel=EMAIL, address=user.email, digest=is_specialist)
    elif own.address != user.email:
        own.address, own.address_digest = user.email, digest_of(user.email)
        own.save(update_fields=["address", "address_digest"])


def _new_letter(subscriber: Subscriber, now: datetime) -> Letter | None:
    waiting = list(waiting_notices(subscriber).values_list("pk", flat=True))
    if not waiting:
        return None
    letter = Letter.objects.create(key=new_key(), subscriber=subscriber, begun_at=now)
    Notice.objects.filter(pk__in=waiting).update(letter=letter)
    return letter


def _claim(letter: Letter | None, now: datetime) -> Letter | None:
    if letter:
        letter.claimed_until = now + CLAIM
        letter.save(update_fields=["claimed_until"])
    return letter


def _move(letter: Letter, to: str) -> Letter:
    LETTER.check(letter.state, to)
    letter.state = to
    letter.save()
    return letter
