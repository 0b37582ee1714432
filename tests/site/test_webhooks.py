"""Webhooks: what is told, to whom it may be told, and what becomes of what nobody takes."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from pytest_django import Settings
from tests import factories as make

from milium_site.exchange.models import Delivery
from milium_site.exchange.webhooks.actions import ATTEMPTS, register_webhook, try_again
from milium_site.exchange.webhooks.events import EVENTS
from milium_site.exchange.webhooks.outgoing import Forbidden, check_url, is_public, resolved
from milium_site.exchange.webhooks.tasks import NotDelivered, deliver


Told = tuple[str, bytes]


class Listener(HTTPServer):
    """A real server on this machine that keeps what it was told."""

    status = 204

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Taking)
        self.told: list[Told] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/told"


class Taking(BaseHTTPRequestHandler):
    server: Listener

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.told.append((self.headers["Milium-Signature"], body))
        self.send_response(self.server.status)
        self.send_header("Location", self.server.url)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def listener(settings: Settings) -> Iterator[Listener]:
    settings.MILIUM_WEBHOOKS_LOCAL = True
    server = Listener()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def operator_registers(url: str) -> str:
    return register_webhook(user=make.user("Op", is_staff=True), url=url, events=list(EVENTS))[1]


@pytest.mark.django_db
def test_a_signing_and_a_publication_are_told_once_signed_and_by_keys_alone(
    listener: Listener,
) -> None:
    secret = operator_registers(listener.url)
    page = make.published(make.specialist())
    for delivery in Delivery.objects.order_by("pk"):
        deliver.func(delivery=delivery.pk)
        deliver.func(delivery=delivery.pk)

    told = [json.loads(body) for _, body in listener.told]
    assert [t["event"] for t in told] == ["opinion.signed", "case.published"]
    assert set(told[0]) == {"id", "event", "at", "case", "opinion"}
    assert {k: v for k, v in told[1].items() if k not in {"id", "at"}} == {
        "event": "case.published",
        "published": page.key,
    }
    for signature, body in listener.told:
        at, made = (part.split("=")[1] for part in signature.split(","))
        right = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
        assert made == right


@pytest.mark.django_db
@pytest.mark.parametrize("status", [302, 500])
def test_what_is_not_taken_is_tried_again_then_given_up_and_an_operator_can_have_it_tried_anew(
    status: int, listener: Listener
) -> None:
    operator_registers(listener.url)
    make.signed(make.open_case().case, make.specialist())
    delivery = Delivery.objects.get()
    listener.status = status

    for _ in range(ATTEMPTS):
        with pytest.raises(NotDelivered):
            deliver.func(delivery=delivery.pk)
    deliver.func(delivery=delivery.pk)
    delivery.refresh_from_db()
    # A redirect is not followed: each attempt is one request.
    assert (delivery.state, len(listener.told)) == ("dead", ATTEMPTS)

    assert try_again(key=delivery.key)
    listener.status = 200
    deliver.func(delivery=delivery.pk)
    delivery.refresh_from_db()
    assert delivery.state == "sent"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
        "ff02::1", "2001:0:7f00:1::", "not an address",
    ],
)  # fmt: skip
def test_nothing_inside_is_an_address_to_tell(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07::1", "::ffff:8.8.8.8"])
def test_what_everybody_can_reach_is(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/", "https://", "https://a@example.org/", "ftp://example.org", "https://example.org/#x",
        "https://exa mple.org", "https://[::1", "https://example.org:0/", "https://127.0.0.1/", "https://[::1]/", "https://" + "a" * 600,
    ],
)  # fmt: skip
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(Forbidden):
        check_url(url, local=False)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "0x7f000001", "[::1]"])
def test_no_spelling_of_this_machine_is_connected_to(host: str) -> None:
    with pytest.raises(Forbidden):
        resolved(host.strip("[]"), 443, local=False)
