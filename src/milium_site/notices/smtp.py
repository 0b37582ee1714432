"""Django's SMTP backend, with one moment made visible: just before the server is given the letter's words."""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from typing import Any

from django.core.mail.backends.smtp import EmailBackend
from typing_extensions import override


def _nothing() -> None:
    """Nobody watches."""


class _Watching(smtplib.SMTP):
    """Everything up to DATA can be repeated without harm; from DATA on the server may have taken the letter."""

    before_data: Callable[[], object] = staticmethod(_nothing)

    @override
    def data(self, msg: Any) -> tuple[int, bytes]:
        self.before_data()
        return super().data(msg)


class _WatchingTls(_Watching, smtplib.SMTP_SSL):
    """The same over TLS from the start."""


class Watched(EmailBackend):
    """Calls ``before_data`` before the words of a letter are sent."""

    before_data: Callable[[], object] = staticmethod(_nothing)

    @property
    @override
    def connection_class(self) -> type[smtplib.SMTP]:
        return _WatchingTls if self.use_ssl else _Watching

    @override
    def open(self) -> bool | None:
        opened = super().open()
        if isinstance(self.connection, _Watching):
            self.connection.before_data = self.before_data
        return opened
