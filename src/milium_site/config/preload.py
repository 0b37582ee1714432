"""What every process that serves or works will need, loaded once before they are forked.

Pages of memory that nobody writes to are then shared, and a process is ready as soon as it is there.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import sys
from importlib import import_module

from django.conf import settings
from django.db import connections

from milium.api import deidentify, read_answer, read_question, triage


# Each has its rules and terms compiled when it first reads something.
READERS = (read_question, read_answer, triage, deidentify)

M_ARENA_MAX = -8  # of mallopt(3)


def preload() -> None:
    """Loads the site's code, its vocabulary and its rules, and lets go of the database, whose connections no fork may share."""
    if sys.platform != "linux":
        # Elsewhere a process begins anew and has nothing of this one.
        return
    multiprocessing.set_start_method("fork")
    import_module(settings.ROOT_URLCONF)
    import_module("milium_site.config.periodic")
    for read in READERS:
        read("An itchy rash on my neck. I tried hydrocortisone.")
    for connection in connections.all(initialized_only=True):
        connection.close()
        if connection.settings_dict["OPTIONS"].get("pool"):
            connection.close_pool()  # type: ignore[attr-defined] # PostgreSQL's alone
    # A piece of the heap for every thread would be kept by each, mostly empty.
    if hasattr(libc := ctypes.CDLL(None), "mallopt"):
        libc.mallopt(M_ARENA_MAX, 1)
    # What is here now is not looked through for garbage again: looking writes to every page.
    gc.collect()
    gc.freeze()
