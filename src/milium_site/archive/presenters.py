"""A published case in the shape in which cases and opinions are presented everywhere. Nothing here is ever saved."""

from __future__ import annotations

from milium_site.archive.copying import Copy
from milium_site.archive.models import PublishedCase
from milium_site.cases.models import Case
from milium_site.opinions.models import Opinion
from milium_site.opinions.workflow import SIGNED


def as_case(page: PublishedCase) -> Case:
    """The page as a case that was never kept."""
    return Case(
        key=page.key,
        text=page.question,
        question=page.question,
        history=page.history,
        history_read=page.history,
        sex=page.sex,
        country=page.country,
    )


def as_told(copy: Copy) -> Case:
    """What a page would tell of its asker, as a case that was never kept."""
    return Case(history=copy.history, sex=copy.sex, country=copy.country)  # type: ignore[misc] # a JSON column takes any JSON


def as_opinions(page: PublishedCase) -> list[Opinion]:
    """The page's answers as opinions that were never kept. Their days are left out: only the year is published."""
    return [
        Opinion(
            pk=opinion.pk,
            state=SIGNED,
            text=opinion.text,
            reading=opinion.reading,
            credential=opinion.credential,
        )
        for opinion in page.opinions.all()
    ]
