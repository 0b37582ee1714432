"""The de-identified copy of a case: what would be published of it. Reads nothing but what it is given."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.utils.text import slugify

from milium.api import age_band, read_question
from milium_site.archive.masking import Covered, Wishes, covered
from milium_site.archive.pictures.copied import Picture
from milium_site.archive.pictures.policies import name_of, print_of
from milium_site.archive.skin import skin_type_of
from milium_site.cases.models import Case
from milium_site.cases.plain_names import headline_of
from milium_site.foundation.values import quote_from
from milium_site.opinions.models import Opinion
from milium_site.outcomes.models import Outcome
from milium_site.photos.models import Photo
from milium_site.photos.words import words_for


Json = dict[str, Any]
PLACED = ("sites", "symptoms", "absent", "tried")
# HIPAA's safe harbour (45 CFR 164.514(b)(2)(i)(C)) lets ages up to 89 stand.
OLDEST = 89
LONGEST_SLUG = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer of the copy; ``opinion`` is the original."""

    opinion: Opinion
    covered: Covered
    reading: tuple[Json, ...]
    signed_year: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """What would be published of a case."""

    title: str
    question: Covered
    history: Json
    sex: str
    age_band: str
    skin_type: str
    country: str
    answers: tuple[Answer, ...]
    pictures: tuple[Picture, ...]

    @property
    def slug(self) -> str:
        """The title as an address has it, no word cut in two."""
        slug = slugify(self.title)
        short = slug if len(slug) <= LONGEST_SLUG else slug[:LONGEST_SLUG].rpartition("-")[0]
        return short or "case"

    @property
    def texts(self) -> tuple[Covered, ...]:
        """Every text of it."""
        answers = tuple(answer.covered for answer in self.answers)
        return (self.question, *answers, *(picture.alt for picture in self.pictures))

    def kinds_of(self, words: str) -> list[str]:
        """As what these words are masked, wherever they are; nothing where they are not."""
        found = (
            c.why
            for text in self.texts
            for c in text.covers
            if text.original[c.start : c.end].casefold() == words.casefold()
        )
        return sorted(set(found))

    def with_pictures_of(self, photos: Iterable[Photo]) -> Copy:
        """The same with these photos alone."""
        wanted = {photo.pk for photo in photos}
        return replace(self, pictures=tuple(p for p in self.pictures if p.photo.pk in wanted))


def copy_of(
    case: Case, opinions: Sequence[Opinion], wishes: Wishes, photos: Sequence[Photo] = ()
) -> Copy:
    """The case, its answers and ``photos`` with everything masked, each reading moved to where its words stand now.

    What was read from words that are masked is left out, so that every cell still has its words.
    """
    question = covered(case.question, wishes)
    history = _history(case.history, question)
    age = case.age if case.age is not None else case.history["age"]
    return Copy(
        title=headline_of(
            [f["concept"]["name"] for f in history["symptoms"]],
            [f["concept"]["name"] for f in history["sites"]],
        ),
        question=question,
        history=history,
        sex=case.sex or case.history["sex"] or "",
        age_band="" if age is None else age_band(age),
        skin_type=skin_type_of(case),
        country=case.country,
        answers=tuple(_answer(o, covered(o.text, wishes)) for o in opinions),
        pictures=tuple(_picture(photo, wishes) for photo in photos),
    )


def fingerprints(
    case: Case, opinions: Sequence[Opinion], photos: Sequence[Photo] = ()
) -> dict[str, str]:
    """A digest of each original, by ``question``, the opinion's primary key or the photo's name: what somebody saw when they said yes."""
    texts = {"question": case.question} | {str(o.pk): o.text for o in opinions}
    prints = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in texts.items()}
    return prints | {name_of(photo): print_of(photo) for photo in photos}


def told_of(outcome: Outcome) -> Json:
    """What an asker ticked of an outcome: nothing that they wrote."""
    return {
        "weeks": outcome.weeks,
        "helped": outcome.helped,
        "chosen": [{"id": o["id"], "name": o["name"]} for o in outcome.chosen],
    }


def digest_of(prints: Mapping[str, str]) -> str:
    """One digest of them all, for a form to hold."""
    lines = "\n".join(f"{name} {prints[name]}" for name in sorted(prints))
    return hashlib.sha256(lines.encode()).hexdigest()


def _history(history: Json, question: Covered) -> Json:
    age = history["age"]
    moved = {part: [*_moved(history[part], question)] for part in PLACED}
    return {
        **history,
        **moved,
        "age": age if age is not None and age <= OLDEST else None,
        "duration": None if _is_covered(history["duration"], question) else history["duration"],
    }


def _is_covered(duration: str | None, question: Covered) -> bool:
    """Whether the words that told how long it has lasted are masked: a duration has no words of its own to move."""
    if duration is None or not question.covers:
        return False
    told = read_question(question.original).duration
    return told == duration != read_question(question.text).duration


def _picture(photo: Photo, wishes: Wishes) -> Picture:
    caption = words_for(site=photo.site, view=photo.view, side=photo.side)
    return Picture(photo=photo, alt=covered(photo.alt, wishes), caption=caption)


def _answer(opinion: Opinion, text: Covered) -> Answer:
    return Answer(
        opinion=opinion,
        covered=text,
        reading=tuple(_moved(opinion.reading, text)),
        signed_year=opinion.signed_at.year if opinion.signed_at else None,
    )


def _moved(items: Sequence[Json], text: Covered) -> Iterator[Json]:
    for item in items:
        quote = text.moved(quote_from(item["quote"]))
        if quote and not _names_what_is_covered(str(item.get("condition") or ""), text):
            yield {**item, "quote": asdict(quote)}


def _names_what_is_covered(condition: str, text: Covered) -> bool:
    """Whether a statement's condition repeats words that stand in the original alone."""
    words = condition.casefold()
    return words in text.original.casefold() and words not in text.text.casefold()
