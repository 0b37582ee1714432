"""The database refuses connections for a while: people are told so calmly, keep their words, and the site recovers alone."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from tests import factories as make
from tests.site import instances
from tests.site.instances import standing_in

from milium_site.cases.models import Case
from milium_site.config.database import settings_from
from milium_site.foundation.keyring import KEYRING


pytestmark = pytest.mark.django_db


class Way:
    """The way to the server: a relay on this machine, which can be closed so that connections are refused, and opened again."""

    def __init__(self, host: str, port: int) -> None:
        self.to = (host, port)
        self.port = 0
        self._open: list[socket.socket] = []
        self.open()

    def open(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", self.port))
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, args=(self._listening,), daemon=True).start()

    def close(self) -> None:
        for end in (self._listening, *self._open):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self._open.clear()

    def _accept(self, listening: socket.socket) -> None:
        with suppress(OSError):
            while True:
                here, _ = listening.accept()
                there = socket.create_connection(self.to)
                self._open += [here, there]
                for one, other in ((here, there), (there, here)):
                    threading.Thread(target=_carry, args=(one, other), daemon=True).start()


def _carry(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while content := one.recv(65536):
            other.sendall(content)


@pytest.fixture
def way() -> Iterator[Way]:
    """A database as an installation opens it, by a way that can be closed."""
    server = connection.settings_dict
    with instances.empty_on_server(f"{server['NAME']}_away") as database:
        relay = Way(server["HOST"], int(server["PORT"]))
        url = instances.address_of(database | {"HOST": "127.0.0.1", "PORT": relay.port})
        with standing_in(settings_from(url, connections=4, seconds=30)):
            KEYRING.forget()
            call_command("migrate", verbosity=0)
            yield relay
            connection.close()
            connection.close_pool()
        relay.close()
    KEYRING.forget()


def test_while_the_database_is_away_words_are_given_back_and_then_it_goes_on(
    way: Way, client: Client
) -> None:
    client.raise_request_exception = False
    asked = make.draft_case()
    address = f"/c/{asked.link}/check/"
    assert client.get(address).status_code == 200
    connections["default"].close()

    way.close()
    connections["default"].close()
    read = client.get(address)
    sent = client.post("/", {"text": "My words <about> the rash. It itches."})
    waited = client.get("/ready/")
    alive = client.get("/health/")
    way.open()

    assert (read.status_code, sent.status_code, waited.status_code) == (503, 503, 503)
    assert alive.status_code == 200
    assert read.headers["Retry-After"] == sent.headers["Retry-After"] == "10"
    assert "My words &lt;about&gt; the rash. It itches." in sent.content.decode()
    for _ in range(30):
        if client.get(address).status_code == 200:
            break
    assert client.get("/ready/").status_code == 200
    assert Case.objects.count() == 1


def test_a_statement_has_a_limit_and_a_migration_has_none(way: Way) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("0",)
    connection.close()
    connection.close_pool()
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("30s",)
        cursor.execute("SHOW idle_in_transaction_session_timeout")
        assert cursor.fetchone() == ("1min",)
