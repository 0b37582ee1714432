"""Messages to a browser: to known services only, readable by the browser alone, shown once."""

from __future__ import annotations

import json
import threading
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_public_key,
)
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings
from tests import factories as make
from tests.site.test_notices import CASE, LINK

from milium_site.jobs.worker import work_off
from milium_site.notices.actions import subscribe, tell
from milium_site.notices.models import Letter, Subscriber
from milium_site.notices.policies import NotAnAddress, may_push_to
from milium_site.notices.vapid import keys


pytestmark = pytest.mark.django_db


def encoded(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode("ascii")


def decoded(value: str) -> bytes:
    return urlsafe_b64decode(value + "=" * (-len(value) % 4))


class Browser:
    """A browser's own half of the keys; it alone can read what is sent to it."""

    def __init__(self) -> None:
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.public = self.private.public_key().public_bytes(
            Encoding.X962, PublicFormat.UncompressedPoint
        )
        self.auth = b"sixteen bytes ok"

    @property
    def keys(self) -> dict[str, str]:
        return {"p256dh": encoded(self.public), "auth": encoded(self.auth)}

    def read(self, body: bytes) -> dict[str, str]:
        """RFC 8188 and 8291, written from the RFCs."""
        salt, theirs, sealed = body[:16], body[21:86], body[86:]
        other = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs)
        shared = self.private.exchange(ec.ECDH(), other)
        info = b"WebPush: info\x00" + self.public + theirs
        secret = HKDF(SHA256(), 32, self.auth, info).derive(shared)
        key = HKDF(SHA256(), 16, salt, b"Content-Encoding: aes128gcm\x00").derive(secret)
        nonce = HKDF(SHA256(), 12, salt, b"Content-Encoding: nonce\x00").derive(secret)
        plain = AESGCM(key).decrypt(nonce, sealed, None)
        return json.loads(plain.rstrip(b"\x00").removesuffix(b"\x02"))  # type: ignore[no-any-return]


class Service:
    """A push service: what it took, and what it says next."""

    def __init__(self) -> None:
        self.taken: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []
        self.address = ""


@pytest.fixture
def service(settings: Settings, tmp_path: Path) -> Iterator[Service]:
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            service.taken.append(({k.lower(): v for k, v in self.headers.items()}, body))
            self.send_response(service.answers.pop(0) if service.answers else 201)
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    root = f"http://127.0.0.1:{server.server_port}"
    service.address = f"{root}/push/abc"
    settings.MILIUM_PUSH, settings.MILIUM_PUSH_HOSTS = True, [root]
    settings.MILIUM_VAPID_KEY_FILE = tmp_path / "vapid.pem"
    keys.cache_clear()
    yield service
    server.shutdown()
    server.server_close()
    keys.cache_clear()


@pytest.fixture
def browser(service: Service) -> Browser:
    browser = Browser()
    subscribe(about=CASE, channel="push", address=service.address, link=LINK, keys=browser.keys)
    return browser


def test_the_browser_and_nobody_between_reads_what_is_told(
    service: Service, browser: Browser
) -> None:
    tell(about=CASE, kind="opinion-signed")
    work_off()

    headers, body = service.taken.pop()
    told = browser.read(body)
    assert told["body"] == "There is a new answer for you."
    assert told["url"].endswith(f"/c/{LINK}/")
    assert LINK.encode() not in body
    assert headers["topic"] == told["tag"] == Letter.objects.get().key


def test_the_service_can_check_who_sent_it(service: Service, browser: Browser) -> None:
    tell(about=CASE, kind="opinion-signed")
    work_off()

    token, _, key = service.taken[0][0]["authorization"].removeprefix("vapid t=").partition(", k=")
    claims = jwt.decode(
        token,
        load_pem_public_key(keys().public),  # type: ignore[arg-type]
        algorithms=["ES256"],
        audience="http://127.0.0.1",
    )
    assert claims["sub"] == "mailto:no-reply@127.0.0.1"
    assert decoded(key) == decoded(keys().application)


