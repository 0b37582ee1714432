"""The chat reader as settings name it, with its connection open for as long as it is used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from milium import api
from milium.chat.connection import ChatConnection
from milium.chat.settings import ChatSettings


@contextmanager
def chat_reader(environ: Mapping[str, str]) -> Iterator[api.Reader]:
    """The reader behind the endpoint of ``MILIUM_CHAT_*``, the built-in one standing in for it where it fails.

    Raises ``UnusableInput`` when the settings cannot be used.
    """
    settings = ChatSettings.from_environment(environ)
    with ChatConnection(settings) as connection:
        yield api.second_reader(model=settings.model, transport=connection)
