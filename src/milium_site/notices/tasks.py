"""What a worker does for notices."""

from __future__ import annotations

from milium_site.jobs.actions import enqueue
from milium_site.jobs.job import TryLater, job
from milium_site.notices import post
from milium_site.notices.actions import SEND, Busy, begin_letter
from milium_site.notices.queries import due_subscribers


@job(attempts=14)
def send(*, subscriber: int) -> None:
    """Sends everything that waits for the subscriber as one letter."""
    try:
        letter = begin_letter(subscriber=subscriber)
    except Busy as busy:
        raise TryLater("another worker is sending this letter") from busy
    if letter:
        post.send(letter)


def send_digests() -> None:
    """Puts a letter in line for everybody whose digest is due; and for what a lost job left behind."""
    for subscriber in due_subscribers():
        enqueue(job=SEND, subscriber=subscriber)
