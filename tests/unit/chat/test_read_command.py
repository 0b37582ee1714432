"""``milium read --reader chat`` from settings to output."""

from __future__ import annotations

import io
import json
import sys

import pytest
from tests.unit.chat.endpoint import Behaviour, Request, endpoint

from milium.cli import main


TEXTS = ["Use a topical retinoid at night.", "Nothing to say."]


def run(
    behave: Behaviour, monkeypatch: pytest.MonkeyPatch, *options: str, text: str | None = None
) -> tuple[int, int]:
    """The exit code, and how often the endpoint was asked."""
    lines = "".join(json.dumps({"id": n, "text": text}) + "\n" for n, text in enumerate(TEXTS))
    given = io.BytesIO((text or lines).encode())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(given, encoding="utf-8"))
    with endpoint(behave) as server:
        monkeypatch.setenv("MILIUM_CHAT_URL", server.url)
        monkeypatch.setenv("MILIUM_CHAT_MODEL", "m")
        code = main(["read", *options])
        return code, len(server.requests)


def test_it_is_off_unless_asked_for_even_where_settings_name_an_endpoint(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    off = run(Request.answer, monkeypatch, "--format", "jsonl")
    plain = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    on = run(Request.answer, monkeypatch, "--format", "jsonl", "--reader", "chat")

    assert (off, on) == ((0, 0), (0, 2))
    assert [set(line) for line in plain] == [{"id", "statements"}] * 2


def test_each_line_says_who_read_it_and_what_was_dropped(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(Request.answer, monkeypatch, "--format", "jsonl", "--reader", "chat")

    said = capsys.readouterr()
    first, second = map(json.loads, said.out.splitlines())
    assert [s["concept"]["name"] for s in first["statements"]] == ["retinoid"]
    assert first["reader"] == {"name": "chat", "version": "m/1", "dropped": {}, "fallback": None}
    # The endpoint quotes the first text for the second one too.
    assert second["reader"]["name"] == "built-in"
    assert second["reader"]["dropped"] == {"quote not in the text": 1}
    assert second["reader"]["fallback"] == "chat: nothing it said checked out"
    assert said.err.splitlines() == [
        "milium: 1 of 2 texts were read by the built-in reader "
        "(chat: nothing it said checked out: 1)",
        "milium: 1 statements were dropped (quote not in the text: 1)",
    ]


def test_a_failing_endpoint_costs_no_text_its_reading(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(request: Request) -> None:
        request.answer(status=500)

    code, _ = run(fail, monkeypatch, "--reader", "chat", text=TEXTS[0])

    said = capsys.readouterr()
    assert code == 0
    assert "retinoid" in said.out
    assert said.err == (
        "milium: 1 of 1 texts were read by the built-in reader (chat: it answered HTTP 500: 1)\n"
    )


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--question"], "goes without --question, --explain and --jobs"),
        (["--jobs", "2"], "goes without --question, --explain and --jobs"),
        ([], "MILIUM_CHAT_URL: is not set"),
    ],
    ids=["a question", "several processes", "no settings"],
)
def test_what_it_cannot_do_is_said_in_one_line(
    options: list[str],
    reason: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv("MILIUM_CHAT_URL", raising=False)

    code = main(["read", "--reader", "chat", *options])

    said = capsys.readouterr()
    assert (code, said.out, said.err.count("\n")) == (2, "", 1)
    assert reason in said.err


def test_a_missing_package_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "httpx"]:
        monkeypatch.delitem(sys.modules, name)
    for name in [name for name in sys.modules if name.startswith("milium.chat")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "httpx", None)

    code = main(["read", "--reader", "chat"])

    assert code == 2
    assert "pip install 'milium[chat]'" in capsys.readouterr().err
