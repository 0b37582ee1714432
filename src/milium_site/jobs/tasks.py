"""The job that every round is."""

from __future__ import annotations

from django.utils.module_loading import import_string

from milium_site.jobs.job import job


@job(attempts=3)
def do(*, path: str) -> None:
    """Calls the function of a round. Its next turn comes anyway, so it is not tried for long."""
    import_string(path)()
