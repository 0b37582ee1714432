"""What a supervisor, a load balancer and Prometheus ask."""

from __future__ import annotations

import hmac
from collections.abc import Iterator

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector
from typing_extensions import override

from milium_site.cases.models import Case
from milium_site.jobs.models import Worker
from milium_site.jobs.queries import dead_jobs, due_jobs, running_jobs, waiting_jobs
from milium_site.notices.models import Letter


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return _plain("ok")


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """The database answers and its tables are those of this version; 503 with the reason while not."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return _plain("the database does not answer", status=503)
    if waiting:
        return _plain(f"{len(waiting)} migrations are not applied", status=503)
    return _plain("ready")


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus, to operators and to whoever sends the token of ``MILIUM_METRICS_TOKEN``."""
    if not _may_read(request):
        raise PermissionDenied("This page is for operators.")
    registry = CollectorRegistry()
    registry.register(Figures())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_PLAIN_0_0_4)


class Figures(Collector):
    """Counted in the database when asked, so that they are the same whichever process answers."""

    @override
    def collect(self) -> Iterator[Metric]:
        yield _jobs()
        yield GaugeMetricFamily(
            "milium_job_waiting_seconds", "How long the longest due job has waited.", _longest()
        )
        yield GaugeMetricFamily(
            "milium_workers", "Workers heard of lately.", Worker.objects.count()
        )
        yield _by_state("milium_cases", "Cases by state.", Case)
        yield _by_state("milium_letters", "Letters by state.", Letter)


def _jobs() -> Metric:
    family = GaugeMetricFamily("milium_jobs", "Jobs by state.", labels=["state"])
    for state, rows in (
        ("waiting", waiting_jobs()),
        ("running", running_jobs()),
        ("failed", dead_jobs()),
    ):
        family.add_metric([state], rows.count())
    return family


def _longest() -> float:
    first = due_jobs().aggregate(first=Min("enqueued_at"))["first"]
    return (timezone.now() - first).total_seconds() if first else 0.0


def _by_state(name: str, help_: str, model: type[Case | Letter]) -> Metric:
    family = GaugeMetricFamily(name, help_, labels=["state"])
    rows = model._default_manager.order_by().values("state").annotate(n=Count("pk"))  # noqa: SLF001 (Django's documented name)
    for row in rows:
        family.add_metric([row["state"]], row["n"])
    return family


def _may_read(request: HttpRequest) -> bool:
    token = settings.MILIUM_METRICS_TOKEN
    sent = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and hmac.compare_digest(sent.encode(), token.encode()):
        return True
    user = request.user
    return user.is_authenticated and user.is_active and user.is_staff


def _plain(text: str, *, status: int = 200) -> HttpResponse:
    return HttpResponse(f"{text}\n", content_type="text/plain; charset=utf-8", status=status)
