"""Letters as .eml files in a folder: what a new installation does, so that it needs no mail server."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.crypto import get_random_string
from typing_extensions import override


class Folder(BaseEmailBackend):
    """One file for each message, named by its Message-ID: the same letter written twice is one file."""

    @override
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.MILIUM_MAIL_FOLDER)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for email in email_messages:
            message = email.message()
            name = re.sub(r"[^A-Za-z0-9_-]", "", str(message["Message-ID"]).partition("@")[0])
            # Written beside and moved into place: a half-written letter is never seen.
            half = folder / f".{name}.{get_random_string(8)}"
            half.write_bytes(message.as_bytes(linesep="\r\n"))  # type: ignore[call-arg] # Django adds it
            half.replace(folder / f"{name}.eml")
        return len(email_messages)