@pytest.mark.parametrize("answer", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(
    answer: int, service: Service, browser: Browser
) -> None:
    service.answers.append(answer)
    tell(about=CASE, kind="opinion-signed")

    work_off()

    assert not Subscriber.objects.exists()


@pytest.mark.parametrize(
    ("answer", "state"), [(500, "sent"), (429, "sent"), (400, "refused"), (302, "refused")]
)
def test_what_a_service_says_decides_whether_it_is_tried_again(
    answer: int, state: str, service: Service, browser: Browser
) -> None:
    service.answers.append(answer)
    tell(about=CASE, kind="opinion-signed")

    work_off()
    DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())
    work_off()

    assert Letter.objects.get().state == state


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://127.0.0.1:5432/",
        "https://169.254.169.254/latest/meta-data/",
        "https://fcm.googleapis.com.evil.example/x",
        "https://evil.example/fcm.googleapis.com",
        "https://fcm.googleapis.com@evil.example/",
        "https://evil.example#@fcm.googleapis.com",
        "http://fcm.googleapis.com/x",
        "https://fcm.googleapis.com:8443/x",
        "https://[::1]/",
        "file:///etc/passwd",
        "https://evilpush.apple.com.example/",
        "https://notify.windows.com.evil.example/",
        "https://[bad",
    ],
)
def test_nobody_sends_this_server_to_another_door(endpoint: str, service: Service) -> None:
    with pytest.raises(NotAnAddress):
        subscribe(about=CASE, channel="push", address=endpoint, keys=Browser().keys)


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/abc",
        "https://updates.push.services.mozilla.com/wpush/v2/abc",
        "https://web.push.apple.com/abc",
        "https://wns2-by3p.notify.windows.com/w/?token=abc",
    ],
)
def test_the_browsers_own_services_are_known(endpoint: str) -> None:
    assert may_push_to(endpoint)


def test_nothing_is_pushed_where_the_operator_did_not_switch_it_on(
    service: Service, browser: Browser, settings: Settings
) -> None:
    settings.MILIUM_PUSH = False
    tell(about=CASE, kind="opinion-signed")

    work_off()

    assert not service.taken
    with pytest.raises(NotAnAddress, match="sends no messages"):
        subscribe(about=CASE, channel="push", address=service.address, keys=browser.keys)


def test_keys_that_are_no_keys_are_refused_at_the_door(service: Service) -> None:
    for bad in (
        {},
        {"p256dh": "x", "auth": "y"},
        {"p256dh": encoded(b"\x04" + b"1" * 64), "auth": "y"},
    ):
        with pytest.raises(NotAnAddress):
            subscribe(about=CASE, channel="push", address=service.address, keys=bad)


def test_the_installation_draws_its_key_once(tmp_path: Path) -> None:
    file = tmp_path / "vapid.pem"
    first = keys(file)
    keys.cache_clear()

    assert keys(file) == first
    assert file.stat().st_mode & 0o077 == 0


def test_an_asker_s_browser_subscribes_from_the_case_page_and_is_told_there(
    service: Service, client: Client
) -> None:
    asked, browser = make.open_case(), Browser()
    page = client.get(f"/c/{asked.link}/").content.decode()
    assert f'data-key="{keys().application}"' in page

    sent = {"endpoint": service.address, **browser.keys}
    assert client.post(f"/c/{asked.link}/push-me/", sent).status_code == 204
    assert client.post(f"/c/{asked.link}/push-me/", sent).status_code == 204
    tell(about=f"case:{asked.case.key}", kind="case-answered")
    work_off()

    assert [browser.read(body)["url"] for _, body in service.taken] == [
        f"http://127.0.0.1:8000/c/{asked.link}/"
    ]


def test_a_browser_that_cannot_be_told_is_answered_in_words(
    service: Service, client: Client
) -> None:
    asked = make.open_case()

    answer = client.post(
        f"/c/{asked.link}/push-me/", {"endpoint": "https://10.0.0.1/", **Browser().keys}
    )

    assert answer.status_code == 422
    assert "push service is not known" in answer.content.decode()


def test_no_page_offers_messages_to_a_browser_where_they_are_switched_off(client: Client) -> None:
    asked = make.open_case()

    assert b"data-key" not in client.get(f"/c/{asked.link}/").content
