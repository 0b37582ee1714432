"""People, cases and opinions for tests. Every state is reached by the actions that people use, never by setting it."""

from __future__ import annotations

import io
import itertools
from dataclasses import dataclass
from functools import cache

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from milium.api import read_answer
from milium_site.archive.actions import agree, begin_publication, open_review, publish
from milium_site.archive.copying import digest_of, fingerprints
from milium_site.archive.models import Publication, PublishedCase, PublishedPhoto
from milium_site.archive.pictures.actions import choose_photos, judge_photo
from milium_site.archive.queries import chosen_photos, standing_opinions
from milium_site.casebook.actions import send_case
from milium_site.cases.actions import (
    About,
    correct_case,
    deal_with_emergency,
    start_case,
    withdraw_case,
)
from milium_site.cases.corrections import Corrections
from milium_site.cases.links import new_token
from milium_site.cases.models import Case
from milium_site.cases.workflow import SCREENING
from milium_site.consents.texts import CARE
from milium_site.moderation.actions import open_case as let_in
from milium_site.opinions.actions import open_draft, save_draft, sign_opinion
from milium_site.opinions.models import Opinion
from milium_site.opinions.review import Review
from milium_site.people.actions import (
    Said,
    apply_as_specialist,
    register_specialist,
    register_user,
)
from milium_site.people.models import Application, Specialist, User
from milium_site.photos import store
from milium_site.photos.actions import Pictures, Shows, keep_photo
from milium_site.photos.cleaning import Cleaned, clean
from milium_site.photos.models import Photo
from milium_site.photos.queries import new_key


