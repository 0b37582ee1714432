"""Reading a body: JSON that Python would take and a database or a person would not is refused."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from ninja.parser import Parser
from typing_extensions import override

from milium_site.exchange.problems import Problem


def strict_json(body: bytes) -> Any:  # noqa: ANN401 (what JSON may hold)
    """The value. Raises ``ValueError`` for what is no JSON text in UTF-8, is nested without end, or holds half a character."""

    def no_number(name: str) -> NoReturn:
        raise ValueError(f"{name} is no JSON")

    try:
        value = json.loads(body.decode("utf-8"), parse_constant=no_number)
        if b"\\u" in body:
            # Half a surrogate pair is JSON and no text.
            json.dumps(value, ensure_ascii=False).encode("utf-8")
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    return value


class Strict(Parser):
    """Ninja's parser, with errors that it does not know turned into ours."""

    @override
    def parse_body(self, request: HttpRequest) -> Any:
        kind = (request.content_type or "").lower()
        if kind and kind != "application/json":
            raise Problem(422, "Send the body as application/json.")
        try:
            return strict_json(request.body)
        except RequestDataTooBig as error:
            raise Problem(413) from error
        except ValueError as error:
            raise Problem(400, "The body is no JSON in UTF-8.") from error
