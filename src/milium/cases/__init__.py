"""Cases as they come in: JSON, a plain page, a web page (``milium.cases.web_page``, imported only when one is read)."""

from __future__ import annotations

from milium.cases.case_json import case_from_json
from milium.cases.json_value import json_value
from milium.cases.limits import MAX_TEXT, check_length
from milium.cases.page import parse_page


__all__ = ["MAX_TEXT", "case_from_json", "check_length", "json_value", "parse_page"]
