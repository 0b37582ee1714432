"""The chat connection against a server on the loopback that misbehaves in every way it can."""

from __future__ import annotations

import gzip
import json
import socket
from collections.abc import Callable
from email.utils import formatdate

import pytest
from tests.unit.chat.endpoint import REPLY, Behaviour, Endpoint, Request, endpoint

from milium import api
from milium.chat import MOST_BYTES, ChatConnection, ChatSettings
from milium.chat.connection import FAILURES_BEFORE_REST, LONGEST_REST_SECONDS, REST_SECONDS
from milium.errors import NoReply


TEXT = "Use a topical retinoid at night."


def read_with(behave: Behaviour, *, timeout: float = 5.0) -> api.Reading:
    with endpoint(behave) as server, connected(server, timeout=timeout) as connection:
        return api.second_reader(model="m", transport=connection).read(TEXT)


def connected(
    server: Endpoint,
    *,
    key: str | None = None,
    timeout: float = 5.0,
    use_environment: bool = False,
) -> ChatConnection:
    return ChatConnection(
        ChatSettings(
            url=server.url, model="m", key=key, timeout=timeout, use_environment=use_environment
        )
    )


def answering(body: bytes = REPLY, status: int = 200, **headers: str) -> Behaviour:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda request: request.answer(body, status=status, headers=named)


def saying(*parts: str | bytes) -> Behaviour:
    def behave(request: Request) -> None:
        for part in parts:
            request.say(part)

    return behave


def dripping(start: str | bytes, drop: str | bytes) -> Behaviour:
    def behave(request: Request) -> None:
        request.say(start)
        while not request.server.over.wait(0.02):
            request.say(drop)

    return behave


def flooding(start: str, drop: bytes) -> Behaviour:
    def behave(request: Request) -> None:
        request.say(start)
        while not request.server.over.is_set():
            request.say(drop)

    return behave


HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
CHUNKED = HEAD + "Transfer-Encoding: chunked\r\n\r\n"
BROKEN = "the connection broke off or did not speak HTTP"
LATE = "no reply within 0.1 seconds"
LARGE = f"the reply is larger than {MOST_BYTES:,} bytes"
REDIRECT = "it answered with a redirect (HTTP {}), which is not followed"
ELSEWHERE = "http://127.0.0.1:9/"

