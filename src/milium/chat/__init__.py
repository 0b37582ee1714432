"""The connection to a chat endpoint: the only place of the library that opens one, and only when settings name it.

Needs the extra ``chat`` (``pip install 'milium[chat]'``).
"""

from __future__ import annotations

from milium.chat.connection import MOST_BYTES, ChatConnection
from milium.chat.reader import chat_reader
from milium.chat.settings import ChatSettings


__all__ = ["MOST_BYTES", "ChatConnection", "ChatSettings", "chat_reader"]
