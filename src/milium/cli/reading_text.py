"""A reading for the terminal: one text's statements, or one question's history."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from milium import api
from milium.cli import words


WIDTH = 80


def statements(found: tuple[api.Statement, ...]) -> str:
    """The statements under a heading for each kind, the words beneath each."""
    if not found:
        return "Nothing was read: the text states no diagnosis, treatment, test, referral or outlook.\n"
    parts = []
    for kind, heading in words.KINDS.items():
        of_kind = [statement for statement in found if statement.kind == kind]
        if of_kind:
            parts.append("\n".join([heading, *(_statement(item) for item in of_kind)]))
    return words.plain("\n\n".join(parts) + "\n")


def history(read: api.History) -> str:
    """What the question tells, one line a field, the words beneath."""
    lines = [
        *_findings("Where", read.sites),
        *_findings("Signs", read.symptoms),
        *_findings("Not there", read.absent),
    ]
    if read.duration:
        lines.append(f"Since       {words.duration(read.duration)}")
    if read.age is not None:
        lines.append(f"Age         {read.age:g}")
    if read.sex:
        lines.append(f"Sex         {read.sex}")
    for tried in read.tried:
        lines.append(f"Tried       {tried.concept.name}: {words.RESPONSES[tried.response]}")
        lines.append(_words(tried.quote))
    if read.asks:
        lines.append(f"Asks        {', '.join(words.ASKS[ask] for ask in read.asks)}")
    return words.plain("\n".join(lines or ["Nothing was read in the question."]) + "\n")


def _statement(item: api.Statement) -> str:
    detail = [words.ROUTES[item.route]] if item.route else []
    detail += [item.condition] if item.condition else []
    name = ", ".join([item.concept.name, *detail])
    return f"  {words.stance(item.stance):<14}{name}\n{_words(item.quote, indent=16)}"


def _findings(heading: str, found: Iterable[api.Finding]) -> list[str]:
    lines = []
    for finding in found:
        lines += [f"{heading:<12}{finding.concept.name}", _words(finding.quote)]
        heading = ""
    return lines


def _words(quote: api.Quote, *, indent: int = 12) -> str:
    space = " " * indent
    return textwrap.fill(
        words.quoted(quote.text), WIDTH, initial_indent=space, subsequent_indent=space
    )
