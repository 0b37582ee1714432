"""What the page of a case's photos shows."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from milium_site.cases.models import Case
from milium_site.cases.workflow import WITH_ASKER
from milium_site.photos.forms import PhotoForm
from milium_site.photos.limits import MOST_BYTES, MOST_OF_A_CASE
from milium_site.photos.policies import is_minor, why_no_photos
from milium_site.photos.presenters import ByLink, photos_shown
from milium_site.photos.queries import new_key, photos_of
from milium_site.photos.words import places_of


# What is asked for, in the order of taking: its name and what to do.
ASKED_FOR = (
    ("far", "From afar", "The whole part of the body, such as the arm or the back, so that the place is clear."),
    ("medium", "Half near", "A hand’s length away, with something to know the place by: an ear, a nail, a skin fold."),
    ("close", "Close up", "As near as it stays sharp: about a hand’s width. A coin or ruler beside it shows the size."),
)  # fmt: skip


def page_of(case: Case, link: str, form: PhotoForm | None = None) -> dict[str, Any]:
    """Everything of the page; ``form`` is one that was refused."""
    there = photos_of(case)
    views, why_not = {photo.view for photo in there}, why_no_photos(case)
    wanted = next((name for name, *_ in ASKED_FOR if name not in views), "other")
    # The next photo shows the same place as the last one, more often than not.
    places = [there[-1].site] if there else [id_ for id_, _ in places_of(case)]
    fresh = PhotoForm(
        initial={
            "upload": new_key(),
            "view": wanted,
            "side": there[-1].side if there else "",
            "site": next(iter(places), ""),
        },
        case=case,
    )
    if form is not None:
        # The file has to be chosen again whatever was wrong; the number of the form stays, so nothing comes twice.
        fresh = form
    return {
        "case": case,
        "link": link,
        "form": fresh,
        "photos": photos_shown(case, ByLink(link=link)),
        "asked_for": [
            {"name": n, "title": t, "what": w, "there": n in views} for n, t, w in ASKED_FOR
        ],
        "wanted": wanted,
        "is_draft": case.state in WITH_ASKER,
        "is_minor": is_minor(case),
        "moderated": settings.MILIUM_SCREENING == "moderator",
        "may_add": not why_not,
        "why_not": why_not,
        "full": len(there) >= MOST_OF_A_CASE,
        "most": MOST_OF_A_CASE,
        "most_bytes": MOST_BYTES,
    }
