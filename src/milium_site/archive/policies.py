"""What must hold before a case may be proposed, and before it may be published. Pure but for what it is given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from milium_site.archive.models import Publication, PublishedCase
from milium_site.archive.workflow import PUBLIC, SHOWN_ONCE_READ, WITH_ASKER
from milium_site.opinions.models import Opinion
from milium_site.photos.models import Photo


LONGEST_WISH = 200
MOST_WISHES = 100
# What a rule or a moderator masked that names or reaches nobody by itself.
HARMLESS = frozenset({"date", "age", "asker", "moderator"})


class SecondLook(Exception):
    """The words look as if they told who somebody is: showing them has to be said twice. The message says as what."""


class NotNow(Exception):
    """The message says what is missing or what happened meanwhile."""


def check_has_answers(opinions: Iterable[Opinion]) -> None:
    """A case without a signed answer helps no reader."""
    if not any(True for _ in opinions):
        raise NotNow("There is nothing to publish yet: no specialist has answered.")


def check_with_asker(publication: Publication) -> None:
    """The asker decides what is masked until they say yes, and again once it was sent back."""
    if publication.state not in WITH_ASKER:
        raise NotNow(
            "This was agreed to already. To change what is masked, say no first, then look at it again."
        )


def check_chooses_photos(publication: Publication) -> None:
    """Photos are chosen with the words, or later, for a second review. Raises ``NotNow`` while a moderator reads."""
    if publication.state not in WITH_ASKER | SHOWN_ONCE_READ:
        raise NotNow("A moderator reads this now. To change the photos, say no first.")


def check_wish(words: str, already: Iterable[str]) -> str:
    """The words to mask, in one line. Raises ``NotNow`` when they cannot be used."""
    line = " ".join(words.split())
    if not line or len(line) > LONGEST_WISH:
        raise NotNow(f"Mark from one to {LONGEST_WISH} characters to mask.")
    if len([*already]) >= MOST_WISHES:
        raise NotNow(f"At most {MOST_WISHES} passages can be masked one by one.")
    return line


def agreed_opinions(
    publication: Publication, now: Mapping[str, str], opinions: Iterable[Opinion]
) -> list[Opinion]:
    """The opinions whose words are still those that the asker said yes to."""
    return [o for o in opinions if publication.agreed.get(str(o.pk)) == now[str(o.pk)]]


def has_news(
    page: PublishedCase | None, opinions: Iterable[Opinion], photos: Iterable[Photo]
) -> bool:
    """Whether something that could be on the page is not: an answer, its newer words, a photo."""
    if page is None:
        return True
    shown = {o.opinion_id for o in page.opinions.all() if not o.amended}
    pictures = {picture.photo_id for picture in page.photos.all()}
    return any(o.pk not in shown for o in opinions) or any(p.pk not in pictures for p in photos)


def needs_second_look(kinds: Iterable[str]) -> bool:
    """Whether showing words that were masked as these kinds of identifier asks for a second yes: all but dates and ages."""
    return any(kind not in HARMLESS for kind in kinds)


def is_public(publication: Publication | None) -> bool:
    """Whether there is a page that anybody can read."""
    return publication is not None and publication.state in PUBLIC
