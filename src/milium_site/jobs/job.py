"""Work that a worker does later, and how often it is tried.

A job may run more than once (a worker may die after the work and before it is written down): what it does is
written so that doing it twice is doing it once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from traceback import extract_tb, format_list
from typing import ParamSpec, TypeVar

from django_tasks import task
from django_tasks.base import Task


P = ParamSpec("P")
T = TypeVar("T")
LONGEST_WAIT = timedelta(hours=6)


class TryLater(Exception):
    """Not now, and nothing is wrong: the job goes back in line and the attempt is not counted."""

    def __init__(self, why: str, *, after: timedelta = timedelta(seconds=30)) -> None:
        super().__init__(why)
        self.after = after


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How often a job is tried, and how long it waits after its first failure; each further wait is twice as long."""

    attempts: int = 10
    first_wait: timedelta = timedelta(seconds=20)

    def wait_after(self, failures: int) -> timedelta | None:
        """How long to wait after so many failures; None when it has failed for good.

        >>> Patience().wait_after(3)
        datetime.timedelta(seconds=80)
        >>> Patience(attempts=3).wait_after(3) is None
        True
        """
        if failures >= self.attempts:
            return None
        return min(self.first_wait * (1 << min(failures - 1, 20)), LONGEST_WAIT)


_PATIENCE: dict[str, Patience] = {}


class ToldToOperators(Exception):
    """An error whose words are safe to keep with a failed job: they hold no name, no address and nobody's text."""


def job(
    *, attempts: int = 10, first_wait: timedelta = timedelta(seconds=20)
) -> Callable[[Callable[P, T]], Task[P, T]]:
    """Makes a function a job: ``jobs.actions.enqueue(job="package.module.name", ...)`` puts it in line."""

    def made(function: Callable[P, T]) -> Task[P, T]:
        made_task = task()(function)
        _PATIENCE[made_task.module_path] = Patience(attempts=attempts, first_wait=first_wait)
        return made_task

    return made


def patience_with(path: str) -> Patience:
    """How often the job at this path is tried."""
    return _PATIENCE.get(path, Patience())


def story_of(error: Exception) -> str:
    """Where it went wrong, by files and lines. An error's own words may repeat what a person wrote: they stay out."""
    said = f": {error}" if isinstance(error, ToldToOperators) else ""
    frames = "".join(format_list(extract_tb(error.__traceback__)))
    return f"{frames}{type(error).__qualname__}{said}"
