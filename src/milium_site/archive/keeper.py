"""This node's index of the archive: derived from the database, and never more than seconds behind it.

Every process of a node looks at the database's count of changes. The one that gets the lock brings the index up to
date, or builds it anew beside the old one when it is missing, damaged or another database's; the others reload.
"""

from __future__ import annotations

import fcntl
import json
import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import DatabaseError, close_old_connections

from milium.api import Archive, build_index, open_archive, update_index
from milium.errors import BadIndex
from milium_site.archive import queries
from milium_site.archive.entries import entries_of


LOG = logging.getLogger(__name__)
# Seconds between two looks at the database.
PAUSE = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """How far an index has come: which archive it is of, the number of the last change in it, and which build it is."""

    identity: str
    number: int
    build: str = ""


class Keeper:
    """Keeps one folder's index."""

    def __init__(self, home: Path) -> None:
        self.home, self.folder = home, home / "index"
        self.archive: Archive | None = None
        self.seen = Mark(identity="", number=-1)
        self._opened: Mark | None = None
        self._turn = threading.Lock()

    def refresh(self) -> None:
        """Looks at the database once, and does what there is to do; leaves what another process is doing to it."""
        with self._turn:
            identity, number = queries.ledger()
            now = Mark(identity=identity, number=number)
            self._open()
            mark = self.mark()
            if self.archive is None or mark is None or mark.identity != now.identity:
                self._alone(self._build)
            elif mark.number > now.number:
                # The database was put back to an earlier day.
                self._alone(self._build)
            elif mark.number < now.number:
                self._alone(self._apply)
            self._open()
            self.seen = now

    def rebuild(self) -> int:
        """Builds the index anew beside the old one, waiting for whoever writes to it now; the number of entries."""
        with self._turn, self._lock(wait=True):
            count = self._build()
            self._open()
        return count

    def lost(self) -> None:
        """The index turned out damaged while it was used: it is built anew at the next look. Waits for nobody."""
        self.archive, self._opened = None, None
        (self.home / "mark.json").unlink(missing_ok=True)

    def mark(self) -> Mark | None:
        """How far the index has come; None where that is not known."""
        try:
            data = json.loads((self.home / "mark.json").read_text("utf-8"))
            return Mark(
                identity=str(data["identity"]),
                number=int(data["number"]),
                build=str(data.get("build", "")),
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def _open(self) -> None:
        mark = self.mark()
        if mark is None or (self.archive is not None and mark == self._opened):
            return
        try:
            self.archive, self._opened = self._newest(), mark
        except BadIndex as error:
            LOG.warning("the index will be built anew: %s", error)
            self.archive, self._opened = None, None

    def _newest(self) -> Archive:
        """What is there now. Whoever is searching goes on with what they began with."""
        if self.archive is None:
            return open_archive(self.folder)
        newest = copy(self.archive)
        newest.reload()
        return newest

    def _build(self) -> int:
        identity, number = queries.ledger()
        count = build_index(self.folder, entries_of(queries.pages()))
        self._write(Mark(identity=identity, number=number, build=uuid4().hex))
        return count

    def _apply(self) -> int:
        mark = self.mark()
        if mark is None:
            return 0
        identity, number = queries.ledger()
        keys = queries.changes_after(mark.number)
        writer = update_index(self.folder)
        try:
            for key in keys:
                writer.remove(key)
            for entry in entries_of(queries.pages(keys)):
                writer.put(entry)
            writer.commit()
        finally:
            writer.close()
        self._write(Mark(identity=identity, number=number, build=mark.build))
        return len(keys)

    def _write(self, mark: Mark) -> None:
        fresh = self.home / "mark.json.new"
        fresh.write_text(json.dumps(asdict(mark)), "utf-8")
        fresh.replace(self.home / "mark.json")

    def _alone(self, work: object) -> None:
        with self._lock(wait=False) as got:
            if got and callable(work):
                try:
                    work()
                except BadIndex as error:
                    LOG.warning("the index will be built anew: %s", error)
                    (self.home / "mark.json").unlink(missing_ok=True)

    @contextmanager
    def _lock(self, *, wait: bool) -> Iterator[bool]:
        """Whether this process may write. The system frees the lock of a process that died."""
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.home / "lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                yield False
                return
            yield True


_KEEPERS: dict[Path, Keeper] = {}
_FOLLOWING = threading.Event()


def keeper() -> Keeper:
    """The keeper of this instance's index. Where nothing follows the database, it looks now."""
    kept = _kept()
    if not _FOLLOWING.is_set():
        kept.refresh()
    return kept


def follow() -> None:
    """From now on this process looks at the database every second, beside what it answers."""
    kept = _kept()
    _FOLLOWING.set()
    threading.Thread(target=_follow, args=(kept,), name="archive", daemon=True).start()


def _kept() -> Keeper:
    home = Path(settings.ARCHIVE_HOME)
    return _KEEPERS.setdefault(home, Keeper(home))


def _follow(kept: Keeper) -> None:
    while True:
        try:
            close_old_connections()
            kept.refresh()
        except (DatabaseError, OSError) as error:
            # The database is away, or a disk is full: the site goes on with what it has, and this tries again.
            LOG.warning("the archive's index could not be brought up to date: %s", error)
        time.sleep(PAUSE)
