"""What the command says of itself."""

from __future__ import annotations

import pytest
from tests.unit.cli.conftest import Milium

import milium as package


def test_the_version_is_printed(milium: Milium) -> None:
    assert milium("--version").out == f"milium {package.__version__}\n"


@pytest.mark.parametrize(
    "command", ["compare", "read", "lookup", "triage", "index", "search", "evaluate"]
)
def test_every_command_explains_itself_in_eighty_columns(
    milium: Milium, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")

    done = milium(command, "--help")

    assert done.code == 0
    assert "examples:" in done.out
    assert max(map(len, done.out.splitlines())) <= 80


def test_the_help_names_every_command(milium: Milium) -> None:
    done = milium("--help")

    assert done.code == 0
    for command in (
        "compare",
        "read",
        "lookup",
        "triage",
        "evaluate",
        "serve",
        "demo",
        "manage",
        "check",
    ):
        assert f"\n  {command} " in done.out
    assert max(map(len, done.out.splitlines())) <= 80


def test_no_command_at_all_shows_the_help_and_is_an_error(milium: Milium) -> None:
    done = milium()

    assert done.code == 2
    assert "usage: milium" in done.out
