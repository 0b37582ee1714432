"""How every form of the site is drawn: label, hint, error, field, in that order."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Draws a field with the site's own template; widgets keep Django's."""

    field_template_name = "foundation/_field.html"
