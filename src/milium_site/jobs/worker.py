"""The worker: takes one job after another until it is asked to stop, and says all the while that it lives."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from types import FrameType

from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.utils.crypto import get_random_string

from milium_site.jobs.actions import beat, claim_job, finish_job, leave, start_rounds
from milium_site.jobs.queries import Job, due_jobs
from milium_site.jobs.rounds import Every


LOG = logging.getLogger("milium.worker")
BEAT = 10.0
ROUNDS = 5.0
REST = 0.5
# After the database could not be reached; each further wait is twice as long, up to the last.
GONE, GONE_LONGEST = 1.0, 15.0


class Stop:
    """Says when to stop: at a signal, or when the process that started the worker has gone."""

    def __init__(self, *, parent: int | None = None) -> None:
        self._asked = threading.Event()
        self._parent = parent

    def ask(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """The job at hand is finished first."""
        self._asked.set()

    @property
    def asked(self) -> bool:
        """Whether to begin nothing new."""
        return self._asked.is_set() or (self._parent is not None and os.getppid() != self._parent)

    def rest(self, seconds: float) -> None:
        """Waits, but not beyond the asking."""
        self._asked.wait(seconds)


def run(*, table: Iterable[Every], parent: int | None = None) -> None:
    """Works until SIGTERM or SIGINT, or until the process ``parent`` is no longer this one's parent."""
    stop = Stop(parent=parent)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop.ask)
    key = get_random_string(20)
    beating = threading.Thread(target=_beat, args=(key, stop), daemon=True)
    beating.start()
    try:
        _work(key, tuple(table), stop)
    finally:
        stop.ask()
        beating.join(BEAT)
        with suppress(DatabaseError):
            leave(worker=key)


def work_off(*, worker: str = "tests") -> int:
    """Does everything that is due now, in this process; gives how many jobs it was."""
    done = 0
    while job := claim_job(worker=worker):
        do(job)
        done += 1
    return done


def do(job: Job) -> Job:
    """Does one job and writes down what came of it."""
    try:
        task = job.task
        task.call(*job.args_kwargs["args"], **job.args_kwargs["kwargs"])
    except Exception as error:
        LOG.warning("job %s failed: %s", job.task_path, type(error).__qualname__)
        return finish_job(job=job, error=error)
    return finish_job(job=job)


def _work(key: str, table: tuple[Every, ...], stop: Stop) -> None:
    rounds_at, wait = 0.0, GONE
    while not stop.asked:
        try:
            close_old_connections()
            if time.monotonic() >= rounds_at:
                start_rounds(table=table)
                rounds_at = time.monotonic() + ROUNDS
            # Looked at without a lock first: a worker that rests leaves writers alone.
            job = claim_job(worker=key) if due_jobs().exists() else None
            if job:
                do(job)
            else:
                stop.rest(REST)
            wait = GONE
        except (DatabaseError, InterfaceError) as error:
            wait = _wait_for_the_database(error, wait, stop)


def _wait_for_the_database(error: Exception, wait: float, stop: Stop) -> float:
    LOG.error("the database does not answer (%s); trying again", type(error).__name__)
    connection.close()
    stop.rest(wait)
    return min(wait * 2, GONE_LONGEST)


def _beat(key: str, stop: Stop) -> None:
    while not stop.asked:
        _quietly(lambda: beat(worker=key))
        stop.rest(BEAT)
    connection.close()


def _quietly(write: Callable[[], object]) -> None:
    """Says so and goes on where the database does not answer: the next beat comes soon."""
    try:
        close_old_connections()
        write()
    except (DatabaseError, InterfaceError) as error:
        LOG.warning("could not say that this worker lives: %s", type(error).__name__)
        connection.close()
