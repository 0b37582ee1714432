"""Cases as they come in: JSON, a plain page, a web page."""

from __future__ import annotations

from milium.cases.case_json import case_from_json
from milium.cases.json_value import json_value
from milium.cases.limits import MAX_TEXT, check_length
from milium.statements import Case


__all__ = ["MAX_TEXT", "case_from_json", "check_length", "json_value", "parse_html", "parse_page"]


def parse_page(text: str, *, name: str = "page", source: str | None = None) -> Case:
    """The case on a plain page: title, question, a line on the asker, answers; its remarks say how they were told apart.

    ``name`` becomes its id. Raises ``UnusableInput`` when no answer can be told from the question.
    """
    # Only those who read pages wait for what reads them to load.
    from milium.cases import page  # noqa: PLC0415

    return page.parse_page(text, name=name, source=source)


def parse_html(html: str, *, name: str = "page", source: str | None = None) -> Case:
    """The case on a web page that marks it up as a schema.org QAPage. Raises ``UnusableInput`` when there is none."""
    from milium.cases import web_page  # noqa: PLC0415 - as above

    return web_page.parse_web_page(html, name=name, source=source)
