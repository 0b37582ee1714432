"""Handing a letter to the mail server or the browser's push service, each step written down before the next."""

from __future__ import annotations

from milium_site.notices import mail, push
from milium_site.notices.letters import words_of
from milium_site.notices.models import EMAIL, Letter


def send(letter: Letter) -> None:
    """Sends the letter. Raises what went wrong when it is to be tried again."""
    words = words_of(letter)
    if letter.subscriber.channel == EMAIL:
        mail.send(letter, words)
    else:
        push.send(letter, words)
