"""A second reader: a chat model behind any OpenAI-compatible endpoint, believed only where its words check out.

Nothing here opens a connection. ``SecondReader`` is given a ``Transport`` that does.
"""

from __future__ import annotations

from milium.reading.second.checking import Checked, check
from milium.reading.second.reader import MOST_CHARACTERS, SecondReader, Transport
from milium.reading.second.reply import proposals
from milium.reading.second.request import PROMPT_VERSION, request


__all__ = [
    "MOST_CHARACTERS",
    "PROMPT_VERSION",
    "Checked",
    "SecondReader",
    "Transport",
    "check",
    "proposals",
    "request",
]
