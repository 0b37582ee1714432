"""Styles that stand in the page itself, so that a page is painted after one journey over the line. docs/adr/0065 says why.

The policy of every answer names each of them by its SHA-256: a style or script that is not one of these files does nothing.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders


# What the first paint of an asker's page waits for.
STYLES = (
    "milium/milium.css",
    "cases/cases.css",
    "casebook/casebook.css",
    "photos/photos.css",
    "archive/archive.css",
)
SCRIPTS = ("milium/theme.js",)


@lru_cache(maxsize=len(STYLES) + len(SCRIPTS))
def text_of(name: str) -> str:
    """One of these files, as it stands between its tags. Raises ``KeyError`` for any other."""
    if name not in STYLES + SCRIPTS:
        raise KeyError(f"{name} is not among the files of foundation/inline.py")
    file = finders.find(name)
    if file is None:
        raise FileNotFoundError(f"no static file {name}")
    return Path(file).read_text("utf-8")


def allowed(names: tuple[str, ...]) -> str:
    """What a policy says of them: each by its digest."""
    return " ".join(f"'sha256-{_digest(text_of(name))}'" for name in names)


def _digest(text: str) -> str:
    return b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
