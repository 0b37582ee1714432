"""Who is told, of what, and that it is told once."""

from __future__ import annotations

import re

import pytest
from django.db import transaction
from django.test import Client
from tests import factories as make

from milium.api import vocabulary
from milium_site.jobs.queries import waiting_jobs
from milium_site.notices.actions import begin_letter, confirm, forget, stop, subscribe, tell
from milium_site.notices.kinds import KINDS, UnknownKind
from milium_site.notices.letters import words_of
from milium_site.notices.links import confirm_page, stop_page
from milium_site.notices.models import Letter, Notice, Subscriber
from milium_site.notices.policies import NotAnAddress


pytestmark = pytest.mark.django_db
CASE = "case:abcdefghjk"
LINK = "Zm9vYmFyYmF6cXV4"


def confirmed(about: str = CASE, address: str = "asker@example.org", **more: object) -> Subscriber:
    """Somebody who said that the address is theirs, and has got the first letters."""
    subscriber = subscribe(about=about, channel="email", address=address, link=LINK, **more)  # type: ignore[arg-type]
    confirm(key=subscriber.key)
    subscriber.notices.all().delete()
    waiting_jobs().delete()
    subscriber.refresh_from_db()
    return subscriber


def test_somebody_who_subscribed_is_told() -> None:
    subscriber = confirmed()

    assert tell(about=CASE, kind="opinion-signed") == 1

    letter = begin_letter(subscriber=subscriber.pk)
    assert letter
    assert words_of(letter).lines == ("There is a new answer for you.",)
    assert words_of(letter).address.endswith(f"/c/{LINK}/")


def test_nobody_is_told_of_what_they_did_not_subscribe_to() -> None:
    confirmed()

    assert tell(about="case:another", kind="opinion-signed") == 0


def test_the_same_event_is_told_once_however_often_it_is_said() -> None:
    confirmed()

    counts = [tell(about=CASE, kind="follow-up", event="follow-up-1") for _ in range(3)]

    assert counts == [1, 0, 0]


def test_what_did_not_happen_is_told_to_nobody() -> None:
    confirmed()

    with transaction.atomic():
        tell(about=CASE, kind="opinion-signed")
        transaction.set_rollback(True)

    assert not Notice.objects.exists()
    assert not waiting_jobs().exists()


def test_an_unknown_kind_is_refused_even_where_nobody_listens() -> None:
    with pytest.raises(UnknownKind):
        tell(about=CASE, kind="no-such-kind")


def test_what_happens_before_a_letter_is_begun_goes_into_one_letter() -> None:
    subscriber = confirmed()
    for kind in ("opinion-signed", "opinion-signed", "case-answered"):
        tell(about=CASE, kind=kind)

    letter = begin_letter(subscriber=subscriber.pk)

    assert letter
    assert len(words_of(letter).lines) == 2


def test_an_address_of_a_case_is_asked_first_and_gets_no_link_before() -> None:
    subscriber = subscribe(about=CASE, channel="email", address="a@example.org", link=LINK)
    tell(about=CASE, kind="opinion-signed")

    first = begin_letter(subscriber=subscriber.pk)

    assert first
    assert [n.kind for n in first.notices.all()] == ["confirm"]
    assert LINK not in words_of(first).text


def test_what_waited_for_an_address_is_sent_once_it_is_confirmed(client: Client) -> None:
    subscriber = subscribe(about=CASE, channel="email", address="a@example.org", link=LINK)
    first = begin_letter(subscriber=subscriber.pk)
    assert first
    Letter.objects.filter(pk=first.pk).update(state="sent")
    tell(about=CASE, kind="opinion-signed")
    address = confirm_page(subscriber.key).removeprefix("http://127.0.0.1:8000")

    assert client.get(address).status_code == 200
    assert not Subscriber.objects.get().confirmed_at
    client.post(address)

    letter = begin_letter(subscriber=subscriber.pk)
    assert letter
    assert [n.kind for n in letter.notices.all()] == ["opinion-signed", "subscribed"]


def test_subscribing_twice_is_one_subscription_with_the_later_choice() -> None:
    for digest in (False, True):
        subscribe(about=CASE, channel="email", address="a@Example.org", digest=digest)

    assert [s.digest for s in Subscriber.objects.all()] == [True]


@pytest.mark.parametrize("address", ["", "nobody", "a@b@c", "a@example.org\nBcc: x@example.org"])
def test_what_is_no_address_is_refused_in_words(address: str) -> None:
    with pytest.raises(NotAnAddress, match="name@example"):
        subscribe(about=CASE, channel="email", address=address)


def test_one_click_ends_a_case_s_subscription_and_erases_it(client: Client) -> None:
    subscriber = confirmed()
    address = stop_page(subscriber.key).removeprefix("http://127.0.0.1:8000")

    assert client.get(address).status_code == 200
    assert Subscriber.objects.exists()
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200

    assert not Subscriber.objects.exists()
    assert client.post(address).status_code == 200


def test_a_foreign_token_ends_nothing(client: Client) -> None:
    subscriber = confirmed()

    assert client.post(f"/notices/stop/{subscriber.key}:forged/").status_code == 404

    assert Subscriber.objects.exists()


def test_forgetting_leaves_no_row() -> None:
    confirmed()
    tell(about=CASE, kind="opinion-signed")

    assert forget(about=CASE) == 1

    assert not Subscriber.objects.exists()
    assert not Notice.objects.exists()


def test_a_specialist_who_never_chose_is_told_in_digests_and_an_urgent_case_at_once() -> None:
    about = f"user:{make.specialist().user.pk}"

    assert tell(about=about, kind="case-waits", path="queue/") == 1
    assert not waiting_jobs().exists()

    tell(about=about, kind="case-waits", urgent=True)
    assert waiting_jobs().count() == 1


def test_an_account_that_wants_no_messages_gets_none_until_it_asks_again() -> None:
    user = make.user()
    tell(about=f"user:{user.pk}", kind="application-decided")

    stop(key=Subscriber.objects.get().key)
    assert tell(about=f"user:{user.pk}", kind="application-decided") == 0

    subscribe(about=f"user:{user.pk}", channel="email", address=user.email)
    assert tell(about=f"user:{user.pk}", kind="application-decided") == 1


def test_an_account_s_new_address_takes_the_old_one_s_place() -> None:
    user = make.user()
    tell(about=f"user:{user.pk}", kind="application-decided")
    user.email = "new@example.org"
    user.save()

    tell(about=f"user:{user.pk}", kind="application-decided")

    assert [s.address for s in Subscriber.objects.all()] == ["new@example.org"]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_whoever_glances_at_a_message_learns_nothing(kind: str) -> None:
    asked = make.open_case()
    subscriber = confirmed(about=f"case:{asked.case.key}")
    tell(about=f"case:{asked.case.key}", kind=kind)
    letter = begin_letter(subscriber=subscriber.pk)
    assert letter

    words = words_of(letter)
    seen = f"{words.subject}\n" + re.sub(r"http\S+", "", words.text)

    assert not vocabulary().mentions(seen)
    for secret in (asked.case.key, asked.case.place, "Milium", "skin"):
        assert secret not in seen
