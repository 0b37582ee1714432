"""What a person typed into a form that could not be taken, to be given back to them."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError


TOKEN = "csrfmiddlewaretoken"  # noqa: S105 (a field's name)
# What opens an account is typed again.
SECRET = ("password", "code", "credential")


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """``fields`` are sent again as they were; ``words`` are those among them that somebody wrote, to be read."""

    fields: tuple[tuple[str, str], ...] = ()
    words: tuple[str, ...] = ()
    has_file: bool = False


def typed_in(request: HttpRequest) -> Typed:
    """The form's fields without secrets. Of a form that cannot be read, nothing: there is nobody left to give it to."""
    try:
        posted, files = request.POST, request.FILES
    except (UnreadablePostError, MultiPartParserError, SuspiciousOperation):
        return Typed()
    fields = tuple(
        (name, value)
        for name, values in posted.lists()
        for value in values
        if not any(part in name.lower() for part in SECRET)
    )
    words = tuple(value for name, value in fields if name != TOKEN and " " in value.strip())
    return Typed(fields=fields, words=words, has_file=bool(files))
