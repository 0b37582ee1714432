"""Words for what the archive holds: who asked, a concept's name, a passage with the words that matched."""

from __future__ import annotations

from typing import Protocol

from django import template
from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from milium.api import Snippet, places, vocabulary
from milium_site.archive.gathering import KINDS
from milium_site.archive.masking import ASKED, MODERATED
from milium_site.archive.skin import skin_in_words
from milium_site.foundation.explained import capital


register = template.Library()
SEX = {"female": "Female", "male": "Male"}
# Why words are masked, where the name of the kind alone does not say it.
MASKED_AS = {
    ASKED: "its asker took this out",
    MODERATED: "a moderator took this out",
    "url": "web address",
    "age": "age over 89",
}


class Person(Protocol):
    """What is published of whoever asked."""

    sex: str
    age_band: str
    skin_type: str
    country: str


@register.filter
def person(page: Person) -> str:
    """Who asked, as far as it is published: ``Female, 40-49, United States``; ``Somebody`` when nothing is known."""
    place = places().get(page.country)
    age = page.age_band.replace("-", "–")
    skin = skin_in_words(page.skin_type).partition(",")[0]
    parts = (
        SEX.get(page.sex, ""),
        age and f"age {age}",
        skin and f"skin type {skin}",
        place.name if place else "",
    )
    return ", ".join(filter(None, parts)) or "Somebody"


@register.filter
def concept_name(id_: str) -> str:
    """The name of a concept as a heading has it; the id itself of one that the vocabulary no longer knows."""
    known = vocabulary()
    return capital(known.concept(id_).name) if id_ in known else id_


@register.filter
def masked_as(why: str) -> str:
    """Why words are masked: the kind of identifier, or who wanted it."""
    return MASKED_AS.get(why, why.replace("_", " "))


@register.filter
def marked(snippet: Snippet) -> SafeString:
    """The passage with the words that matched marked, everything else escaped."""
    pieces, at = [], 0
    for start, end in snippet.marks:
        pieces += [conditional_escape(snippet.text[at:start]), "<mark>"]
        pieces += [conditional_escape(snippet.text[start:end]), "</mark>"]
        at = end
    pieces.append(conditional_escape(snippet.text[at:]))
    return mark_safe("".join(pieces))  # noqa: S308 (every piece of text was escaped above)


@register.simple_tag
def concept_url(id_: str) -> str:
    """The page that gathers what was said of a condition, treatment, test or specialty."""
    kind, _, slug = id_.partition(":")
    address = next((word for word, named in KINDS.items() if named == kind), "conditions")
    return reverse("published-concept", args=[address, slug])