MISBEHAVIOUR: dict[str, tuple[Behaviour, str]] = {
    "bad request": (answering(status=400), "it answered HTTP 400"),
    "unknown key": (answering(status=401), "it refused the key (HTTP 401)"),
    "forbidden": (answering(status=403), "it refused the key (HTTP 403)"),
    "no such model": (answering(status=404), "it answered HTTP 404"),
    "too many requests": (answering(status=429, Retry_After="7"), "it is busy (HTTP 429)"),
    "defect": (answering(status=500), "it answered HTTP 500"),
    "overloaded": (answering(status=503), "it is busy (HTTP 503)"),
    "no content": (answering(b"", 204), "it answered HTTP 204"),
    "accepted for later": (answering(status=202), "it answered HTTP 202"),
    "moved": (answering(status=301, Location=ELSEWHERE), REDIRECT.format(301)),
    "moved, same method": (answering(status=307, Location=ELSEWHERE), REDIRECT.format(307)),
    "moved nowhere": (answering(status=302), REDIRECT.format(302)),
    "a web page": (answering(Content_Type="text/html"), "the reply is not marked as JSON"),
    "an event stream": (
        answering(b"data: {}\n\n", Content_Type="text/event-stream"),
        "the reply is not marked as JSON",
    ),
    "no type": (answering(Content_Type=""), "the reply is not marked as JSON"),
    "compressed": (
        answering(gzip.compress(b" " * 50_000_000), Content_Encoding="gzip"),
        "the reply is compressed, which was not asked for",
    ),
    "hangs up at once": (saying(), BROKEN),
    "hangs up in the headers": (saying("HTTP/1.1 200 OK\r\nContent-"), BROKEN),
    "hangs up in the body": (saying(HEAD, "Content-Length: 999\r\n\r\n", REPLY), BROKEN),
    "hangs up between chunks": (saying(CHUNKED, "5\r\n{    \r\n"), BROKEN),
    "not HTTP": (saying("SSH-2.0-OpenSSH_9.9\r\n"), BROKEN),
    "endless headers": (flooding("HTTP/1.1 200 OK\r\n", b"X-A: " + b"a" * 9000 + b"\r\n"), BROKEN),
    "bad chunks": (saying(CHUNKED, "zz\r\n{}\r\n"), BROKEN),
    "two lengths": (saying(HEAD, "Content-Length: 2\r\nContent-Length: 9\r\n\r\n{}"), BROKEN),
    "endless body": (flooding(CHUNKED, b"10000\r\n" + b" " * 65536 + b"\r\n"), LARGE),
    "huge body": (answering(b" " * (MOST_BYTES + 1)), LARGE),
    "invalid UTF-8": (answering(b'{"choices": "\xff"}'), "the reply is not UTF-8"),
    "invalid JSON": (answering(b'{"choices": ['), "the reply is not JSON"),
    "shorter than it could be": (
        saying(HEAD, "Content-Length: 9\r\n\r\n", REPLY),
        "the reply is not JSON",
    ),
    "an empty body": (answering(b""), "the reply is not JSON"),
    "deep nesting": (answering(b"[" * 400_000), "the reply is not JSON"),
}
LATENESS: dict[str, Behaviour] = {
    "silence": Request.wait,
    "slow headers": dripping("HTTP/1.1 200 OK\r\nX-A: ", "a"),
    "slow body": dripping(HEAD + "Content-Length: 9999\r\n\r\n", " "),
    "slow chunks": dripping(CHUNKED, "1\r\n \r\n"),
    "always about to answer": dripping("", "HTTP/1.1 102 Processing\r\n\r\n"),
}


def test_a_server_that_behaves_is_believed() -> None:
    reading = read_with(Request.answer)

    assert (reading.reader, reading.version, reading.fallback) == ("chat", "m/1", None)
    assert [s.quote.text for s in reading.statements] == ["Use a topical retinoid"]


@pytest.mark.parametrize("name", MISBEHAVIOUR)
def test_a_server_that_misbehaves_gives_way_to_the_built_in_reader(name: str) -> None:
    behave, reason = MISBEHAVIOUR[name]

    reading = read_with(behave)

    assert (reading.reader, reading.fallback) == ("built-in", f"chat: {reason}")
    assert reading.statements == api.read_answer(TEXT)


@pytest.mark.parametrize("name", LATENESS)
def test_the_deadline_is_for_the_whole_request(name: str) -> None:
    reading = read_with(LATENESS[name], timeout=0.1)

    assert (reading.reader, reading.fallback) == ("built-in", f"chat: {LATE}")


def test_nobody_listening_gives_way_too() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings = ChatSettings(url=f"http://127.0.0.1:{taken.getsockname()[1]}/", model="m")
        with ChatConnection(settings) as connection, pytest.raises(NoReply, match="not be connect"):
            connection({})


def test_a_server_that_cannot_speak_tls_gives_way_too() -> None:
    with endpoint() as server:
        settings = ChatSettings(url=server.url.replace("http:", "https:"), model="m", timeout=5)
        with ChatConnection(settings) as connection, pytest.raises(NoReply, match="not be connect"):
            connection({})

    assert server.requests == []


def test_a_redirect_takes_neither_text_nor_key_elsewhere() -> None:
    with (
        endpoint() as elsewhere,
        endpoint(answering(status=307, Location=elsewhere.url)) as server,
        connected(server, key="secret") as connection,
        pytest.raises(NoReply, match="redirect"),
    ):
        connection({})

    assert (len(server.requests), elsewhere.requests) == (1, [])


