"""Reading jobs."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeAlias

from django.db.models import QuerySet
from django_tasks_db.models import DBTaskResult

from milium_site.jobs.models import Worker


# The library names the types of a job’s arguments and result; here every job is alike.
Job: TypeAlias = "DBTaskResult[Any, Any]"


def waiting_jobs() -> QuerySet[Job]:
    """What is in line, now or later."""
    return DBTaskResult.objects.filter(status="READY")


def due_jobs() -> QuerySet[Job]:
    """What could be done now."""
    return DBTaskResult.objects.ready()


def dead_jobs() -> QuerySet[Job]:
    """What failed for good, the latest first."""
    return DBTaskResult.objects.filter(status="FAILED").order_by("-finished_at")


def running_jobs() -> QuerySet[Job]:
    """What a worker is doing."""
    return DBTaskResult.objects.filter(status="RUNNING")


def under_way(task: str, **arguments: object) -> bool:
    """Whether this job with these arguments is in line or being done."""
    rows = DBTaskResult.objects.filter(status__in=["READY", "RUNNING"], task_path=task)
    return any(row.args_kwargs["kwargs"] == arguments for row in rows)


def jobs_of_the_dead(heard_before: datetime) -> list[Job]:
    """What is being done by workers that are gone, each row held. A job just claimed is given time to be heard of."""
    living = set(Worker.objects.values_list("key", flat=True))
    rows = running_jobs().filter(started_at__lt=heard_before).select_for_update(skip_locked=True)
    return [job for job in rows if job.worker_ids[-1] not in living]
