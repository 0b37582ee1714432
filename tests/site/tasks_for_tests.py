"""Jobs that the tests put in line."""

from __future__ import annotations

from milium_site.jobs.job import TryLater, job


DONE: list[str] = []


class Unhappy(Exception):
    """A job could not be done."""


@job()
def writes(*, what: str) -> None:
    DONE.append(what)


@job(attempts=3)
def fails(*, what: str) -> None:
    raise Unhappy(f"could not do {what}")


@job(attempts=3)
def waits() -> None:
    raise TryLater("not now")


def turn() -> None:
    DONE.append("turn")
