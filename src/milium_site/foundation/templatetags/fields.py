"""A form's field as pages draw it."""

from __future__ import annotations

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString


register = template.Library()


@register.filter
def unprompted(field: BoundField) -> SafeString:
    """The field without words inside it: they are gone with the first letter typed, and its label says the same."""
    return field.as_widget(attrs={"placeholder": False})
