"""Spans of time as people say them."""

from __future__ import annotations

from datetime import timedelta

from django import template


register = template.Library()


@register.filter
def span(value: timedelta | None) -> str:
    """In minutes below two hours, in hours below two days, else in days; nothing where nothing was measured.

    >>> span(timedelta(minutes=90)), span(timedelta(hours=30)), span(timedelta(seconds=9)), span(None)
    ('90 minutes', '30 hours', 'under a minute', '')
    """
    if value is None:
        return ""
    minutes = round(value.total_seconds() / 60)
    for least, size, name in ((2 * 1440, 1440, "day"), (120, 60, "hour"), (1, 1, "minute")):
        if minutes >= least:
            number = round(minutes / size)
            return f"{number} {name}{'' if number == 1 else 's'}"
    return "under a minute"
