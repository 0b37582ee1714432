"""A process beside this one: started, started again when it dies, and stopped when this one stops."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from types import TracebackType
from typing import Self


# A process that dies at once is not started a thousand times a second.
FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0
GRACE = 40.0
SETTLED = 60.0


class Supervised:
    """``with Supervised("worker"): ...`` runs ``milium worker`` for as long as the block runs.

    It has a session of its own, so that Ctrl+C reaches this process alone and this one decides when to stop it; should
    this process be killed, the other sees that its parent has gone and stops by itself.
    """

    def __init__(self, *command: str) -> None:
        self._command = [
            sys.executable,
            "-m",
            "milium",
            *command,
            "--with-parent",
            str(os.getpid()),
        ]
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._keep, daemon=True)

    def __enter__(self) -> Self:
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
            if self._process and self._process.poll() is None:
                self._process.terminate()
        self._thread.join(GRACE)
        if self._process and self._process.poll() is None:
            self._process.kill()

    def _keep(self) -> None:
        wait = FIRST_WAIT
        while self._start():
            assert self._process is not None  # noqa: S101 (_start has just set it)
            try:
                self._process.wait(SETTLED)
            except subprocess.TimeoutExpired:
                wait = FIRST_WAIT
                self._process.wait()
            if not self._stopping.is_set():
                sys.stderr.write(
                    f"milium: {self._command[3]} ended ({self._process.returncode}); starting it again\n"
                )
            self._stopping.wait(wait)
            wait = min(wait * 2, LONGEST_WAIT)

    def _start(self) -> bool:
        with self._lock:
            if self._stopping.is_set():
                return False
            self._process = subprocess.Popen(self._command, start_new_session=True)  # noqa: S603 (ourselves)
            return True
