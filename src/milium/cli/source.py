"""What comes in: one text, or JSON Lines, as bytes that may be anything."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from milium import api
from milium.errors import UnusableInput


# A line of JSON may hold a case of many opinions, or one text of any length that fits; a longer one is never held in
# memory whole. A plain file of such a length is a mistake more often than a text, and is refused sooner.
MAX_LINE = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Line:
    """One line of JSON Lines: its number, and its value or the reason it has none."""

    number: int
    value: object = None
    error: UnusableInput | None = None


@contextmanager
def opened(name: str) -> Iterator[BinaryIO]:
    """The file of that name, ``-`` being standard input. Raises ``UnusableInput`` when it cannot be read."""
    if name == "-":
        yield sys.stdin.buffer
        return
    try:
        file = _unpacked(name) if name.endswith(".gz") else Path(name).open("rb")  # noqa: SIM115 - closed below, where reading may fail for other reasons
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnusableInput(f"cannot be read: {reason}", source=label(name)) from None
    with file:
        yield file


def _unpacked(name: str) -> BinaryIO:
    # Slow to import, and needed for packed files only.
    import gzip  # noqa: PLC0415

    return cast("BinaryIO", gzip.open(name, "rb"))


def label(name: str) -> str:
    """How messages call a source."""
    return "standard input" if name == "-" else name


def is_lines(name: str) -> bool:
    """Whether a file's name says that it holds JSON Lines."""
    return name.lower().endswith((".jsonl", ".ndjson"))


def read_text(name: str, *, limit: int = 4 * api.MAX_TEXT) -> str:
    """The whole text of a file, line ends untouched. Raises ``UnusableInput`` when it is empty, longer than ``limit`` bytes or not UTF-8."""
    with opened(name) as file:
        try:
            data = file.read(limit + 1)
        except OSError as error:
            raise UnusableInput(f"cannot be read: {error.strerror}", source=label(name)) from None
    if len(data) > limit:
        raise UnusableInput(
            f"is longer than {limit:,} bytes; a text may have {api.MAX_TEXT:,} characters",
            source=label(name),
        )
    text = decoded(data, source=label(name))
    if not text.strip():
        raise UnusableInput("is empty; there is nothing to read", source=label(name))
    return text


def decoded(data: bytes, *, source: str, line: int = 1) -> str:
    """The bytes as UTF-8 text, a byte order mark left out. Raises ``UnusableInput`` naming the line of the first wrong byte."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        number = line + data.count(b"\n", 0, error.start)
        utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
        hint = "it looks like UTF-16" if utf16 else f"byte 0x{data[error.start]:02x}"
        reason = f"is not UTF-8 ({hint}); save it as UTF-8"
        raise UnusableInput(reason, source=source, line=number) from None


def json_lines(name: str) -> Iterator[Line]:
    """Each line of a JSON Lines file, one at a time; empty lines are passed over. Raises ``UnusableInput`` when the file holds no line."""
    empty = True
    with opened(name) as file:
        for number, data in enumerate(_raw_lines(file, name), start=1):
            if len(data) > MAX_LINE or data.strip(b" \t\r\n\xef\xbb\xbf"):
                empty = False
                yield _line(number, data, name)
    if empty:
        raise UnusableInput("is empty; there is no line to read", source=label(name))


def _raw_lines(file: BinaryIO, name: str) -> Iterator[bytes]:
    try:
        while data := file.readline(MAX_LINE + 1):
            yield data
            while len(data) > MAX_LINE and not data.endswith(b"\n"):
                data = file.readline(MAX_LINE + 1)
                if not data:
                    return
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnusableInput(f"cannot be read: {reason}", source=label(name)) from None


def _line(number: int, data: bytes, name: str) -> Line:
    source = label(name)
    if len(data) > MAX_LINE:
        reason = f"is longer than {MAX_LINE:,} bytes"
        return Line(number, error=UnusableInput(reason, source=source, line=number))
    try:
        text = decoded(data, source=source, line=number)
        return Line(number, api.json_value(text, source=source, line=number))
    except UnusableInput as error:
        return Line(number, error=error)


def identified_text(line: Line, source: str) -> tuple[str | int, str]:
    """The id and the text of a line ``{"id", "text"}``. Raises ``UnusableInput`` when it is none."""
    if line.error:
        raise line.error
    value = line.value if isinstance(line.value, dict) else {}
    name, text = value.get("id"), value.get("text")
    if not isinstance(text, str):
        reason = 'a line must be an object {"id": ..., "text": "..."}'
        raise UnusableInput(reason, source=source, line=line.number)
    if not isinstance(name, (str, int)) or isinstance(name, bool):
        reason = "the field id must be a text or a whole number"
        raise UnusableInput(reason, source=source, line=line.number)
    return name, text
