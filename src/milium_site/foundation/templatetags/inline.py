"""Puts a style or script of ``foundation.inline`` into the page."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

from milium_site.foundation.inline import SCRIPTS, text_of


register = template.Library()


@register.simple_tag
def inline(name: str) -> SafeString:
    """The file between its tags."""
    tag = "script" if name in SCRIPTS else "style"
    return mark_safe(f"<{tag}>{text_of(name)}</{tag}>")  # noqa: S308 (a file of ours)
