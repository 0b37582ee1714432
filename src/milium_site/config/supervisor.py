"""A process beside this one: started, started again when it dies, and stopped when this one stops."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection  # now: an import that is under way when a process is forked would never end in it
import os
import sys
import threading
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Self


# A process that dies at once is not started a thousand times a second.
FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0
GRACE = 40.0
SETTLED = 60.0


class Supervised:
    """``with Supervised("worker", worker): ...`` runs that command for as long as the block runs.

    It shares with this process what was loaded before. It has a session of its own, so that Ctrl+C reaches this process
    alone and this one decides when to stop it; should this process be killed, the other sees that its parent has gone and
    stops by itself.
    """

    def __init__(self, name: str, command: Callable[[list[str]], int]) -> None:
        self._name, self._command = name, command
        self._stopping = threading.Event()
        self._process: BaseProcess | None = None
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._keep, daemon=True)

    def __enter__(self) -> Self:
        # Before there is a second thread: what another thread holds at that moment would stay held in the new process.
        self._start()
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stopping.set()
        with self._lock:
            if self._process and self._process.is_alive():
                self._process.terminate()
        self._thread.join(GRACE)
        if self._process and self._process.is_alive():
            self._process.kill()

    def _keep(self) -> None:
        wait, running = FIRST_WAIT, True
        while running:
            assert self._process is not None  # noqa: S101 (_start has just set it)
            self._process.join(SETTLED)
            if self._process.is_alive():
                wait = FIRST_WAIT
                self._process.join()
            if not self._stopping.is_set():
                sys.stderr.write(
                    f"milium: {self._name} ended ({self._process.exitcode}); starting it again\n"
                )
            self._stopping.wait(wait)
            wait = min(wait * 2, LONGEST_WAIT)
            running = self._start()

    def _start(self) -> bool:
        with self._lock:
            if self._stopping.is_set():
                return False
            arguments = ["--with-parent", str(os.getpid())]
            self._process = multiprocessing.Process(
                target=_alone, args=(self._command, arguments), name=self._name
            )
            self._process.start()
            return True


def _alone(command: Callable[[list[str]], int], arguments: list[str]) -> None:
    os.setsid()
    raise SystemExit(command(arguments))
