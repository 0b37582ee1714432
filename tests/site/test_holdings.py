"""A case that is kept in an account: found by signing in, opened by nobody else, gone when it is erased."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests import factories as make

from milium_site.casebook.actions import erase_case, leave_for_good
from milium_site.casebook.held import held_cases
from milium_site.casebook.queries import looks_at
from milium_site.cases.actions import keep_case, let_go
from milium_site.cases.links import account_link
from milium_site.cases.models import Case, Holding
from milium_site.cases.queries import case_by_link
from milium_site.notices.actions import subscribe
from milium_site.notices.models import Subscriber
from milium_site.people.models import Application, User
from milium_site.people.policies import NotNow
from milium_site.record.who import Actor, acting_as
from milium_site.threads.actions import answer_panel, ask_asker


pytestmark = pytest.mark.django_db


@pytest.fixture
def kept() -> tuple[make.Asked, User]:
    asked, user = make.open_case(), make.user("Asker")
    keep_case(case=asked.case, user=user)
    return asked, user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_page_of_the_case_keeps_it_in_the_account_of_who_is_signed_in() -> None:
    asked, user = make.open_case(), make.user()
    client = signed_in(user)
    address = reverse("case-account", args=[asked.link])
    assert address in client.get(reverse("case", args=[asked.link])).content.decode()

    for _ in range(2):
        assert client.post(address, {"what": "keep"}).url == reverse("my-cases")

    assert Holding.objects.get().user == user
    page = client.get(reverse("my-cases")).content.decode()
    own = reverse("case", args=[account_link(asked.case.key)])
    assert own in page
    assert asked.link not in page
    shown = client.get(own).content.decode()
    assert "kept in your account" in shown
    assert asked.link not in shown


def test_without_an_account_the_browser_alone_carries_the_link_past_signing_up() -> None:
    asked, client = make.open_case(), Client()
    moved = client.post(reverse("case-account", args=[asked.link]), {"what": "keep"})
    assert moved.url == f"{reverse('account_signup')}?next=/my-cases/"
    client.post(moved.url, {"email": "asker@example.org", "next": "/my-cases/"})
    code = re.search(r"\d{4}-\d{4}", str(mail.outbox[-1].body))
    assert code
    landed = client.post(reverse("account_email_verification_sent"), {"code": code[0]})

    assert landed.url == "/my-cases/"
    page = client.get(landed.url).content.decode()
    assert reverse("case-account", args=[asked.link]) in page
    assert asked.link not in str(client.session.items())
    client.post(reverse("case-account", args=[asked.link]), {"what": "keep"})
    assert asked.link not in client.get(landed.url).content.decode()
    assert Holding.objects.get().user.email == "asker@example.org"


def test_no_row_holds_the_secret_link(kept: tuple[make.Asked, User]) -> None:
    asked, _ = kept
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cases_holding")
        assert asked.link not in str(cursor.fetchall())


def test_an_accounts_link_opens_nothing_outside_its_users_requests(
    kept: tuple[make.Asked, User],
) -> None:
    asked, user = kept
    link = account_link(asked.case.key)
    with acting_as(Actor(kind="user", key=str(user.pk))):
        assert case_by_link(link) == asked.case
    for kind, key in (
        ("user", str(user.pk + 1)),
        ("asker", ""),
        ("nobody", ""),
        ("program", "milium"),
    ):
        with acting_as(Actor(kind=kind, key=key)), pytest.raises(Case.DoesNotExist):
            case_by_link(link)


def test_what_was_typed_after_the_session_ended_is_given_back(
    kept: tuple[make.Asked, User],
) -> None:
    asked, _ = kept
    address = reverse("answer-panel", args=[account_link(asked.case.key)])

    response = Client().post(address, {"text": "an hour of typing"})

    assert response.status_code == 401
    assert "an hour of typing" in response.content.decode()


def test_a_suspended_account_opens_its_cases_no_more(kept: tuple[make.Asked, User]) -> None:
    asked, user = kept
    client = signed_in(user)
    User.objects.filter(pk=user.pk).update(is_active=False)

    response = client.get(reverse("case", args=[account_link(asked.case.key)]))

    assert response.status_code == 302


def test_one_account_keeps_a_case(kept: tuple[make.Asked, User]) -> None:
    asked, user = kept
    other = signed_in(make.user())
    address = reverse("case-account", args=[asked.link])

    assert other.post(address, {"what": "keep"}).url == address
    assert Holding.objects.get().user == user
    assert user.email not in other.get(address).content.decode()


def test_letting_go_asks_once_and_leaves_the_secret_link(kept: tuple[make.Asked, User]) -> None:
    asked, user = kept
    client = signed_in(user)
    address = reverse("case-account", args=[account_link(asked.case.key)])

    assert client.post(address, {"what": "let-go"}).status_code == 422
    assert client.post(address, {"what": "let-go", "sure": "on"}).url == reverse("my-cases")

    assert client.get(address).status_code == 404
    assert Client().get(reverse("case", args=[asked.link])).status_code == 200
    let_go(case=asked.case)


def test_erasing_a_case_takes_it_out_of_the_account(kept: tuple[make.Asked, User]) -> None:
    asked, user = kept
    client = signed_in(user)
    address = reverse("leave", args=[account_link(asked.case.key)])

    response = client.post(address, {"what": "erase", "erase-sure": "on"})

    assert response.url == reverse("my-cases")
    assert not Holding.objects.exists()
    assert client.get(address).status_code == 404
    assert Client().get(reverse("case", args=[asked.link])).status_code == 410


def test_a_case_taken_back_stays_in_the_list_until_it_is_erased(
    kept: tuple[make.Asked, User],
) -> None:
    asked, user = kept
    client = signed_in(user)
    client.post(
        reverse("leave", args=[account_link(asked.case.key)]),
        {"what": "withdraw", "withdraw-sure": "on"},
    )

    assert "You took it back." in client.get(reverse("my-cases")).content.decode()
    page = client.get(reverse("case", args=[account_link(asked.case.key)]))
    assert page.status_code == 410


def test_the_list_says_where_each_case_stands_and_what_waits() -> None:
    user, author = make.user(), make.specialist()
    asked, drafted = make.open_case(), make.draft_case()
    for one in (asked, drafted):
        keep_case(case=one.case, user=user)
    make.signed(asked.case, author)
    question = ask_asker(case=asked.case, specialist=author, text="Since when?")

    rows = {row.link: row for row in held_cases(user, timezone.now())}
    assert rows[account_link(drafted.case.key)].waits == "Finish it and send it."
    assert rows[account_link(asked.case.key)].waits == "1 question from your panel."
    answer_panel(case=asked.case, text="For a week.", answers=question)
    (row,) = (r for r in held_cases(user, timezone.now()) if r.link == account_link(asked.case.key))
    assert (row.waits, row.line) == ("", "Everybody on the panel has answered.")


def test_the_list_is_one_query_however_long() -> None:
    user = make.user()
    for _ in range(3):
        keep_case(case=make.open_case().case, user=user)

    with CaptureQueriesContext(connection) as queries:
        assert len(held_cases(user, timezone.now())) == 3
    assert len(queries) == 1


def test_an_asker_is_not_shown_to_themselves_as_somebody_who_opened_their_case(
    kept: tuple[make.Asked, User],
) -> None:
    asked, user = kept
    before = looks_at(asked.case)
    signed_in(user).get(reverse("case", args=[account_link(asked.case.key)]))
    assert looks_at(asked.case) == before

    signed_in(make.user()).get(reverse("case", args=[asked.link]))
    assert next(look.who for look in looks_at(asked.case)) == "Somebody who runs this site"


def test_deleting_an_account_leaves_its_cases_to_their_links(
    kept: tuple[make.Asked, User],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    asked, user = kept
    stored = str(make.application(user).evidence.name)
    subscribe(about=f"user:{user.pk}", channel="email", address=user.email)

    with django_capture_on_commit_callbacks(execute=True):
        leave_for_good(user=user, erase_cases=False)

    for model in (User, EmailAddress, Application, Holding):
        assert not model.objects.exists(), model
    assert not Subscriber.objects.filter(about=f"user:{user.pk}").exists()
    assert not default_storage.exists(stored)
    assert Client().get(reverse("case", args=[asked.link])).status_code == 200


def test_the_page_deletes_the_account_with_its_cases_and_signs_out(
    kept: tuple[make.Asked, User],
) -> None:
    asked, user = kept
    user.set_unusable_password()
    user.save()
    client, address = signed_in(user), reverse("delete-account")
    assert "It keeps 1 case." in client.get(address).content.decode()
    assert client.post(address, {"cases": "on"}).status_code == 422

    client.post(address, {"cases": "on", "sure": "on"})

    assert not User.objects.filter(pk=user.pk).exists()
    assert Client().get(reverse("case", args=[asked.link])).status_code == 410
    assert client.get(reverse("my-cases")).status_code == 302


def test_deleting_asks_for_the_password_once_more() -> None:
    client, address = Client(), reverse("delete-account")
    client.post("/sign-in/", {"login": make.user().email, "password": make.PASSWORD})
    again = client.post(address, {"sure": "on"})

    assert again.url.startswith(reverse("account_reauthenticate"))
    assert User.objects.exists()
    client.post(again.url, {"password": make.PASSWORD, "next": address})
    client.post(address, {"sure": "on"})
    assert not User.objects.exists()


@pytest.mark.parametrize("kind", ["specialist", "moderator", "operator"])
def test_whoever_has_a_role_asks_an_operator_to_leave(kind: str) -> None:
    user = {
        "specialist": lambda: make.specialist().user,
        "moderator": lambda: make.user(is_moderator=True),
        "operator": lambda: make.user(is_staff=True),
    }[kind]()

    with pytest.raises(NotNow):
        leave_for_good(user=user, erase_cases=True)


def test_erasing_twice_is_erasing_once(kept: tuple[make.Asked, User]) -> None:
    asked, _ = kept
    for _ in range(2):
        erase_case(case=asked.case)
    assert not Case.objects.filter(pk=asked.case.pk).exists()