def test_the_request_is_what_such_endpoints_take() -> None:
    with endpoint() as server, connected(server, key="secret") as connection:
        api.second_reader(model="m", transport=connection).read(TEXT)

    (request,) = server.requests
    sent = json.loads(request.body)
    assert request.path == "/v1/chat/completions"
    assert request.headers["Authorization"] == "Bearer secret"
    assert request.headers["Accept-Encoding"] == "identity"
    assert (sent["model"], sent["stream"], sent["temperature"]) == ("m", False, 0)
    assert TEXT in sent["messages"][1]["content"]


def test_without_a_key_none_is_sent() -> None:
    with endpoint() as server, connected(server) as connection:
        connection({})

    assert server.requests[0].headers["Authorization"] is None


@pytest.mark.parametrize("asked", [False, True])
def test_a_proxy_of_the_environment_is_used_only_when_asked_for(
    asked: bool,  # noqa: FBT001 - a parameter of the test
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with endpoint() as proxy, endpoint() as server:
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{proxy.server_port}")
        with connected(server, use_environment=asked) as connection:
            connection({})

    assert (len(proxy.requests), len(server.requests)) == ((1, 0) if asked else (0, 1))


class Clock:
    """The time, moved by hand."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


def asked_again_after(
    behave: Behaviour, seconds: float, *, failures: int = 1
) -> tuple[list[str], bool]:
    """What is said right after the failures, and whether the server is asked again ``seconds`` later."""
    clock = Clock()
    with endpoint(behave) as server:
        with ChatConnection(ChatSettings(url=server.url, model="m"), clock=clock) as connection:
            for _ in range(failures):
                refusal(connection)
            said = [refusal(connection)]
            clock.now += seconds
            before = len(server.requests)
            refusal(connection)
        return said, len(server.requests) > before


def refusal(connection: Callable[[dict[str, object]], bytes]) -> str:
    with pytest.raises(NoReply) as caught:
        connection({})
    return str(caught.value)


@pytest.mark.parametrize(
    ("retry_after", "seconds"),
    [
        ("90", 90),
        (formatdate(1_800_000_090, usegmt=True), 90),
        ("9" * 400, LONGEST_REST_SECONDS),
        (formatdate(9_000_000_000, usegmt=True), LONGEST_REST_SECONDS),
    ],
    ids=["a number", "a date", "a flood", "a far date"],
)
@pytest.mark.parametrize("status", [429, 503])
def test_an_endpoint_that_asks_for_patience_is_left_alone(
    status: int, retry_after: str, seconds: float
) -> None:
    busy = answering(status=status, Retry_After=retry_after)

    said, too_early = asked_again_after(busy, seconds - 1)
    _, in_time = asked_again_after(busy, seconds + 1)

    assert said == [f"not asked again yet, after this: it is busy (HTTP {status})"]
    assert (too_early, in_time) == (False, True)


@pytest.mark.parametrize("retry_after", ["", "soon", "-5", "٣", "0", formatdate(0, usegmt=True)])
def test_a_wait_that_makes_no_sense_is_none(retry_after: str) -> None:
    said, asked = asked_again_after(answering(status=429, Retry_After=retry_after), 0)

    assert (said, asked) == (["it is busy (HTTP 429)"], True)


def test_an_endpoint_that_keeps_failing_is_left_alone_for_a_while() -> None:
    failures = FAILURES_BEFORE_REST

    said, too_early = asked_again_after(answering(status=500), REST_SECONDS - 1, failures=failures)
    _, in_time = asked_again_after(answering(status=500), REST_SECONDS + 1, failures=failures)

    assert said == ["not asked again yet, after this: it answered HTTP 500"]
    assert (too_early, in_time) == (False, True)


def test_a_reply_in_between_makes_the_failures_count_anew() -> None:
    replies = [500, 500, 200, 500, 500, 200]
    left = list(replies)
    with (
        endpoint(lambda request: request.answer(status=left.pop(0))) as server,
        connected(server) as connection,
    ):
        for status in replies:
            if status == 200:
                assert connection({}) == REPLY
            else:
                assert refusal(connection) == "it answered HTTP 500"

    assert left == []
