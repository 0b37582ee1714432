"""Cases as they come in: JSON, a plain page (``page``), a web page (``web_page``); the last two are imported when one is read."""

from __future__ import annotations

from milium.cases.case_json import case_from_json
from milium.cases.json_value import json_value
from milium.cases.limits import MAX_TEXT, check_length


__all__ = ["MAX_TEXT", "case_from_json", "check_length", "json_value"]
