"""A case from whatever holds it: JSON, a web page or a plain page."""

from __future__ import annotations

from pathlib import PurePath

from milium import api
from milium.cli.source import is_lines, label, read_text


# Endings of files that hold one case, whatever the format asked for.
_ONE_CASE = (".json", ".html", ".htm", ".txt")


def holds_lines(name: str, form: str | None) -> bool:
    """Whether a source is JSON Lines of cases: by its name, or because JSON Lines are asked for and its name says nothing else."""
    return is_lines(name) or (form == "jsonl" and not name.lower().endswith(_ONE_CASE))


def read_case(name: str) -> api.Case:
    """The one case in a file. Raises ``UnusableInput`` with the reason why there is none."""
    text, source = read_text(name, limit=16 * api.MAX_TEXT), label(name)
    start = text.lstrip()[:1]
    if start in ("{", "["):
        return api.case_from_json(api.json_value(text, source=source), source=source)
    parse = api.parse_html if start == "<" else api.parse_page
    return parse(text, name=_stem(name), source=source)


def _stem(name: str) -> str:
    return "page" if name == "-" else PurePath(name).name.partition(".")[0] or "page"
