"""Medical words as links to what they mean, and the list of what they mean at the end of the page.

The frame draws the list of every page. Where there is JavaScript the meaning opens beside the word.
"""

from __future__ import annotations

from django import template
from django.template.context import Context
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from milium_site.foundation.explained import Explained
from milium_site.foundation.glossary import Glossary, Piece, pieces


register = template.Library()


@register.simple_tag(takes_context=True)
def explain(context: Context, text: str) -> SafeString:
    """The text as it was written, the medical words in it as links to what they mean."""
    return format_html_join("", "{}", ((_drawn(context, piece),) for piece in pieces(text)))


@register.simple_tag(takes_context=True)
def term(context: Context, name: str, what: Explained | None) -> SafeString:
    """One name as a link to what it means; the name alone where Milium does not explain it."""
    return _drawn(context, Piece(text=name, what=what))


def _drawn(context: Context, piece: Piece) -> SafeString:
    glossary: Glossary | None = context.get("glossary")
    if piece.what is None or glossary is None:
        return conditional_escape(piece.text)
    glossary.add(piece.what)
    return format_html(
        '<a class="term" href="#word-{}-{}">{}</a>', piece.what.kind, piece.what.slug, piece.text
    )
