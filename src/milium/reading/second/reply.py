"""The body of a chat completion, taken apart without trusting any of it."""

from __future__ import annotations

import json
import re
from typing import NoReturn

from milium.errors import NoReply


# How a model that thinks aloud ends its thoughts, and how one marks code.
_END_OF_THOUGHT = "</think>"
_FENCE = "```"
_REFUSAL = re.compile(
    r"\A\W*(?:i(?:['’]m| am) (?:sorry|unable|not able)|sorry|i (?:can(?:no|['’])t|will not|won['’]t|must decline)"
    r"|as an ai\b|unfortunately)",
    re.IGNORECASE,
)


def proposals(body: bytes) -> tuple[object, ...]:
    """The statements that the reply proposes, as it wrote them. Raises ``NoReply`` where it is no such reply.

    No word of the reply goes into the error: what a stranger's server wrote has no place in a log or on a terminal.
    """
    content = _content(_json(_decoded(body), "the reply"))
    if _REFUSAL.match(content):
        raise NoReply("it refused to read the text")
    listed = _json(_bare(content), "what the model wrote")
    statements = listed.get("statements") if isinstance(listed, dict) else None
    if not isinstance(statements, list):
        raise NoReply("what the model wrote is no object with a list of statements")
    return tuple(statements)


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NoReply("the reply is not UTF-8") from None


def _json(text: str, what: str) -> object:
    try:
        value: object = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise NoReply(f"{what} is not JSON") from None
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _content(reply: object) -> str:
    """The model's own words within a chat completion."""
    choice = _first_choice(reply)
    message = choice.get("message")
    if choice.get("finish_reason") == "content_filter" or _has_refusal(message):
        raise NoReply("it refused to read the text")
    if choice.get("finish_reason") == "length":
        raise NoReply("the reply was cut off at the model's limit")
    content = message.get("content") if isinstance(message, dict) else None
    if not isinstance(content, str) or not content.strip():
        raise NoReply("the reply holds no words of the model")
    return content


def _first_choice(reply: object) -> dict[str, object]:
    if isinstance(reply, dict) and "choices" not in reply and reply.get("error"):
        raise NoReply("it reported an error in place of a reply")
    choices = reply.get("choices") if isinstance(reply, dict) else None
    if not isinstance(choices, list) or not choices or not isinstance(choices[0], dict):
        raise NoReply("the reply is no chat completion")
    return choices[0]


def _has_refusal(message: object) -> bool:
    return isinstance(message, dict) and bool(message.get("refusal"))


def _bare(content: str) -> str:
    """The JSON within what the model wrote, without its thinking aloud and without a code block around it."""
    spoken = content.strip()
    if spoken.startswith("<think>"):
        spoken = spoken.rpartition(_END_OF_THOUGHT)[2].strip()
    if spoken.startswith(_FENCE) and spoken.endswith(_FENCE) and "\n" in spoken:
        spoken = spoken.removesuffix(_FENCE).partition("\n")[2]
    return spoken
