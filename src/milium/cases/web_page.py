"""A web page that marks up its question and answers as a schema.org ``QAPage``, in JSON-LD or in microdata.

https://schema.org/QAPage; both forms are read as search engines read them, the first question found being the case.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from milium.cases.limits import check_length
from milium.errors import UnusableInput
from milium.statements import Case, Opinion


_ANSWERS = ("acceptedAnswer", "suggestedAnswer")
_BLOCKS = frozenset("p div br li ul ol h1 h2 h3 h4 h5 h6 tr section article blockquote pre".split())
_NOT_SHOWN = ["script", "style", "template"]


def parse_web_page(html: str, *, name: str = "page", source: str | None = None) -> Case:
    """The case that a page's markup holds; ``name`` becomes its id. Raises ``UnusableInput`` when it marks up no question with answers."""
    tree = LexborHTMLParser(html)
    try:
        for find, how in ((_from_json, "JSON-LD"), (_from_microdata, "microdata")):
            if question := find(tree):
                return _case(question, how, name=name, source=source)
    except RecursionError:
        raise UnusableInput("is nested too deeply to be read", source=source) from None
    raise UnusableInput(
        "holds no question: Milium reads web pages that mark theirs up as a schema.org QAPage "
        "(JSON-LD or microdata); save any other as plain text, with the answers below the question",
        source=source,
    )


def _case(question: dict[str, Any], how: str, *, name: str, source: str | None) -> Case:
    given = [answer for key in _ANSWERS for answer in _list(question.get(key))]
    answers = [answer for answer in given if isinstance(answer, dict)]
    said = [(_author(answer), _plain(answer.get("text"))) for answer in answers]
    kept = [
        pair for pair in dict.fromkeys(said) if pair[1]
    ]  # the accepted answer is often listed twice
    if not kept:
        raise UnusableInput(
            "the page's question has no answers, so there is nothing to compare", source=source
        )
    title, asked = _plain(question.get("name")), _plain(question.get("text"))
    for text in (asked, *(text for _, text in kept)):
        check_length(text, "a text of the page", source=source)
    return Case(
        id=name,
        title=title,
        question=asked or title,
        opinions=tuple(
            Opinion(id=str(number), text=text, specialist=author[0], specialty=author[1])
            for number, (author, text) in enumerate(kept, start=1)
        ),
        remarks=(f"Question and {len(kept)} answers were taken from the page's {how} markup.",),
    )


def _from_json(tree: LexborHTMLParser) -> dict[str, Any] | None:
    for script in tree.css('script[type="application/ld+json"]'):
        try:
            data = json.loads(script.text(deep=True))
        except (ValueError, RecursionError):
            continue  # a page may hold broken blocks beside the one that counts
        for item in _items(data):
            if "Question" in _list(item.get("@type")):
                return item
    return None


def _items(data: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Every object of the data, outer ones first; markup nests a few levels deep."""
    if depth > 8:
        return
    if isinstance(data, dict):
        yield data
        for value in data.values():
            yield from _items(value, depth + 1)
    elif isinstance(data, list):
        for value in data:
            yield from _items(value, depth + 1)


def _from_microdata(tree: LexborHTMLParser) -> dict[str, Any] | None:
    for node in tree.css("[itemscope][itemtype]"):
        if (node.attributes.get("itemtype") or "").rstrip("/").endswith("schema.org/Question"):
            return _item(node)
    return None


def _item(node: LexborNode) -> dict[str, Any]:
    """An element's microdata as an object: each property's values, in document order."""
    found: dict[str, Any] = {}
    for child in node.iter(include_text=False):
        _collect(child, found)
    return found


def _collect(node: LexborNode, found: dict[str, Any]) -> None:
    names = (node.attributes.get("itemprop") or "").split()
    scoped = "itemscope" in node.attributes
    for name in names:
        found.setdefault(name, []).append(_item(node) if scoped else _value(node))
    if not scoped:
        for child in node.iter(include_text=False):
            _collect(child, found)


def _value(node: LexborNode) -> str:
    for name in ("content", "datetime"):
        if value := node.attributes.get(name):
            return value
    return node.html or ""


def _author(answer: dict[str, Any]) -> tuple[str | None, str | None]:
    for author in _list(answer.get("author")):
        if isinstance(author, dict):
            name = _plain(author.get("name")) or None
            return name, _plain(author.get("jobTitle") or author.get("medicalSpecialty")) or None
        return _plain(author) or None, None
    return None, None


def _list(value: object) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _plain(value: object) -> str:
    """A property's first text, without markup, a line for each block."""
    first = next((item for item in _list(value) if isinstance(item, str)), "")
    if "<" not in first and "&" not in first:
        return first.strip()
    tree = LexborHTMLParser(first)
    tree.strip_tags(_NOT_SHOWN)
    pieces = list(_pieces(tree.body)) if tree.body else []
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(_once_empty(lines)).strip()


def _pieces(node: LexborNode) -> Iterator[str]:
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            yield (child.text_content or "").replace("\n", " ")
        else:
            block = child.tag in _BLOCKS
            yield "\n" if block else ""
            yield from _pieces(child)
            yield "\n" if block else ""


def _once_empty(lines: Iterator[str]) -> Iterator[str]:
    before = ""
    for line in lines:
        if line or before:
            yield line
        before = line
