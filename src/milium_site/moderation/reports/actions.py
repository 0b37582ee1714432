"""Every write of a report: that somebody says something is wrong, and that a moderator has looked at it."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from milium_site.cases.models import Case
from milium_site.moderation.models import Report
from milium_site.moderation.queries import reports_from
from milium_site.moderation.reasons import risk_of_report
from milium_site.people.models import User
from milium_site.record.actions import record


REPORTS_AN_HOUR = 5


class TooMany(Exception):
    """This sender reported too much within the hour."""


@transaction.atomic
def report(
    *, kind: str, key: str, case: Case | None, reasons: list[str], words: str, source: str
) -> Report:
    """Keeps that somebody says something is wrong. The same from the same sender is one report.

    Raises ``TooMany`` after ``REPORTS_AN_HOUR``.
    """
    now = timezone.now()
    same = Report.objects.filter(kind=kind, key=key, source=source, closed_at=None).first()
    if same:
        return same
    if reports_from(source, now - timedelta(hours=1)) >= REPORTS_AN_HOUR:
        raise TooMany(
            "You have told us of several things within an hour. We are looking at them. Try again later."
        )
    found = Report.objects.create(
        kind=kind, key=key, case=case, reasons=reasons, words=words,
        risk=risk_of_report(reasons), source=source, at=now,
    )  # fmt: skip
    record(verb="reported", kind=kind, key=key, case=case.key if case else "", reasons=reasons)
    return found


@transaction.atomic
def close_report(*, report: Report, by: User) -> Report:
    """Says that somebody looked at it. What was decided of it is a decision of its own."""
    Report.objects.filter(pk=report.pk, closed_at=None).update(
        closed_at=timezone.now(), closed_by=by
    )
    record(
        verb="closed",
        kind="report",
        key=str(report.pk),
        case=report.case.key if report.case else "",
    )
    return Report.objects.get(pk=report.pk)
