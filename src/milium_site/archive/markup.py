"""A published case as schema.org has questions and answers, for search engines and other programs.

Every answer is a ``suggestedAnswer``: nobody accepted one, and none ranks above another.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urljoin

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from milium.api import vocabulary
from milium_site.archive.models import PublishedCase, PublishedOpinion, PublishedPhoto


Json = dict[str, Any]


def question_page(page: PublishedCase, address: str) -> Json:
    """The page as a ``QAPage`` that is a ``MedicalWebPage``; ``address`` is its canonical one."""
    answers = list(page.opinions.all())
    known = vocabulary()
    about = [
        tag.value for tag in page.tags.all() if tag.facet == "condition" and tag.value in known
    ]
    return {
        "@context": "https://schema.org",
        "@type": ["QAPage", "MedicalWebPage"],
        "url": address,
        "name": page.title,
        "inLanguage": "en",
        "datePublished": page.published_at.date().isoformat(),
        "dateModified": page.changed_at.date().isoformat(),
        "about": [{"@type": "MedicalCondition", "name": known.concept(id_).name} for id_ in about],
        "mainEntity": {
            "@type": "Question",
            "name": page.title,
            "text": page.question or page.title,
            "author": {"@type": "Person", "name": "Somebody who asked"},
            "datePublished": page.published_at.date().isoformat(),
            "answerCount": len(answers),
            **_images(page, address),
            "suggestedAnswer": [_answer(answer, address) for answer in answers],
        },
    }


def _answer(opinion: PublishedOpinion, address: str) -> Json:
    author = {"@type": "Person", "name": opinion.credential.get("name") or "Not named"}
    if profession := opinion.credential.get("profession"):
        author["jobTitle"] = profession
    return {
        "@type": "Answer",
        "text": opinion.text,
        "url": f"{address}#answer-{opinion.pk}",
        "author": author,
    }


def _images(page: PublishedCase, address: str) -> Json:
    """Nothing for a page without photos: an empty list would be no value."""
    images = [
        {
            "@type": "ImageObject",
            "contentUrl": urljoin(address, _picture(page, photo, "view")),
            "thumbnailUrl": urljoin(address, _picture(page, photo, "thumb")),
            "caption": photo.caption,
            "description": photo.alt,
        }
        for photo in page.photos.all()
    ]
    return {"image": images} if images else {}


def _picture(page: PublishedCase, photo: PublishedPhoto, size: str) -> str:
    return reverse("published-photo", args=[page.name, photo.key, size])


def as_block(data: Json) -> SafeString:
    """The data for a ``script`` element: no text in it can end the element."""
    text = json.dumps(data, ensure_ascii=False)
    for sign, code in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        text = text.replace(sign, code)
    return mark_safe(text)  # noqa: S308 (JSON without any sign that means something in HTML)
