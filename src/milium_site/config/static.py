"""Collecting static files, when there is something to collect."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def collect() -> bool:
    """Collects the static files unless they are those that were collected last; says whether it did.

    Hashing and compressing them takes longer than starting the site.
    """
    stamp, found = Path(settings.STATIC_ROOT) / ".collected", _fingerprint()
    if stamp.exists() and stamp.read_text(encoding="ascii") == found:
        return False
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(found, encoding="ascii")
    return True


def _fingerprint() -> str:
    seen = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            file = Path(storage.path(name)).stat()
            seen.update(f"{name} {file.st_size} {file.st_mtime_ns}\n".encode())
    return seen.hexdigest()
