"""Every write to jobs: putting them in line, claiming them, and what came of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult, get_date_max

from milium_site.jobs.job import TryLater, patience_with, story_of
from milium_site.jobs.models import Round, Worker
from milium_site.jobs.queries import Job, dead_jobs, jobs_of_the_dead, under_way
from milium_site.jobs.rounds import Every


DO = "milium_site.jobs.tasks.do"
# A worker says that it lives every ten seconds.
SILENT = timedelta(seconds=45)
KEPT = timedelta(days=1)


@transaction.atomic
def enqueue(*, job: str, after: timedelta | None = None, **arguments: object) -> str:
    """Puts the ``job`` (the path of a function made by ``jobs.job.job``) in line, in the caller's transaction; gives its id.

    The path is a string, so that an action may enqueue the job that calls it. ``arguments`` are keys and numbers,
    never a person's words: they are kept with the job as they are.
    """
    task = import_string(job)
    if after:
        task = task.using(run_after=timezone.now() + after)
    return str(task.enqueue(**arguments).id)


@transaction.atomic
def claim_job(*, worker: str) -> Job | None:
    """The next job in line, now this worker's; None where nothing is due."""
    job = DBTaskResult.objects.ready().get_locked()
    if job is not None:
        job.claim(worker)
    return job


@transaction.atomic
def finish_job(*, job: Job, error: Exception | None = None) -> Job:
    """Writes down what came of it: done, back in line after a wait, or failed for good.

    A worker that was taken for dead may come back late: what another has claimed since is left alone.
    """
    held = DBTaskResult.objects.select_for_update().get(pk=job.pk)
    if held.status != "RUNNING" or held.worker_ids != job.worker_ids:
        return held
    if error is None:
        held.set_successful(None)
        return held
    if isinstance(error, TryLater):
        return _back_in_line(held, error.after, counted=False)
    return _failed(held, type(error).__qualname__, story_of(error))


@transaction.atomic
def beat(*, worker: str) -> int:
    """The worker lives. Jobs of those who have not been heard of go back in line; gives how many."""
    now = timezone.now()
    Worker.objects.update_or_create(
        key=worker, defaults={"heard_at": now}, create_defaults={"heard_at": now, "started_at": now}
    )
    Worker.objects.filter(heard_at__lt=now - SILENT).delete()
    orphans = jobs_of_the_dead(now - SILENT)
    for job in orphans:
        _failed(job, "WorkerDied", "The worker ended in the middle of it.")
    return len(orphans)


@transaction.atomic
def leave(*, worker: str) -> None:
    """The worker has finished its last job."""
    Worker.objects.filter(key=worker).delete()


@transaction.atomic
def start_rounds(*, table: Iterable[Every]) -> list[str]:
    """Puts every round that is due in line, once however many workers look; gives their names.

    A round whose last turn is still under way is not started over it.
    """
    now = timezone.now()
    started = []
    for every in table:
        Round.objects.get_or_create(name=every.name, defaults={"next_at": now})
        row = (
            Round.objects.select_for_update(skip_locked=True)
            .filter(name=every.name, next_at__lte=now)
            .first()
        )
        if row is None:
            continue
        row.next_at, row.started_at = now + every.every, now
        row.save()
        if not under_way(DO, path=every.does):
            enqueue(job=DO, path=every.does)
            started.append(every.name)
    return started


@transaction.atomic
def retry_job(*, key: str) -> bool:
    """A job that failed for good starts anew, with all its attempts. False when it is no longer among them."""
    return bool(
        dead_jobs()
        .order_by()
        .filter(pk=key)
        .update(status="READY", run_after=get_date_max(), worker_ids=[], finished_at=None)
    )


@transaction.atomic
def drop_job(*, key: str) -> bool:
    """A job that failed for good is given up. False when it is no longer among them."""
    return bool(dead_jobs().filter(pk=key).delete()[0])


@transaction.atomic
def sweep() -> int:
    """Takes jobs that were done a day ago off the table; gives how many. What failed stays until somebody looks."""
    old = timezone.now() - KEPT
    return DBTaskResult.objects.filter(status="SUCCESSFUL", finished_at__lt=old).delete()[0]


def _failed(job: Job, name: str, story: str) -> Job:
    wait = patience_with(job.task_path).wait_after(len(job.worker_ids))
    job.exception_class_path, job.traceback = name, story
    if wait is not None:
        return _back_in_line(job, wait, counted=True)
    job.status, job.finished_at = "FAILED", timezone.now()
    job.save()
    return job


def _back_in_line(job: Job, wait: timedelta, *, counted: bool) -> Job:
    if not counted:
        job.worker_ids = job.worker_ids[:-1]
    job.status, job.run_after = "READY", timezone.now() + wait
    job.save()
    return job
