"""Marks the link to the page that is open."""

from __future__ import annotations

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe


register = template.Library()


@register.simple_tag(takes_context=True)
def here(context: Context, *names: str) -> SafeString:
    """`` aria-current="page"`` when the address that is open has one of these names, else nothing."""
    request = context.get("request")
    match = request.resolver_match if request else None
    is_open = bool(match and match.url_name in names)
    return mark_safe(' aria-current="page"' if is_open else "")  # noqa: S308 (no word of anybody's is in it)
