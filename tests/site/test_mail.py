"""Letters through a real mail server on this machine, and into a folder; none is sent twice."""

from __future__ import annotations

import email
import socket
from collections.abc import Iterator
from datetime import timedelta
from email.message import Message
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings
from tests.site.test_notices import CASE, LINK, confirmed

from milium_site.config.mail import settings_from
from milium_site.jobs.queries import waiting_jobs
from milium_site.jobs.worker import work_off
from milium_site.notices.actions import begin_letter, hand_over, send_again, tell
from milium_site.notices.models import Letter


pytestmark = pytest.mark.django_db


class Post:
    """What the server took, and what it says to the next letter."""

    def __init__(self) -> None:
        self.taken: list[Message] = []
        self.answers: list[str] = []
        self.recipients: list[str] = []

    async def handle_RCPT(  # noqa: N802 (the server's name for it)
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        if self.recipients:
            return self.recipients.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250") and isinstance(envelope.content, bytes):
            self.taken.append(email.message_from_bytes(envelope.content))
        return answer


@pytest.fixture
def post(settings: Settings) -> Iterator[Post]:
    post = Post()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(post, hostname="127.0.0.1", port=port)  # type: ignore[no-untyped-call]
    server.start()  # type: ignore[no-untyped-call]
    for name, value in settings_from(f"smtp://127.0.0.1:{port}").items():
        setattr(settings, name, value)
    yield post
    server.stop()  # type: ignore[no-untyped-call]


def hurry() -> None:
    """As if the wait were over."""
    DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())


def state() -> str:
    return Letter.objects.get().state


def test_a_letter_reaches_the_server_once_with_one_click_to_end_it(post: Post) -> None:
    confirmed()
    tell(about=CASE, kind="opinion-signed")

    assert work_off() == 1
    assert work_off() == 0

    letter = post.taken.pop()
    assert not post.taken
    assert letter["To"] == "asker@example.org"
    assert letter["Subject"] == "Something new is waiting for you"
    assert letter["From"] == "no-reply@127.0.0.1"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["List-Unsubscribe"].strip().startswith("<http://127.0.0.1:8000/notices/stop/")
    assert f"/c/{LINK}/" in str(letter.get_payload())
    assert state() == "sent"


def test_three_things_told_before_the_worker_looks_are_one_letter(post: Post) -> None:
    confirmed()
    for kind in ("opinion-signed", "question-asked", "case-answered"):
        tell(about=CASE, kind=kind)

    work_off()

    assert len(post.taken) == 1


@pytest.mark.parametrize("when", ["recipients", "answers"])
def test_a_letter_the_server_puts_off_is_sent_later_under_the_same_name(
    when: str, post: Post
) -> None:
    confirmed()
    tell(about=CASE, kind="opinion-signed")
    getattr(post, when).append("451 try again asker@example.org")
    work_off()
    assert (state(), len(post.taken)) == ("ready", 0)
    assert "asker@example.org" not in waiting_jobs().get().traceback

    hurry()
    work_off()

    assert (state(), len(post.taken)) == ("sent", 1)
    assert post.taken[0]["Message-ID"] == f"<{Letter.objects.get().key}@127.0.0.1>"


@pytest.mark.parametrize("when", ["recipients", "answers"])
def test_a_letter_the_server_refuses_is_shown_to_operators_and_not_tried_again(
    when: str, post: Post
) -> None:
    confirmed()
    tell(about=CASE, kind="opinion-signed")
    getattr(post, when).append("550 no such address")

    work_off()

    assert (state(), Letter.objects.get().answer) == ("refused", "550")
    assert not waiting_jobs().exists()


def test_nothing_is_lost_while_there_is_no_server(post: Post, settings: Settings) -> None:
    confirmed()
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    tell(about=CASE, kind="opinion-signed")
    work_off()
    assert state() == "ready"

    settings.EMAIL_PORT = port
    hurry()
    work_off()

    assert len(post.taken) == 1


def test_a_worker_that_died_before_handing_over_leaves_the_letter_to_another(post: Post) -> None:
    subscriber = confirmed()
    tell(about=CASE, kind="opinion-signed")
    assert begin_letter(subscriber=subscriber.pk)

    work_off()
    assert not post.taken
    Letter.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    hurry()
    work_off()

    assert len(post.taken) == 1


def test_a_letter_that_may_have_been_sent_is_not_sent_again_unless_an_operator_says_so(
    post: Post,
) -> None:
    subscriber = confirmed()
    tell(about=CASE, kind="opinion-signed")
    letter = begin_letter(subscriber=subscriber.pk)
    assert letter
    hand_over(letter=letter)  # and here the process is killed
    Letter.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))

    work_off()
    assert (state(), post.taken) == ("unsure", [])

    assert send_again(key=letter.key)
    work_off()
    assert (state(), len(post.taken)) == ("sent", 1)


def test_while_one_worker_sends_another_keeps_away(post: Post) -> None:
    subscriber = confirmed()
    tell(about=CASE, kind="opinion-signed")
    assert begin_letter(subscriber=subscriber.pk)

    work_off()

    assert not post.taken
    assert waiting_jobs().exists()


def test_a_new_installation_writes_letters_to_a_folder_each_once(
    settings: Settings, tmp_path: Path
) -> None:
    settings.EMAIL_BACKEND = "milium_site.notices.folder.Folder"
    settings.MILIUM_MAIL_FOLDER = tmp_path / "mail"
    subscriber = confirmed()
    tell(about=CASE, kind="opinion-signed")
    work_off()
    Letter.objects.update(state="ready")  # as if the process had died before it was written down
    tell(about=CASE, kind="opinion-signed")
    work_off()

    files = sorted((tmp_path / "mail").iterdir())
    assert [f.suffix for f in files] == [".eml"]
    assert email.message_from_bytes(files[0].read_bytes())["To"] == subscriber.address
