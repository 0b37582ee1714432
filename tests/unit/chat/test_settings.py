"""What the environment may say of the chat endpoint."""

from __future__ import annotations

from pathlib import Path

import pytest

from milium.chat import ChatSettings
from milium.errors import UnusableInput


LOCAL = {"MILIUM_CHAT_URL": "http://localhost:11434/v1", "MILIUM_CHAT_MODEL": "llama3"}


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("http://localhost:11434/v1", "http://localhost:11434/v1/chat/completions"),
        ("http://127.0.0.1:8000/v1/", "http://127.0.0.1:8000/v1/chat/completions"),
        ("http://[::1]:8000", "http://[::1]:8000/chat/completions"),
        ("https://models.example/v1", "https://models.example/v1/chat/completions"),
        ("https://models.example/chat/completions", "https://models.example/chat/completions"),
    ],
)
def test_an_address_of_this_machine_or_an_encrypted_one_is_taken(given: str, url: str) -> None:
    settings = ChatSettings.from_environment(LOCAL | {"MILIUM_CHAT_URL": given})

    assert settings == ChatSettings(url=url, model="llama3", timeout=60.0)


@pytest.mark.parametrize(
    "given",
    [
        "models.example/v1",
        "ftp://models.example/v1",
        "file:///etc/passwd",
        "http://",
        "https://:443",
        "http://[::1",
        "https://models.example:99999999/v1",
        "https://key@models.example/v1",
        "https://user:key@models.example/v1",
        "https://models.example/v1?key=secret",
        "https://models.example/v1#x",
        "http://models.example/v1",
        "http://10.0.0.5/v1",
        "http://localhost.models.example/v1",
        "http://127.0.0.1.models.example/v1",
    ],
)
def test_an_address_that_is_unsafe_or_none_is_refused_and_no_secret_shown(given: str) -> None:
    with pytest.raises(UnusableInput, match=r"^MILIUM_CHAT_URL: ") as caught:
        ChatSettings.from_environment(LOCAL | {"MILIUM_CHAT_URL": given})

    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_unencrypted_address_is_taken_when_told_so() -> None:
    environ = LOCAL | {"MILIUM_CHAT_URL": "http://10.0.0.5/v1"}
    with pytest.raises(UnusableInput, match="MILIUM_CHAT_ALLOW_HTTP"):
        ChatSettings.from_environment(environ)

    settings = ChatSettings.from_environment(environ | {"MILIUM_CHAT_ALLOW_HTTP": "1"})

    assert settings.url == "http://10.0.0.5/v1/chat/completions"


@pytest.mark.parametrize("name", LOCAL)
@pytest.mark.parametrize("value", [None, "", "  "], ids=["unset", "empty", "blank"])
def test_address_and_model_are_needed(name: str, value: str | None) -> None:
    environ = {key: text for key, text in (LOCAL | {name: value}).items() if text is not None}

    with pytest.raises(UnusableInput, match=f"^{name}: is not set"):
        ChatSettings.from_environment(environ)


def test_the_key_comes_from_the_variable_or_a_file_and_is_never_shown(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("s3cret\n")

    given = ChatSettings.from_environment(LOCAL | {"MILIUM_CHAT_KEY": "s3cret"})
    filed = ChatSettings.from_environment(LOCAL | {"MILIUM_CHAT_KEY_FILE": str(file)})

    assert given == filed
    assert given.key == "s3cret"
    assert "s3cret" not in repr(given)


def test_two_keys_are_one_too_many() -> None:
    with pytest.raises(UnusableInput, match="set one"):
        ChatSettings.from_environment(
            LOCAL | {"MILIUM_CHAT_KEY": "a", "MILIUM_CHAT_KEY_FILE": "/dev/null"}
        )


@pytest.mark.parametrize("key", ["a\r\nX-Injected: b", "schlüssel", "a\x00b"])
def test_a_key_that_would_break_the_headers_is_refused_unseen(key: str) -> None:
    with pytest.raises(UnusableInput, match=r"^MILIUM_CHAT_KEY: ") as caught:
        ChatSettings.from_environment(LOCAL | {"MILIUM_CHAT_KEY": key})

    assert key not in str(caught.value)


def test_a_key_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    binary = tmp_path / "binary"
    binary.write_bytes(b"\xff\xfe")

    for file, reason in ((tmp_path / "none", "No such file"), (binary, "not text")):
        with pytest.raises(UnusableInput, match=f"MILIUM_CHAT_KEY_FILE: cannot be read: {reason}"):
            ChatSettings.from_environment(LOCAL | {"MILIUM_CHAT_KEY_FILE": str(file)})


@pytest.mark.parametrize("given", ["0", "-1", "nan", "inf", "601", "soon", "1e999"])
def test_a_timeout_must_be_a_sensible_number_of_seconds(given: str) -> None:
    assert ChatSettings.from_environment(LOCAL | {"MILIUM_CHAT_TIMEOUT": "2.5"}).timeout == 2.5

    with pytest.raises(UnusableInput, match=r"^MILIUM_CHAT_TIMEOUT: "):
        ChatSettings.from_environment(LOCAL | {"MILIUM_CHAT_TIMEOUT": given})


@pytest.mark.parametrize("name", ["MILIUM_CHAT_ALLOW_HTTP", "MILIUM_CHAT_USE_PROXIES"])
def test_a_switch_is_one_or_nought(name: str) -> None:
    assert ChatSettings.from_environment(LOCAL | {name: "0"}) == ChatSettings.from_environment(
        LOCAL
    )

    with pytest.raises(UnusableInput, match=f"^{name}: must be 1 or 0"):
        ChatSettings.from_environment(LOCAL | {name: "perhaps"})
