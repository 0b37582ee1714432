"""JSON as RFC 8259 has it: no NaN, no field twice, no half of a character."""

from __future__ import annotations

import json
from typing import NoReturn

from milium.errors import UnusableInput


class _RefusedError(ValueError):
    """A reason to refuse the text, ready to be shown."""


def json_value(text: str, *, source: str | None = None, line: int | None = None) -> object:
    """The value of a JSON text. Raises ``UnusableInput`` with the line where it goes wrong.

    ``line`` is the number of the text's first line in ``source``; without it the text is a whole file.
    """
    try:
        value: object = json.loads(text, object_pairs_hook=_fields, parse_constant=_no_constant)
        _check_characters(text, value)
    except json.JSONDecodeError as error:
        number = (line or 1) + error.lineno - 1
        where = f"column {error.colno}"
        raise UnusableInput(f"not JSON: {error.msg}, {where}", source=source, line=number) from None
    except RecursionError:
        raise UnusableInput(
            "not usable JSON: nested too deeply", source=source, line=line
        ) from None
    except ValueError as error:
        reason = error if isinstance(error, _RefusedError) else "a number has too many digits"
        raise UnusableInput(f"not usable JSON: {reason}", source=source, line=line) from None
    return value


def _fields(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        seen: set[str] = set()
        twice = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise _RefusedError(f"the field {twice!r} stands twice in one object")
    return fields


def _no_constant(name: str) -> NoReturn:
    raise _RefusedError(f"{name} is no JSON number")


def _check_characters(text: str, value: object) -> None:
    if "\\u" not in text:
        return
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise _RefusedError("a \\u escape stands for half of a character") from None
