"""Signing in, and what must be there before pages open that show what others told in confidence."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from tests import factories as make

from milium_site.foundation.workflow import IllegalMove
from milium_site.notices.actions import tell
from milium_site.notices.models import Notice
from milium_site.people.actions import (
    Found,
    accept_application,
    change_role,
    invite_user,
    refuse_application,
    take_application,
)
from milium_site.people.models import Application, User
from milium_site.people.policies import NotNow, a_year_after
from milium_site.people.presenters import credential_card
from milium_site.people.queries import has_second_factor, specialist_of


pytestmark = pytest.mark.django_db

CODE = re.compile(r"\d{4}-\d{4}")


def code_in_mail() -> str:
    found = CODE.search(str(mail.outbox[-1].body))
    assert found, mail.outbox[-1].body
    return found[0]


def with_app(user: User, secret: str = "JBSWY3DPEHPK3PXP") -> str:
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def code_of_app(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


@pytest.mark.parametrize(
    ("kind", "page"),
    [
        ("specialist", "queue"),
        ("moderator", "applications"),
        ("operator", "operator-people"),
    ],
)
def test_a_page_of_a_role_opens_only_with_a_second_factor(
    kind: str, page: str, client: Client, settings: Settings
) -> None:
    settings.MILIUM_SECOND_FACTOR = "required"
    user = {
        "specialist": lambda: make.specialist().user,
        "moderator": lambda: make.user("M", is_moderator=True),
        "operator": lambda: make.user("O", is_staff=True),
    }[kind]()
    client.force_login(user)

    assert client.get(reverse(page)).url == reverse("mfa_index")
    assert "Add a second way" in client.get(reverse("mfa_index")).content.decode()
    with_app(user)
    assert client.get(reverse(page)).status_code == 200


def test_who_lost_every_factor_gets_them_taken_off_is_told_and_must_add_a_new_one(
    client: Client, settings: Settings
) -> None:
    settings.MILIUM_SECOND_FACTOR = "required"
    operator, author = make.user("O", is_staff=True), make.specialist()
    for user in (operator, author.user):
        with_app(user)
    client.force_login(operator)
    change = {"what": "take_factors", "reason": "The phone fell into the sea."}

    client.post(reverse("operator-person", args=[operator.pk]), change)
    assert has_second_factor(operator)
    client.post(reverse("operator-person", args=[author.user.pk]), change)

    assert not Authenticator.objects.filter(user=author.user).exists()
    assert [letter.to for letter in mail.outbox] == [[author.user.email]]
    assert [c.what for c in author.user.role_changes.all()] == ["take_factors"]
    client.logout()
    client.post("/sign-in/", {"login": author.user.email, "password": make.PASSWORD})
    assert client.get(reverse("queue")).url == reverse("mfa_index")


def test_recovery_codes_alone_are_no_second_factor() -> None:
    user = make.user()
    RecoveryCodes.activate(user)

    assert not has_second_factor(user)


def test_what_was_typed_is_given_back_where_the_factor_is_missing(
    client: Client, settings: Settings
) -> None:
    settings.MILIUM_SECOND_FACTOR = "required"
    author = make.specialist()
    asked = make.open_case()
    client.force_login(author.user)

    response = client.post(reverse("answer", args=[asked.case.key]), {"text": "an hour of work"})

    assert response.status_code == 403
    assert "an hour of work" in response.content.decode()


def test_a_password_alone_stops_at_the_app(client: Client) -> None:
    author = make.specialist()
    secret = with_app(author.user)

    response = client.post("/sign-in/", {"login": author.user.email, "password": make.PASSWORD})
    assert response.url == reverse("mfa_authenticate")
    assert client.get(reverse("queue")).status_code == 302
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert wrong.status_code == 200
    assert client.get(reverse("queue")).status_code == 302
    client.post(reverse("mfa_authenticate"), {"code": code_of_app(secret)})

    assert client.get(reverse("queue")).status_code == 200


def test_an_asker_makes_an_account_with_a_code_by_mail(client: Client) -> None:
    client.post(reverse("account_signup"), {"email": "asker@example.org"})
    assert client.get(reverse("profile")).status_code == 302
    client.post(reverse("account_email_verification_sent"), {"code": code_in_mail()})

    assert client.get(reverse("profile")).status_code == 200
    made = User.objects.get(email="asker@example.org")
    assert (made.is_staff, made.is_moderator, made.has_usable_password()) == (False, False, False)
    assert specialist_of(made) is None


def test_a_code_by_mail_signs_in(client: Client) -> None:
    user = make.user()

    client.post("/sign-in/", {"login": user.email, "password": ""})
    client.post(reverse("account_confirm_login_code"), {"code": code_in_mail()})

    assert client.get(reverse("profile")).status_code == 200


@pytest.mark.parametrize("url_name", ["account_request_login_code", "account_reset_password"])
def test_an_unknown_address_is_answered_as_a_known_one_is(url_name: str) -> None:
    known = make.user()
    answers = []
    for email in (known.email, "nobody-at-all@example.org"):
        client = Client()
        response = client.post(reverse(url_name), {"email": email})
        page = client.get(response.url)
        text = page.content.decode().replace(email, "")
        answers.append(
            (
                response.status_code,
                response.url,
                page.status_code,
                re.sub(r'value="[^"]{20,}"', "", text),
            )
        )

    assert answers[0] == answers[1]
    assert len(mail.outbox) == 2


def test_the_secrets_of_an_app_are_sealed() -> None:
    secret = with_app(make.user())

    assert all(secret not in str(row.data) for row in Authenticator.objects.all())


def test_wrong_passwords_are_counted_where_every_worker_sees_them() -> None:
    user = make.user()
    for _ in range(6):
        Client().post("/sign-in/", {"login": user.email, "password": "wrong"})

    client = Client()
    client.post("/sign-in/", {"login": user.email, "password": make.PASSWORD})
    assert client.get(reverse("profile")).status_code == 302


def accepted(application: Application) -> Application:
    moderator = make.user("M", is_moderator=True)
    take_application(application=application, moderator=moderator)
    accept_application(
        application=application,
        moderator=moderator,
        what=Found(register="us-npi", register_name="NPI Registry", number="1234567893"),
        expires_on=a_year_after(timezone.localdate()),
    )
    application.refresh_from_db()
    return application


def test_an_accepted_applicant_may_answer_and_their_paper_is_erased(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    application = make.application()
    stored = str(application.evidence.name)
    assert default_storage.exists(stored)

    with django_capture_on_commit_callbacks(execute=True):
        application = accepted(application)

    specialist = specialist_of(application.user)
    assert specialist
    assert credential_card(specialist).register == "NPI Registry"
    assert not default_storage.exists(stored)
    with pytest.raises(IllegalMove):
        refuse_application(
            application=application, moderator=make.user(is_moderator=True), reason="late"
        )


def test_who_was_refused_reads_why_and_applies_again(client: Client) -> None:
    application = make.application()
    client.force_login(make.user("M", is_moderator=True))
    address = reverse("application", args=[application.pk])
    client.get(address)

    assert client.post(address, {"decision": "refuse"}).status_code == 422
    client.post(address, {"decision": "refuse", "reason": "The register has no such number."})
    client.force_login(application.user)

    assert "The register has no such number." in client.get(reverse("apply")).content.decode()
    assert make.application(application.user).pk != application.pk


def test_another_name_in_the_register_needs_a_reason(client: Client) -> None:
    application = make.application()
    client.force_login(make.user("M", is_moderator=True))
    address = reverse("application", args=[application.pk])
    shown = {
        "decision": "accept", "seen_name": "Dr Somebody Else", "seen_number": "1234567893",
        "seen_status": "active", "expires_on": str(timezone.localdate()),
    }  # fmt: skip
    client.get(address)

    assert "another name" in client.post(address, shown).content.decode()
    client.post(address, shown | {"reason": "Changed by marriage, shown in the document."})

    assert specialist_of(application.user)


def test_evidence_is_a_file_to_keep_that_no_browser_shows(client: Client) -> None:
    application = make.application()
    client.force_login(make.user("M", is_moderator=True))

    response = client.get(reverse("evidence", args=[application.pk]))

    assert response.content == make.PDF
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_sending_an_application_twice_sends_it_once() -> None:
    first = make.application()

    assert make.application(first.user).pk == first.pk


def test_a_suspended_account_is_out_at_once_and_comes_back(client: Client) -> None:
    operator, author = make.user("O", is_staff=True), make.specialist()
    client.force_login(author.user)
    change_role(user=author.user, what="suspend", reason="asked for it", by=operator)
    assert client.get(reverse("queue")).status_code == 302
    change_role(user=author.user, what="reinstate", reason="came back", by=operator)

    assert client.get(reverse("queue")).status_code == 200
    assert [c.what for c in author.user.role_changes.all()] == ["reinstate", "suspend"]


@pytest.mark.parametrize("what", ["suspend", "unmake_operator"])
def test_no_operator_shuts_themselves_out(what: str) -> None:
    operator = make.user("O", is_staff=True)

    with pytest.raises(NotNow):
        change_role(user=operator, what=what, reason="a slip", by=operator)


def test_a_forgotten_password_is_replaced_by_a_code(client: Client) -> None:
    user = make.user()
    client.post(reverse("account_reset_password"), {"email": user.email})
    client.post(reverse("account_confirm_password_reset_code"), {"code": code_in_mail()})
    new = "another-long-password-9"
    client.post(reverse("account_complete_password_reset"), {"password1": new, "password2": new})

    assert not Client().login(email=user.email, password=make.PASSWORD)
    user.refresh_from_db()
    assert user.check_password(new)


def test_an_address_changes_once_the_code_sent_there_is_typed_and_the_old_one_is_told(
    client: Client,
) -> None:
    user = make.user()
    old = user.email
    client.post("/sign-in/", {"login": old, "password": make.PASSWORD})
    given = {"email": "new-address@example.org", "action_add": ""}

    asks_again = client.post(reverse("account_email"), given)
    assert asks_again.url.startswith(reverse("account_reauthenticate"))
    client.post(asks_again.url, {"password": make.PASSWORD})
    client.post(reverse("account_email"), given)
    user.refresh_from_db()
    assert user.email == old
    client.post(reverse("account_email_verification_sent"), {"code": code_in_mail()})

    user.refresh_from_db()
    assert user.email == "new-address@example.org"
    assert old in [to for message in mail.outbox for to in message.to]


def test_a_code_guessed_wrong_three_times_opens_nothing_any_more(client: Client) -> None:
    user = make.user()
    client.post("/sign-in/", {"login": user.email, "password": ""})
    right = code_in_mail()
    wrong = "0000-0000" if right != "0000-0000" else "1111-1111"
    for _ in range(3):
        client.post(reverse("account_confirm_login_code"), {"code": wrong})

    client.post(reverse("account_confirm_login_code"), {"code": right})

    assert client.get(reverse("profile")).status_code == 302


def test_signing_out_everywhere_ends_every_other_session() -> None:
    user, phone, laptop = make.user(), Client(), Client()
    for client in (phone, laptop):
        client.post("/sign-in/", {"login": user.email, "password": make.PASSWORD})
        assert client.get(reverse("profile")).status_code == 200

    laptop.get(reverse("usersessions_list"))
    laptop.post(reverse("usersessions_list"))

    assert phone.get(reverse("profile")).status_code == 302


def test_who_is_invited_is_written_to_and_signs_in_with_a_code(client: Client) -> None:
    operator = make.user("O", is_staff=True)
    invited = invite_user(
        email="new@example.org", name="N", what="make_moderator", reason="helps", by=operator
    )

    assert [n.kind for n in Notice.objects.filter(subscriber__about=f"user:{invited.pk}")] == [
        "invited"
    ]
    client.post("/sign-in/", {"login": invited.email, "password": ""})
    client.post(reverse("account_confirm_login_code"), {"code": code_in_mail()})
    assert client.get(reverse("applications")).status_code == 200


def test_a_choice_to_be_told_nothing_is_kept(client: Client) -> None:
    user = make.user()
    client.force_login(user)
    for how in ("never", "daily", "never"):
        client.post(reverse("own-notices"), {"how": how})
        page = client.get(reverse("own-notices")).content.decode()
        assert re.search(rf'value="{how}"[^>]*checked', page)

    assert tell(about=f"user:{user.pk}", kind="application-decided") == 0
