"""Logs never hold a secret link: whoever reads one could open the case."""

from __future__ import annotations

import logging
import re

from typing_extensions import override


SECRET_PATH = re.compile(r"(/c/)[^/\s\"']+")


def without_links(text: str) -> str:
    """The text with the secret part of every case address covered.

    >>> without_links("Not Found: /c/4hx81K/check/")
    'Not Found: /c/…/check/'
    """
    return SECRET_PATH.sub(r"\1…", text)


class HideLinks(logging.Filter):
    """Covers secret links in a record's message, its arguments included."""

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = without_links(record.getMessage()), ()
        return True
