"""A real HTTP server on the loopback that behaves as it is told, badly above all."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


STATEMENT = {
    "kind": "treatment",
    "concept": "retinoid",
    "stance": "recommended",
    "route": "topical",
    "condition": None,
    "quote": "Use a topical retinoid",
}
CONTENT = json.dumps({"statements": [STATEMENT]})
REPLY = json.dumps({"choices": [{"message": {"role": "assistant", "content": CONTENT}}]}).encode()


class Request(BaseHTTPRequestHandler):
    """One request; the behaviour writes whatever it likes to ``wfile``."""

    server: Endpoint

    def do_POST(self) -> None:
        self.body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.requests.append(self)
        self.close_connection = True
        # Whoever asked may hang up, which is what some of these tests are about.
        with suppress(OSError):
            self.server.behave(self)

    def say(self, text: str | bytes) -> None:
        self.wfile.write(text.encode() if isinstance(text, str) else text)
        self.wfile.flush()

    def answer(
        self, body: bytes = REPLY, *, status: int = 200, headers: dict[str, str] | None = None
    ) -> None:
        said = {"Content-Type": "application/json", "Content-Length": str(len(body))}
        lines = [f"{name}: {value}" for name, value in (said | (headers or {})).items() if value]
        self.say("\r\n".join([f"HTTP/1.1 {status} It", *lines, "", ""]).encode() + body)

    def wait(self) -> None:
        """Say nothing until the test is over."""
        self.server.over.wait(10)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's name
        """Nothing on standard error."""


Behaviour = Callable[[Request], None]


class Endpoint(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, behave: Behaviour) -> None:
        super().__init__(("127.0.0.1", 0), Request)
        self.behave = behave
        self.requests: list[Request] = []
        self.over = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1/chat/completions"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no fault."""


@contextmanager
def endpoint(behave: Behaviour = Request.answer) -> Iterator[Endpoint]:
    server = Endpoint(behave)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        thread.join()
        server.server_close()
