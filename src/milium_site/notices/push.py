"""Letters to browsers (Web Push: RFC 8030, 8188, 8291, 8292), encrypted so that the push service reads nothing."""

from __future__ import annotations

import http.client
import json
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from pydantic import AnyHttpUrl
from webpush import WebPush, WebPushSubscription
from webpush.types import WebPushKeys

from milium_site.jobs.job import ToldToOperators
from milium_site.notices.actions import finish_letter, gone
from milium_site.notices.letters import Words
from milium_site.notices.models import Letter
from milium_site.notices.policies import may_push_to
from milium_site.notices.vapid import keys
from milium_site.notices.workflow import READY, REFUSED


KEPT_FOR = 2 * 24 * 3600
PATIENCE = 20
GONE = (404, 410)


class NotPushed(ToldToOperators):
    """The push service did not take the letter; it is tried again."""


def send(letter: Letter, words: Words) -> None:
    """Hands the letter to the push service. Raises ``NotPushed`` when it is to be tried again.

    Sent twice it is shown once: ``Topic`` replaces it at the service, ``tag`` on the screen.
    """
    endpoint = letter.subscriber.address
    if not settings.MILIUM_PUSH or not may_push_to(endpoint):
        finish_letter(letter=letter, state=REFUSED, answer="not allowed here")
        return
    try:
        status = _post(endpoint, *_sealed(letter, words))
    except (OSError, http.client.HTTPException) as error:
        finish_letter(letter=letter, state=READY, answer=type(error).__name__)
        raise NotPushed(f"the push service: {type(error).__name__}") from None
    _settle(letter, status)


def _settle(letter: Letter, status: int) -> None:
    if 200 <= status < 300:
        finish_letter(letter=letter, answer=str(status))
    elif status in GONE:
        gone(letter=letter)
    elif status == 429 or status >= 500:
        finish_letter(letter=letter, state=READY, answer=str(status))
        raise NotPushed(f"the push service said: {status}")
    else:
        finish_letter(letter=letter, state=REFUSED, answer=str(status))


def _sealed(letter: Letter, words: Words) -> tuple[bytes, dict[str, str]]:
    own = keys()
    told = {
        "body": " ".join(words.lines),
        "title": words.subject,
        "url": words.address,
        "tag": words.tag,
    }
    message = WebPush(
        private_key=own.private,
        public_key=own.public,
        subscriber=parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        ttl=KEPT_FOR,
    ).get(
        json.dumps(told),
        WebPushSubscription(
            endpoint=AnyHttpUrl(letter.subscriber.address),
            keys=WebPushKeys(**letter.subscriber.keys),
        ),
    )
    headers = {name: str(value) for name, value in message.headers.items()}
    return message.encrypted, headers | {"Topic": words.tag, "Urgency": "normal"}


def _post(endpoint: str, body: bytes, headers: dict[str, str]) -> int:
    # A connection of our own follows no redirect: nobody can send this server anywhere else.
    parts = urlsplit(endpoint)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=PATIENCE)
    try:
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", target, body=body, headers=headers)
        return connection.getresponse().status
    finally:
        connection.close()
