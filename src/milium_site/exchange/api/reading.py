"""The archive: open to everybody, as its pages are."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Path, Router
from pydantic import Field, StringConstraints

from milium.api import to_dict
from milium.errors import UnusableInput
from milium_site.archive.access import NotReady, search
from milium_site.archive.models import PublishedCase
from milium_site.archive.presenters import as_case, as_opinions
from milium_site.archive.queries import every_page, is_gone, page_by_key
from milium_site.exchange.api.schemas import (
    PublishedAnswer,
    PublishedList,
    PublishedOut,
    PublishedRow,
)
from milium_site.exchange.problems import Problem
from milium_site.opinions.queries import comparison_of


router = Router(tags=["archive"])


@router.get("/published", response=PublishedList)
def published(
    request: HttpRequest,
    q: Annotated[str, StringConstraints(max_length=300)] = "",
    skip: Annotated[int, Field(ge=0, le=1000)] = 0,
    limit: Annotated[int, Field(ge=1, le=50)] = 20,
) -> PublishedList:
    """Published cases: what answers ``q`` best, or the newest."""
    if q.strip():
        try:
            found = search(q, skip=skip, limit=limit)
        except NotReady as error:
            raise Problem(409, "The index is being made. Ask again in a minute.") from error
        except UnusableInput as error:
            raise Problem(422, "q: this cannot be searched for") from error
        pages, more = [match.page for match in found.found], found.more
    else:
        some = list(every_page()[skip : skip + limit + 1])
        pages, more = some[:limit], len(some) > limit
    return PublishedList(
        cases=[PublishedRow(**_row(page)) for page in pages], next=skip + limit if more else None
    )


@router.get("/published/{key}", response=PublishedOut)
def one(
    request: HttpRequest, key: Path[Annotated[str, StringConstraints(pattern=r"^[a-z0-9]{1,16}$")]]
) -> PublishedOut:
    """A published case. 404 with its reason where it was taken off."""
    page = page_by_key(key)
    if page is None:
        if is_gone(key):
            raise Problem(404, "This case was taken off the archive for good.")
        raise Http404
    opinions = as_opinions(page)
    return PublishedOut(
        **_row(page),
        question=page.question,
        answers=[
            PublishedAnswer(
                author=o.credential.get("name", ""),
                profession=o.credential.get("profession", ""),
                text=o.text,
                reading=o.reading,
            )
            for o in opinions
        ],
        comparison=to_dict(comparison_of(as_case(page), opinions)),
    )


def _row(page: PublishedCase) -> dict[str, Any]:
    return {
        "key": page.key,
        "title": page.title,
        "address": page.get_absolute_url(),
        "published_at": page.published_at,
        "age_band": page.age_band,
        "sex": page.sex,
    }
