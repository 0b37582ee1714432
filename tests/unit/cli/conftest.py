from __future__ import annotations

import io
import sys
from collections.abc import Callable
from typing import NamedTuple

import pytest

from milium.cli import main


class Done(NamedTuple):
    """What a command line came to."""

    code: int
    out: str
    err: str


Milium = Callable[..., Done]


@pytest.fixture
def milium(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Milium:
    """Run ``milium ARGUMENTS`` in this process, with ``given`` on standard input."""

    def run(*argv: str, given: str | bytes = b"") -> Done:
        data = given.encode() if isinstance(given, str) else given
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="")
        monkeypatch.setattr(sys, "stdout", out)
        try:
            code = main(list(argv))
        except SystemExit as end:
            code = int(end.code or 0)
        out.flush()
        return Done(code, out.buffer.getvalue().decode(), capfd.readouterr().err)  # type: ignore[attr-defined]

    return run
