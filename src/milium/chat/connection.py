"""One request, one reply, within a deadline and a size; or the reason why there is none."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Callable, Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime
from functools import lru_cache
from types import TracebackType
from typing import Self

import httpx

from milium.chat.settings import ChatSettings
from milium.errors import NoReply


# A reading of the longest answer takes some tens of kilobytes.
MOST_BYTES = 1_000_000

# An endpoint that cannot be reached is not tried anew for each of a million texts.
FAILURES_BEFORE_REST = 3
REST_SECONDS = 60.0
LONGEST_REST_SECONDS = 3600.0

_OK, _UNAUTHORISED, _FORBIDDEN, _BUSY, _UNAVAILABLE = 200, 401, 403, 429, 503


class _Unreachable(NoReply):
    """No whole reply came; ``rest`` is how many seconds the endpoint asked not to be tried."""

    def __init__(self, reason: str, *, rest: float = 0.0) -> None:
        super().__init__(reason)
        self.rest = rest


class ChatConnection:
    """Posts to one endpoint. Called with a request's body it gives the reply's body, or raises ``NoReply``.

    Neither follows redirects nor retries. After ``FAILURES_BEFORE_REST`` failures in a row, or when the endpoint
    asks for it, it rests and says so at once. Use it in a ``with`` block, in one thread, outside any event loop.
    """

    def __init__(self, settings: ChatSettings, *, clock: Callable[[], float] = time.time) -> None:
        self._settings = settings
        self._clock = clock
        self._failures = 0
        self._rest_until = 0.0
        self._rest_reason = ""
        self._runner = asyncio.Runner()
        # These time-outs are for each read alone; the deadline of the whole request is in ``_exchange``.
        self._client = httpx.AsyncClient(
            headers=_headers(settings),
            timeout=settings.timeout,
            follow_redirects=False,
            # A connection kept for the next request may be closed by the other side just as it is sent.
            limits=httpx.Limits(max_keepalive_connections=0),
            trust_env=settings.use_environment,
            verify=_certificates(from_environment=settings.use_environment),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the connection; it cannot be used again."""
        self._runner.run(self._client.aclose())
        self._runner.close()

    def __call__(self, payload: Mapping[str, object]) -> bytes:
        """The body that comes back for ``payload``; every way of not getting one is a ``NoReply``."""
        if self._clock() < self._rest_until:
            raise NoReply(f"not asked again yet, after this: {self._rest_reason}")
        try:
            body = self._runner.run(self._exchange(payload))
        except _Unreachable as error:
            self._note_failure(error)
            raise
        self._failures = 0
        return body

    def _note_failure(self, error: _Unreachable) -> None:
        self._failures += 1
        rest = error.rest
        if self._failures >= FAILURES_BEFORE_REST:
            rest = max(rest, REST_SECONDS)
        self._rest_until = self._clock() + min(rest, LONGEST_REST_SECONDS)
        self._rest_reason = str(error)

    async def _exchange(self, payload: Mapping[str, object]) -> bytes:
        try:
            async with asyncio.timeout(self._settings.timeout):
                return await self._post(payload)
        except TimeoutError:
            raise _Unreachable(f"no reply within {self._settings.timeout:g} seconds") from None
        except (httpx.ConnectError, httpx.ProxyError):
            raise _Unreachable("it could not be connected to") from None
        except httpx.HTTPError:
            raise _Unreachable("the connection broke off or did not speak HTTP") from None

    async def _post(self, payload: Mapping[str, object]) -> bytes:
        async with self._client.stream("POST", self._settings.url, json=payload) as response:
            self._check_status(response)
            _check_form(response)
            body = bytearray()
            async for part in response.aiter_raw():
                body += part
                if len(body) > MOST_BYTES:
                    raise NoReply(f"the reply is larger than {MOST_BYTES:,} bytes")
            return bytes(body)

    def _check_status(self, response: httpx.Response) -> None:
        status = response.status_code
        if status == _OK:
            return
        if response.has_redirect_location or 300 <= status < 400:
            raise NoReply(f"it answered with a redirect (HTTP {status}), which is not followed")
        if status in (_UNAUTHORISED, _FORBIDDEN):
            raise _Unreachable(f"it refused the key (HTTP {status})")
        if status in (_BUSY, _UNAVAILABLE):
            raise _Unreachable(f"it is busy (HTTP {status})", rest=self._retry_after(response))
        raise _Unreachable(f"it answered HTTP {status}")

    def _retry_after(self, response: httpx.Response) -> float:
        """Seconds to wait, from a number or a date; none or nonsense counts as 0."""
        value = response.headers.get("retry-after", "").strip()
        if value.isascii() and value.isdigit():
            return float(value[:9])
        try:
            moment = parsedate_to_datetime(value)
        except ValueError:
            return 0.0
        return max(0.0, moment.replace(tzinfo=moment.tzinfo or UTC).timestamp() - self._clock())


@lru_cache(maxsize=2)
def _certificates(*, from_environment: bool) -> ssl.SSLContext:
    """Whom to trust; read from disk once, not for each connection."""
    return httpx.create_ssl_context(trust_env=from_environment)


def _headers(settings: ChatSettings) -> dict[str, str]:
    # Compression is neither asked for nor taken, so that the size that is counted is the size there is.
    headers = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "milium"}
    return headers | ({"Authorization": f"Bearer {settings.key}"} if settings.key else {})


def _check_form(response: httpx.Response) -> None:
    media = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != "application/json" and not media.endswith("+json"):
        raise NoReply("the reply is not marked as JSON")
    if response.headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise NoReply("the reply is compressed, which was not asked for")