PASSWORD = "a-long-enough-password"
QUESTION = (
    "For 2 months I have had an itchy rash on my neck. I tried hydrocortisone and it did not help. "
    "What can I do?"
)
EMERGENCY = (
    "My lips and tongue are swelling and I can't breathe properly since I took a new antibiotic."
)
ANSWER = "This looks like contact dermatitis. I recommend an emollient. You need a patch test."
_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A case and the link that its asker holds."""

    case: Case
    link: str


def user(
    name: str = "Nobody in particular", *, is_staff: bool = False, is_moderator: bool = False
) -> User:
    """Somebody with an account and no more, unless they moderate or operate."""
    return register_user(
        email=f"person{next(_numbers)}@example.org",
        name=name,
        password=PASSWORD,
        is_staff=is_staff,
        is_moderator=is_moderator,
    )


def specialist(name: str = "Dr Test", *, checked: bool = True) -> Specialist:
    """A specialist who may answer, unless their register was not ``checked``."""
    return register_specialist(
        user=user(name),
        profession="dermatologist",
        credential="Board-certified",
        country="US",
        checked_on=timezone.localdate() if checked else None,
    )


PDF = b"%PDF-1.4 a document"


def application(applicant: User | None = None) -> Application:
    """An application that waits, with a document."""
    return apply_as_specialist(
        user=applicant or user("Dr Applicant"),
        said=Said(
            name="Dr Applicant", profession="dermatologist", specialty="specialty:dermatology",
            country="US", register="us-npi", register_name="", number="1234567893",
            board="American Board of Dermatology", conflicts="nothing",
        ),
        evidence=ContentFile(PDF, name="evidence.pdf"),
    )  # fmt: skip


def draft_case(text: str = QUESTION, *, about: About | None = None) -> Asked:
    """Written, not sent."""
    case, link = start_case(token=new_token(), text=text, corrections=Corrections())
    if about:
        case = correct_case(case=case, corrections=Corrections(), about=about)
    return Asked(case=case, link=link)


def sent_case(text: str = QUESTION, *, about: About | None = None) -> Asked:
    """Sent: a moderator has yet to open it, where the instance has moderators."""
    asked = draft_case(
        text, about=about or About(sex="female", age=40, place="Maine", country="US")
    )
    return Asked(case=send_case(case=asked.case, purposes=[CARE]), link=asked.link)


def screened(case: Case) -> Case:
    """Opened by a moderator, when it waits for one."""
    return let_in(case=case, by=user("Mo", is_moderator=True)) if case.state == SCREENING else case


def send_again(case: Case) -> Case:
    """A case that a moderator gave back, sent once more."""
    return send_case(case=case, purposes=[CARE])


def open_case(text: str = QUESTION, *, about: About | None = None) -> Asked:
    """Sent, opened by a moderator, and with everybody who may answer, up to the size of a panel."""
    asked = sent_case(text, about=about)
    return Asked(case=screened(asked.case), link=asked.link)


def stopped_case() -> Asked:
    """Sent in spite of an emergency: no specialist sees it."""
    asked = draft_case(EMERGENCY)
    return Asked(case=send_case(case=asked.case, purposes=[CARE]), link=asked.link)


def continued_case() -> Asked:
    """Stopped, then said to be dealt with."""
    asked = stopped_case()
    return Asked(case=screened(deal_with_emergency(case=asked.case)), link=asked.link)


def withdrawn_case() -> Asked:
    """Taken back."""
    asked = open_case()
    return Asked(case=withdraw_case(case=asked.case), link=asked.link)


def draft(case: Case, author: Specialist, text: str = ANSWER) -> Opinion:
    """A saved draft."""
    opinion = open_draft(case=case, specialist=author)
    return save_draft(opinion=opinion, text=text, version=opinion.version)


def signed(case: Case, author: Specialist, text: str = ANSWER) -> Opinion:
    """A signed answer, read as the reader reads it."""
    opinion = draft(case, author, text)
    return sign_opinion(opinion=opinion, review=Review(), version=opinion.version)


@cache
def picture() -> Cleaned:
    """A cleaned photo of nothing in particular."""
    file = io.BytesIO()
    Image.radial_gradient("L").convert("RGB").save(file, "JPEG")
    return clean(file.getvalue())


def photo(case: Case, *, upload: str = "", shows: Shows | None = None) -> Photo:
    """A photo of the case, in the store and in the database."""
    key = new_key()
    pictures = Pictures(
        key=key,
        sizes=store.write(case.key, key, picture().sizes),
        original="0" * 64,
        quality=picture().quality.as_json(),
    )
    shows = shows or Shows(view="close", knowable="no", alt="Neck, close up", site="site:neck")
    return keep_photo(case=case, upload=upload or new_key(), pictures=pictures, shows=shows)[0]


def names_read(text: str) -> set[str]:
    """The concepts the reader finds, for tests that must not depend on how good it is."""
    return {statement.concept.name for statement in read_answer(text)}


def agreed(*authors: Specialist, text: str = QUESTION, answer: str = ANSWER) -> Asked:
    """Answered by ``authors``, and its asker said yes to publishing what they were shown."""
    asked = open_case(text)
    for author in authors:
        signed(asked.case, author, answer)
    return agree_to(asked)


def agree_to(asked: Asked) -> Asked:
    """The asker says yes to what is there now."""
    publication = begin_publication(case=asked.case)
    photos = chosen_photos(publication)
    prints = fingerprints(asked.case, standing_opinions(asked.case), photos)
    agree(publication=publication, seen=digest_of(prints))
    return asked


def approved(asked: Asked) -> PublishedCase:
    """Read and published by a moderator."""
    moderator = user("Moderator", is_moderator=True)
    publication = Publication.objects.get(case=asked.case)
    return publish(
        publication=open_review(publication=publication, moderator=moderator), moderator=moderator
    )


def published(*authors: Specialist, text: str = QUESTION, answer: str = ANSWER) -> PublishedCase:
    """In the archive."""
    return approved(agreed(*authors, text=text, answer=answer))


def photographed(*authors: Specialist, shows: Shows | None = None) -> Asked:
    """Answered, with a photo that its asker chose to publish, and agreed to."""
    asked = open_case()
    shown = photo(asked.case, shows=shows)
    for author in authors:
        signed(asked.case, author)
    choose_photos(publication=begin_publication(case=asked.case), keys=[shown.key])
    return agree_to(asked)


def judged(asked: Asked, answer: str = "no") -> Asked:
    """A moderator said of every chosen photo whether a mark is visible."""
    publication = Publication.objects.get(case=asked.case)
    for one in chosen_photos(publication):
        judge_photo(publication=publication, photo=one, answer=answer)
    return asked


def published_photo(*authors: Specialist) -> PublishedPhoto:
    """A photo in the archive, beside the case it belongs to."""
    return approved(judged(photographed(*authors))).photos.get()
