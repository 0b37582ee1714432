"""Photos in an S3-compatible store, spoken to over HTTP on this machine; and what is said while it does not answer."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from datetime import timedelta
from io import StringIO
from wsgiref.simple_server import WSGIServer
from wsgiref.types import StartResponse, WSGIEnvironment

import boto3
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from moto.server import DomainDispatcherApplication, create_backend_app
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from tests import factories as make
from werkzeug.serving import make_server

from milium_site.casebook.actions import erase_case
from milium_site.config.storage import kept_in
from milium_site.foundation.envelope import MasterKey, new_secret, number_in_file
from milium_site.foundation.files import SealedFiles, StoreAway
from milium_site.foundation.keyring import KEYRING
from milium_site.foundation.models import DataKey
from milium_site.foundation.sealed import stored_files
from milium_site.keeping.backup import _file_pieces
from milium_site.keeping.pieces import Tally
from milium_site.photos.actions import sweep_photos
from milium_site.photos.models import Photo
from milium_site.photos.queries import picture


pytestmark = pytest.mark.django_db


class Server:
    """A server that speaks S3, and can be told to answer 500 as a store in trouble does."""

    def __init__(self) -> None:
        self.speaks_s3 = DomainDispatcherApplication(create_backend_app)
        self.broken = False
        self.server: WSGIServer = make_server("127.0.0.1", 0, self, threaded=True)
        self.address = f"127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if self.broken:
            environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
            start("500 Internal Server Error", [("Content-Type", "application/xml")])
            return [b"<Error><Code>InternalError</Code></Error>"]
        answer: Iterable[bytes] = self.speaks_s3(environ, start)
        return answer


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.server.shutdown()
    server.server.server_close()


@pytest.fixture
def store(server: Server, settings: Settings) -> Iterator[Server]:
    """An empty bucket, by the settings' own way."""
    behind = kept_in(f"s3://key:secret@{server.address}/photos/milium?tls=no")
    bucket = boto3.resource(
        "s3",
        endpoint_url=f"http://{server.address}",
        aws_access_key_id="key",
        aws_secret_access_key="secret",
        region_name="us-east-1",
    ).Bucket("photos")
    bucket.create()
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "milium_site.foundation.files.SealedFiles", "OPTIONS": behind}
    }
    KEYRING.forget()
    yield server
    server.broken = False
    bucket.objects.all().delete()
    bucket.delete()
    KEYRING.forget()


def names() -> list[str]:
    return list(stored_files(storages["default"]))


def raw(name: str) -> bytes:
    storage = storages["default"]
    assert isinstance(storage, SealedFiles)
    with storage.kept_in.open(name) as file:
        content: bytes = file.read()
    return content


def test_photos_are_kept_sealed_served_and_erased(
    store: Server,
    client: Client,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    asked = make.open_case()
    photo = make.photo(asked.case)

    assert len(names()) == len(photo.sizes)
    assert all(number_in_file(raw(name)) for name in names())
    shown = client.get(f"/c/{asked.link}/photos/{photo.key}/view/")
    assert shown.status_code == 200
    assert shown.content == picture(photo, "view") != b""

    with django_capture_on_commit_callbacks(execute=True):
        erase_case(case=asked.case)
    assert names() == []


def test_what_no_row_speaks_of_is_swept(store: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    photo = make.photo(make.open_case().case)
    storages["default"].save("photos/x/left-over.view.webp", ContentFile(b"x"))
    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr("milium_site.photos.actions.timezone.now", lambda: later)

    assert sweep_photos() == (1, 0)
    assert len(names()) == len(photo.sizes)


def test_files_are_sealed_anew_in_the_store(store: Server, settings: Settings) -> None:
    photo = make.photo(make.open_case().case)
    settings.MILIUM_ENCRYPTION_KEYS = (
        MasterKey.parse(new_secret()),
        *settings.MILIUM_ENCRYPTION_KEYS,
    )

    call_command("rotate_keys", "--data", "--no-wait", stdout=StringIO())

    newest = DataKey.objects.get().pk
    assert {number_in_file(raw(name)) for name in names()} == {newest}
    assert picture(photo, "full")


def test_a_name_that_is_taken_is_not_written_over(store: Server) -> None:
    first = storages["default"].save("a/b.webp", ContentFile(b"one"))
    second = storages["default"].save("a/b.webp", ContentFile(b"two"))
    assert first != second
    assert storages["default"].open(first).read() == b"one"
    with pytest.raises(FileNotFoundError):
        storages["default"].open("a/none.webp")


@pytest.mark.django_db(transaction=True)
def test_nothing_is_half_kept_while_the_store_answers_500(store: Server) -> None:
    asked = make.draft_case()
    store.broken = True
    with pytest.raises(StoreAway, match="500"):
        make.photo(asked.case)
    store.broken = False

    assert not Photo.objects.exists()
    assert names() == []


def test_who_meets_a_store_that_is_away_is_told_so_and_asked_back(
    store: Server, client: Client
) -> None:
    asked = make.open_case()
    photo = make.photo(asked.case)
    address = f"/c/{asked.link}/photos/{photo.key}/view/"
    client.raise_request_exception = False

    store.broken = True
    away = client.get(address)
    store.broken = False

    assert away.status_code == 503
    assert away.headers["Retry-After"] == "10"
    assert "away for a moment" in away.content.decode()
    assert client.get(address).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_case_is_erased_though_the_store_is_away_and_its_files_are_swept_later(
    store: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = make.open_case()
    make.photo(asked.case)
    store.broken = True
    erase_case(case=asked.case)
    store.broken = False

    assert not Photo.objects.exists()
    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr("milium_site.photos.actions.timezone.now", lambda: later)
    sweep_photos()
    assert names() == []


@pytest.mark.parametrize(
    "url",
    [
        "s3://key:s3cret@host",
        "https://key:s3cret@host/bucket",
        "s3://host/bucket",
        "s3://key:s3cret@host/bucket?tls=perhaps",
        "s3://key:s3cret@host/bucket?colour=red",
    ],
)
def test_an_address_that_cannot_be_used_is_refused_without_its_secret(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="MILIUM_STORAGE_URL") as refused:
        kept_in(url)
    assert "s3cret" not in str(refused.value)


def test_a_backup_holds_the_files_of_the_bucket_as_they_are_sealed(store: Server) -> None:
    make.photo(make.open_case().case)

    pieces = list(_file_pieces(storages["default"], {DataKey.objects.get().pk}, Tally()))

    assert {piece.about["name"]: piece.body for piece in pieces} == {n: raw(n) for n in names()}
    assert pieces
