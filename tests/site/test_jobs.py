"""Jobs: in line with what asked for them, tried again, given to others when a worker dies, and never lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from tests import factories as make
from tests.site import tasks_for_tests as here

from milium_site.config.periodic import TABLE
from milium_site.jobs.actions import (
    SILENT,
    beat,
    claim_job,
    enqueue,
    finish_job,
    start_rounds,
    sweep,
)
from milium_site.jobs.models import Round, Worker
from milium_site.jobs.queries import dead_jobs, due_jobs, waiting_jobs
from milium_site.jobs.rounds import Every
from milium_site.jobs.worker import do, work_off
from milium_site.record.models import Entry


pytestmark = pytest.mark.django_db
WRITES = "tests.site.tasks_for_tests.writes"
FAILS = "tests.site.tasks_for_tests.fails"
WAITS = "tests.site.tasks_for_tests.waits"


@pytest.fixture(autouse=True)
def _nothing_done_yet() -> None:
    here.DONE.clear()


def hurry() -> None:
    """As if the wait were over."""
    DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())


def age(**ages: timedelta) -> None:
    """As if every job had been claimed, or done, so long ago."""
    DBTaskResult.objects.update(**{name: timezone.now() - by for name, by in ages.items()})


def test_a_job_is_done_by_a_worker() -> None:
    enqueue(job=WRITES, what="a")

    assert work_off() == 1

    assert here.DONE == ["a"]


def test_a_job_is_there_only_when_what_asked_for_it_was_committed() -> None:
    with transaction.atomic():
        enqueue(job=WRITES, what="a")
        transaction.set_rollback(True)

    assert not waiting_jobs().exists()


def test_a_job_for_later_waits() -> None:
    enqueue(job=WRITES, what="a", after=timedelta(hours=1))

    assert work_off() == 0

    hurry()
    assert work_off() == 1


def test_a_job_that_fails_is_tried_again_after_longer_and_longer_waits_then_kept_for_operators() -> (
    None
):
    enqueue(job=FAILS, what="a")
    waits = []

    for _ in range(3):
        hurry()
        before = timezone.now()
        assert work_off() == 1
        waits += [round((j.run_after - before).total_seconds()) for j in waiting_jobs()]

    assert waits == [20, 40]
    assert dead_jobs().get().exception_class_path == "Unhappy"


def test_what_a_job_keeps_of_an_error_holds_no_words_of_it() -> None:
    enqueue(job=FAILS, what="asker@example.org")
    work_off()

    kept = DBTaskResult.objects.get().traceback
    assert "Unhappy" in kept
    assert "asker@example.org" not in kept


def test_a_job_that_asks_to_wait_is_not_counted_as_tried() -> None:
    enqueue(job=WAITS)
    for _ in range(8):
        hurry()
        work_off()

    assert waiting_jobs().get().worker_ids == []


def test_a_dead_worker_s_job_goes_to_another_and_a_living_one_s_does_not() -> None:
    for what in "ab":
        enqueue(job=WRITES, what=what)
    beat(worker="living")
    claim_job(worker="living")
    claim_job(worker="dead")
    age(started_at=SILENT + timedelta(seconds=1))

    assert beat(worker="another") == 1

    hurry()
    assert work_off() == 1
    assert DBTaskResult.objects.get(status="RUNNING").worker_ids == ["living"]


def test_a_job_that_kills_every_worker_ends_among_the_failed() -> None:
    enqueue(job=FAILS, what="a")
    for n in range(3):
        hurry()
        assert claim_job(worker=f"dead {n}")
        age(started_at=SILENT + timedelta(seconds=1))
        beat(worker="another")

    assert dead_jobs().get().exception_class_path == "WorkerDied"


def test_a_worker_that_comes_back_late_does_not_undo_what_another_did() -> None:
    enqueue(job=WRITES, what="a")
    late = claim_job(worker="late")
    assert late
    age(started_at=SILENT + timedelta(seconds=1))
    beat(worker="another")
    hurry()
    work_off(worker="another")

    finish_job(job=late, error=RuntimeError("too late"))

    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


def test_a_job_whose_function_is_gone_fails_in_words() -> None:
    enqueue(job=WRITES, what="a")
    DBTaskResult.objects.update(task_path="tests.site.tasks_for_tests.gone")
    job = claim_job(worker="w")
    assert job

    assert do(job).exception_class_path == "ImportError"


def test_a_round_is_started_once_however_many_workers_look() -> None:
    table = (Every(name="r", every=timedelta(hours=1), does=f"{here.__name__}.turn"),)

    assert [start_rounds(table=table) for _ in range(3)] == [["r"], [], []]

    work_off()
    Round.objects.update(next_at=timezone.now())
    assert start_rounds(table=table) == ["r"]


def test_a_round_is_not_started_over_its_own_last_turn() -> None:
    table = (Every(name="r", every=timedelta(0), does=f"{here.__name__}.turn"),)

    assert [start_rounds(table=table) for _ in range(3)] == [["r"], [], []]


def test_every_round_of_the_table_runs_twice_without_harm() -> None:
    for _ in range(2):
        Round.objects.update(next_at=timezone.now())
        assert len(start_rounds(table=TABLE)) == len(TABLE)
        assert work_off() >= len(TABLE)

    assert not dead_jobs().exists()
    assert not waiting_jobs().exists()


def test_what_was_done_a_day_ago_is_swept_and_what_failed_is_kept() -> None:
    enqueue(job=WRITES, what="a")
    work_off()
    enqueue(job=FAILS, what="a")
    age(finished_at=timedelta(days=2))

    sweep()

    assert [job.task_path for job in DBTaskResult.objects.all()] == [FAILS]


def dead() -> str:
    """A job that failed for good."""
    key = enqueue(job=FAILS, what="a")
    for _ in range(3):
        hurry()
        work_off()
    return key


@pytest.mark.parametrize(
    ("button", "verb", "left"), [("retry", "retried", 1), ("drop", "dropped", 0)]
)
def test_an_operator_tries_again_or_gives_up_and_it_is_recorded(
    button: str, verb: str, left: int, client: Client
) -> None:
    key = dead()
    client.force_login(make.user(is_staff=True))
    assert b"Unhappy" in client.get("/operator/jobs/").content

    for _ in range(2):
        client.post("/operator/jobs/", {button: key})

    assert due_jobs().count() == left
    assert [e.verb for e in Entry.objects.filter(kind="job", key=key)] == [verb]


def test_nobody_but_an_operator_deals_with_jobs(client: Client) -> None:
    key = dead()
    client.force_login(make.user(is_moderator=True))

    assert client.post("/operator/jobs/", {"drop": key}).status_code == 403

    assert dead_jobs().count() == 1


def test_the_site_says_that_it_is_well(client: Client) -> None:
    assert client.get("/health/").content == b"ok\n"
    assert client.get("/ready/").content == b"ready\n"


def test_figures_are_for_operators_and_whoever_has_the_token(
    client: Client, settings: object
) -> None:
    beat(worker="w")
    dead()
    settings.MILIUM_METRICS_TOKEN = "a-token"  # type: ignore[attr-defined]

    wrong = client.get("/metrics/", headers={"authorization": "Bearer another"})
    right = client.get("/metrics/", headers={"authorization": "Bearer a-token"})

    assert wrong.status_code == 403
    assert 'milium_jobs{state="failed"} 1.0' in right.content.decode()
    assert "milium_workers 1.0" in right.content.decode()
    assert Worker.objects.count() == 1
