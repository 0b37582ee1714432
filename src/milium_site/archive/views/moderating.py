"""A moderator reads what would be published, masks or unmasks, and publishes it or gives it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from milium_site.archive import actions
from milium_site.archive.context import review_page
from milium_site.archive.models import Publication
from milium_site.archive.pictures.actions import judge_photo
from milium_site.archive.policies import NotNow, SecondLook
from milium_site.archive.queries import amended_pages, stale_publications, waiting_publications
from milium_site.foundation.workflow import IllegalMove
from milium_site.people.access import moderators_only
from milium_site.people.models import User
from milium_site.photos.models import Photo
from milium_site.photos.queries import photo_of
from milium_site.record.actions import record


@require_safe
@moderators_only
def waiting(request: HttpRequest, moderator: User) -> HttpResponse:
    """What waits to be read before it is published, and what has to be read again."""
    waits, stale = waiting_publications(), stale_publications()
    context = {"waiting": waits, "stale": stale, "amended": amended_pages()}
    shown = [found.pk for found in (*waits, *stale)]
    record(verb="listed", kind="publication", key="publications", publications=shown)
    return render(request, "archive/publications.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@moderators_only
def review_one(request: HttpRequest, moderator: User, number: int) -> HttpResponse:
    """What would be published, with everything that is masked; to be published or given back."""
    found = get_object_or_404(Publication.objects.select_related("case"), pk=number)
    if request.method == "POST":
        return _decided(request, found, moderator)
    record(verb="read", kind="publication", key=str(found.pk), case=found.case.key)
    return render(request, "archive/review.html", review_page(found.case, found))


def _decided(request: HttpRequest, found: Publication, moderator: User) -> HttpResponse:
    words = request.POST.get("words", "")
    try:
        actions.open_review(publication=found, moderator=moderator)
        match request.POST.get("do"):
            case "mask" | "unmask" | "photo" as what:
                _corrected(request, found, what)
            case "send-back":
                reason = request.POST.get("reason", "")
                actions.send_back(publication=found, moderator=moderator, reason=reason)
                messages.success(request, "Given back to the person, with your reason.")
                return redirect("publications")
            case "publish":
                page = actions.publish(publication=found, moderator=moderator)
                messages.success(request, "Published.")
                return redirect(page)
            case "review-again":
                actions.review_again(publication=found, moderator=moderator)
                messages.success(request, "It stays for another term.")
                return redirect("publications")
            case _:
                messages.error(request, "Nothing was changed: press one of the buttons.")
    except SecondLook as looks_like:
        context = review_page(found.case, found)
        context |= {"doubtful": words, "looks_like": str(looks_like)}
        return render(request, "archive/review.html", context, status=409)
    except (NotNow, IllegalMove) as reason:
        messages.error(request, str(reason))
    return redirect("publication-review", number=found.pk)


def _corrected(request: HttpRequest, found: Publication, what: str) -> None:
    words = request.POST.get("words", "")
    if what == "mask":
        actions.mask(publication=found, words=words)
    elif what == "unmask":
        actions.unmask(publication=found, words=words, sure="sure" in request.POST)
    else:
        _judged(request, found)


def _judged(request: HttpRequest, found: Publication) -> None:
    try:
        photo = photo_of(found.case, request.POST.get("photo", ""))
    except Photo.DoesNotExist as error:
        raise NotNow("Its asker has removed this photo.") from error
    judge_photo(publication=found, photo=photo, answer=request.POST.get("marks", ""))
