"""Letters by e-mail: plain text, discreet, with one click to end them (RFC 8058), and the same Message-ID each time."""

from __future__ import annotations

import smtplib
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from milium_site.jobs.job import ToldToOperators
from milium_site.notices.actions import finish_letter, hand_over
from milium_site.notices.letters import Words
from milium_site.notices.models import Letter
from milium_site.notices.smtp import Watched
from milium_site.notices.workflow import READY, REFUSED


class NotSent(ToldToOperators):
    """The server did not take the letter; it is tried again. Holds the server's number, never an address."""


def send(letter: Letter, words: Words) -> None:
    """Hands the letter to the mail server, or writes it to the folder. Raises ``NotSent`` when it is to be tried again."""
    connection = get_connection()
    if isinstance(connection, Watched):
        connection.before_data = lambda: hand_over(letter=letter)
    message = envelope(letter.subscriber.address, words)
    try:
        connection.send_messages([message])
    except (OSError, smtplib.SMTPException) as error:
        answer = _answer(error)
        for_good = isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError)
        if for_good and answer.startswith("5"):
            finish_letter(letter=letter, state=REFUSED, answer=answer)
            return
        finish_letter(letter=letter, state=READY, answer=answer)
        # What the server said may repeat the address, and is kept with a failed job: it goes no further.
        raise NotSent(f"the mail server said: {answer}") from None
    finish_letter(letter=letter)


def envelope(address: str, words: Words) -> EmailMessage:
    """The message. Its sender is an address without a name: the site's own name tells what it is about."""
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return EmailMessage(
        subject=words.subject,
        body=words.text,
        to=[address],
        headers={
            "Message-ID": f"<{words.tag}@{host}>",
            "List-Unsubscribe": f"<{words.stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )


def _answer(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return str(next(iter(error.recipients.values()))[0])
    if isinstance(error, smtplib.SMTPResponseException):
        return str(error.smtp_code)
    return type(error).__name__
