"""The asker's photos: add, look at, put right, remove. And the pictures themselves, to those who may see them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from milium_site.cases.access import looked_at
from milium_site.cases.models import Case
from milium_site.cases.queries import case_by_link, case_for_specialist
from milium_site.people.access import moderators_only, specialists_only
from milium_site.people.models import Specialist, User
from milium_site.photos import actions, queries, store
from milium_site.photos.cleaning import Refused
from milium_site.photos.context import page_of
from milium_site.photos.forms import CoveredForm, PhotoForm, ShowsForm
from milium_site.photos.intake import retake_photo, take_photo
from milium_site.photos.limits import SIZES
from milium_site.photos.models import Photo
from milium_site.photos.policies import PhotoRefused, takes_photos, why_no_photos
from milium_site.photos.presenters import ByLink, shown
from milium_site.photos.workshop import Busy
from milium_site.record.actions import record


BUSY = "Many photos are being cleaned right now, so yours was not taken yet. Send it again in a moment."
AFTER = 2  # seconds, for whoever asks again by itself


@require_http_methods(["GET", "HEAD", "POST"])
def photos(request: HttpRequest, link: str) -> HttpResponse:
    """The photos of a case, and adding one."""
    case = own_case(request, link)
    if request.method != "POST":
        return render(request, "photos/photos.html", page_of(case, link))
    form = PhotoForm(request.POST, request.FILES, case=case)
    status = 422
    if form.is_valid():
        try:
            photo = _taken(case, form)
        except PhotoRefused as reason:
            form.add_error(reason.field or None, str(reason))
        except Refused as reason:
            form.add_error("photo", str(reason))
        except Busy:
            form.add_error(None, BUSY)
            status = 503
        else:
            return _added(request, case, link, photo)
    return _not_added(request, case, link, form, status)


def _taken(case: Case, form: PhotoForm) -> Photo:
    return take_photo(
        case=case,
        upload=form.cleaned_data["upload"],
        data=form.cleaned_data["photo"].read(),
        original=form.cleaned_data["original"],
        shows=form.shows,
    )


def _added(request: HttpRequest, case: Case, link: str, photo: Photo) -> HttpResponse:
    if _wants_part(request):
        number = len(queries.photos_of(case))
        context = {"link": link, "photo": shown(photo, ByLink(link=link), number), "open": True}
        return render(request, "photos/_photo.html", context, status=201)
    messages.success(request, "The photo was cleaned and added.")
    return redirect("photos", link=link)


def _not_added(
    request: HttpRequest, case: Case, link: str, form: PhotoForm, status: int
) -> HttpResponse:
    if _wants_part(request):
        context = {"reasons": [e for errors in form.errors.values() for e in errors]}
        response = render(request, "photos/_refused.html", context, status=status)
    else:
        response = render(request, "photos/photos.html", page_of(case, link, form), status=status)
    if status == 503:
        response.headers["Retry-After"] = str(AFTER)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def photo_page(request: HttpRequest, link: str, photo: str) -> HttpResponse:
    """One photo: what it shows, put right; or remove it."""
    case = own_case(request, link)
    found = own_photo(case, photo)
    if request.method != "POST":
        return _photo_page(
            request, link, found, ShowsForm(initial=_said(found), case=case, photo=found)
        )
    if "remove" in request.POST:
        actions.remove_photo(photo=found)
        messages.success(request, "The photo was removed. Nothing of it is left here.")
        return redirect("photos", link=link)
    if why_not := why_no_photos(case):
        messages.error(request, why_not)
        return redirect("photos", link=link)
    covered = CoveredForm(request.POST, request.FILES)
    if covered.is_valid():
        return _covered(request, link, found, covered.cleaned_data["covered"].read())
    form = ShowsForm(request.POST, case=case, photo=found)
    if form.is_valid():
        try:
            actions.describe_photo(photo=found, shows=form.shows)
        except PhotoRefused as reason:
            form.add_error(reason.field or None, str(reason))
        else:
            return redirect("photos", link=link)
    return _photo_page(request, link, found, form, status=422)


def _covered(request: HttpRequest, link: str, photo: Photo, data: bytes) -> HttpResponse:
    """The photo as its asker cropped or covered it after it was cleaned: the browser could not draw the file before."""
    try:
        retake_photo(photo=photo, data=data)
    except (PhotoRefused, Refused) as reason:
        return render(request, "photos/_refused.html", {"reasons": [str(reason)]}, status=422)
    except Busy:
        return render(request, "photos/_refused.html", {"reasons": [BUSY]}, status=503)
    except Photo.DoesNotExist as error:
        raise Http404("this photo is gone") from error
    messages.success(request, "The photo was changed. The one before is erased.")
    return redirect("photos", link=link)


def _photo_page(
    request: HttpRequest, link: str, photo: Photo, form: ShowsForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "link": link,
        "form": form,
        "photo": shown(photo, ByLink(link=link)),
        "may_change": takes_photos(photo.case),
    }
    return render(request, "photos/photo.html", context, status=status)


def _said(photo: Photo) -> dict[str, str]:
    return {name: getattr(photo, name) for name in ShowsForm.base_fields}


@require_safe
def photo(request: HttpRequest, link: str, photo: str, size: str) -> HttpResponse:
    """A picture, to the asker."""
    case = own_case(request, link)
    return _picture(own_photo(case, photo), size)


@require_safe
@specialists_only
def panel_photo(
    request: HttpRequest, specialist: Specialist, key: str, photo: str, size: str
) -> HttpResponse:
    """A picture, to a specialist with a seat."""
    try:
        case = case_for_specialist(key, specialist)
    except Case.DoesNotExist as error:
        raise Http404("no case of yours has this name") from error
    try:
        return _picture(queries.photo_for_panel(case, photo), size)
    except Photo.DoesNotExist as error:
        raise Http404("this case has no such photo for its panel") from error


@require_safe
@moderators_only
def moderator_photo(
    request: HttpRequest, moderator: User, key: str, photo: str, size: str
) -> HttpResponse:
    """A picture, to a moderator: of every case that was sent and not taken back."""
    try:
        case = queries.case_for_moderator(key)
    except Case.DoesNotExist as error:
        raise Http404("no case for moderators has this name") from error
    return _picture(own_photo(case, photo), size)


def _picture(photo: Photo, size: str) -> HttpResponse:
    if size not in SIZES:
        raise Http404("no photo has this size")
    try:
        data = queries.picture(photo, size)
    except store.Missing as error:
        raise Http404("this picture is gone") from error
    record(verb="read", kind="photo", key=photo.key, case=photo.case.key, size=size)
    return HttpResponse(
        data,
        content_type="image/webp",
        headers={
            "Content-Disposition": "inline",
            # A phone is lent and sold: no copy stays behind in its browser.
            "Cache-Control": "private, no-store",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )


def own_case(request: HttpRequest, link: str) -> Case:
    """The case behind a secret link, or page not found."""
    try:
        return looked_at(request, case_by_link(link))
    except Case.DoesNotExist as error:
        raise Http404("no case has this link") from error


def own_photo(case: Case, key: str) -> Photo:
    """A photo of this very case, or page not found."""
    try:
        return queries.photo_of(case, key)
    except Photo.DoesNotExist as error:
        raise Http404("this case has no such photo") from error


def _wants_part(request: HttpRequest) -> bool:
    return request.headers.get("X-Photo") == "part"
