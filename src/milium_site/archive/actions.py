"""Every write on a case's way into the archive and out of it."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from milium_site.archive.changes.actions import note_change
from milium_site.archive.copying import Copy, copy_of, digest_of, fingerprints
from milium_site.archive.models import Publication, PublishedCase, PublishedOpinion
from milium_site.archive.pages.actions import derive, next_review, put_up
from milium_site.archive.pictures.policies import agreed_photos, name_of, not_judged, unmarked
from milium_site.archive.policies import (
    NotNow,
    SecondLook,
    agreed_opinions,
    check_has_answers,
    check_wish,
    check_with_asker,
    has_news,
    needs_second_look,
)
from milium_site.archive.queries import chosen_photos, page_of, standing_opinions, wishes_of
from milium_site.archive.workflow import (
    DECLINED,
    IN_REVIEW,
    PROPOSED,
    PUBLIC,
    PUBLICATION,
    PUBLISHED,
    RENEWAL,
    SENT_BACK,
    SHOWN_ONCE_READ,
    STALE,
    WAITING,
    WITHDRAWN,
)
from milium_site.cases.models import Case
from milium_site.consents.actions import give_consent
from milium_site.consents.queries import has_consent
from milium_site.consents.texts import ARCHIVE_PHOTOS, ARCHIVE_TEXT
from milium_site.notices.actions import tell
from milium_site.opinions.models import Opinion
from milium_site.opinions.workflow import AMENDED
from milium_site.opinions.workflow import WITHDRAWN as OPINION_WITHDRAWN
from milium_site.people.models import User
from milium_site.record.actions import record


@transaction.atomic
def begin_publication(*, case: Case) -> Publication:
    """The case's way into the archive, begun when there is none: its asker looks at what would be published."""
    publication, is_new = Publication.objects.get_or_create(
        case=case, defaults={"started_at": timezone.now()}
    )
    if is_new:
        _recorded("began", publication)
    return publication


@transaction.atomic
def take_out(*, publication: Publication, words: str) -> Publication:
    """The asker wants these words masked wherever they stand. Raises ``NotNow`` once they have said yes."""
    publication = _locked(publication)
    check_with_asker(publication)
    line = check_wish(words, publication.taken_out)
    if line not in publication.taken_out:
        publication.taken_out = [*publication.taken_out, line]
        publication.save(update_fields=["taken_out"])
        _recorded("took out", publication)
    return publication


@transaction.atomic
def put_back(*, publication: Publication, words: str) -> Publication:
    """The asker wants these words of their own choice shown after all."""
    publication = _locked(publication)
    check_with_asker(publication)
    publication.taken_out = [kept for kept in publication.taken_out if kept != words]
    publication.save(update_fields=["taken_out"])
    _recorded("put back", publication)
    return publication


@transaction.atomic
def agree(*, publication: Publication, seen: str) -> Publication:
    """The asker agrees to publish what they saw, whose ``digest_of`` is ``seen``. Agreeing twice is agreeing once.

    Of a page that is public they agree to what has changed since: it waits for a second review, and the page stays.
    Raises ``NotNow`` when nothing was answered yet or something has changed since they looked.
    """
    publication = _locked(publication)
    if publication.state in WAITING:
        return publication
    case, public = publication.case, publication.state in SHOWN_ONCE_READ
    opinions, photos = standing_opinions(case), chosen_photos(publication)
    check_has_answers(opinions)
    now = fingerprints(case, opinions, photos)
    if digest_of(now) != seen:
        raise NotNow("An answer was added or changed after you opened this page. Look at it again.")
    if public and not has_news(page_of(case), opinions, photos):
        return publication
    give_consent(case=case, purpose=ARCHIVE_TEXT)
    if photos:
        give_consent(case=case, purpose=ARCHIVE_PHOTOS)
    # What a moderator saw on a photo holds for that picture and those words alone.
    same = {p.key for p in photos if publication.agreed.get(name_of(p)) == now[name_of(p)]}
    publication.judged = {key: said for key, said in publication.judged.items() if key in same}
    publication.agreed, publication.proposed_at, publication.reason = now, timezone.now(), ""
    return _move(publication, RENEWAL if public else PROPOSED, "proposed")


@transaction.atomic
def refuse(*, publication: Publication) -> Publication:
    """The asker does not want it published, or not any longer: a page that is public already is withdrawn for good."""
    publication = _locked(publication)
    if publication.state in {DECLINED, WITHDRAWN}:
        return publication
    if publication.state in PUBLIC:
        unpublish_case(case=publication.case, because="asker")
        return publication
    publication.agreed = {}
    return _move(publication, DECLINED, "declined")


@transaction.atomic
def open_review(*, publication: Publication, moderator: User) -> Publication:
    """A moderator looks at it."""
    publication = _locked(publication)
    if publication.state == PROPOSED:
        publication.decided_by = moderator
        publication = _move(publication, IN_REVIEW, "reviewed")
    return publication


@transaction.atomic
def mask(*, publication: Publication, words: str) -> Publication:
    """A moderator wants these words masked wherever they stand."""
    publication = _locked(publication)
    _check_in_review(publication)
    line = check_wish(words, publication.masked)
    publication.masked = list(dict.fromkeys([*publication.masked, line]))
    publication.kept = [kept for kept in publication.kept if kept.casefold() != line.casefold()]
    publication.save(update_fields=["masked", "kept"])
    _recorded("masked", publication)
    return publication


@transaction.atomic
def unmask(*, publication: Publication, words: str, sure: bool = False) -> Publication:
    """A moderator says that these words tell nothing of anybody. What the asker took out stays masked.

    Raises ``SecondLook`` when the rules took them for a name, a contact or the like and nobody is ``sure`` yet.
    """
    publication = _locked(publication)
    _check_in_review(publication)
    kinds = _copy(publication).kinds_of(words)
    if needs_second_look(kinds) and not sure:
        raise SecondLook(" and ".join(kinds).replace("_", " "))
    publication.masked = [m for m in publication.masked if m.casefold() != words.casefold()]
    publication.kept = list(dict.fromkeys([*publication.kept, words]))
    publication.save(update_fields=["masked", "kept"])
    _recorded("unmasked", publication, masked_as=kinds)
    return publication


@transaction.atomic
def send_back(*, publication: Publication, moderator: User, reason: str) -> Publication:
    """A moderator gives it back to the asker and says why. Raises ``NotNow`` without a reason."""
    publication = _locked(publication)
    _check_in_review(publication)
    if not reason.strip():
        raise NotNow("Say what has to change, so that the person knows.")
    publication.reason, publication.decided_by = reason.strip(), moderator
    tell(about=f"case:{publication.case.key}", kind="sent-back", path="publication/")
    # Of a second review: the page stays as it was.
    to = PUBLISHED if publication.state == RENEWAL else SENT_BACK
    return _move(publication, to, "sent-back")


@transaction.atomic
def publish(*, publication: Publication, moderator: User) -> PublishedCase:
    """Makes the page, of what the asker agreed to and nothing else, or puts the newer words on it. Twice is once.

    Raises ``NotNow`` when no answer is left whose words are those that the asker saw, or a photo was not looked at.
    """
    publication = _locked(publication)
    if publication.state in SHOWN_ONCE_READ:
        return publication.page
    if not has_consent(publication.case, ARCHIVE_TEXT):
        raise NotNow("The person has taken back their consent: this is not published.")
    copy = _copy(publication)
    check_has_answers(answer.opinion for answer in copy.answers)
    if left := not_judged(publication, [shown.photo for shown in copy.pictures]):
        raise NotNow(f"Say of each photo what is visible: {len(left)} to go.")
    allowed = unmarked(publication, [shown.photo for shown in copy.pictures])
    copy = copy.with_pictures_of(allowed)
    publication.decided_by, publication.decided_at = moderator, timezone.now()
    _move(publication, PUBLISHED, "published")
    page = put_up(publication=publication, copy=copy)
    tell(about=f"case:{publication.case.key}", kind="published", path="publication/")
    return page


@transaction.atomic
def review_again(*, publication: Publication, moderator: User) -> Publication:
    """A moderator has read a page whose time was up and says that it may stay for another term."""
    publication = _locked(publication)
    PublishedCase.objects.filter(publication=publication).update(review_by=next_review())
    note_change(key=publication.page.key)
    publication.decided_by = moderator
    if publication.state == STALE:
        return _move(publication, PUBLISHED, "reviewed")
    _recorded("reviewed", publication)
    return publication


@transaction.atomic
def mark_stale(*, today: date) -> int:
    """Marks the pages whose term is over; how many. Their readers are told that nobody has looked at them since."""
    over = list(
        Publication.objects.filter(state=PUBLISHED, page__review_by__lt=today).select_related(
            "page", "case"
        )
    )
    for publication in over:
        _move(publication, STALE, "went stale")
        note_change(key=publication.page.key)
    return len(over)


@transaction.atomic
def unpublish_case(*, case: Case, because: str) -> None:
    """Takes the case's page out of the archive, for good. ``because`` is a word such as ``asker``, never a person's words.

    Its address answers 410 from then on. Nothing happens to a case that never was proposed, or is gone already.
    """
    publication = Publication.objects.select_for_update().filter(case=case).first()
    if publication is None or publication.state == WITHDRAWN:
        return
    PublishedCase.objects.filter(publication=publication).delete()
    publication.taken_out, publication.masked, publication.kept = [], [], []
    publication.decided_at = timezone.now()
    _move(publication, WITHDRAWN, "withdrew", because=because)


@transaction.atomic
def follow_opinion(*, opinion: Opinion) -> None:
    """Lets the published copy follow its original: withdrawn words go at once, changed ones are marked as older.

    A page whose last answer is withdrawn goes with it.
    """
    copied = PublishedOpinion.objects.select_related("page").filter(opinion_id=opinion.pk).first()
    if copied is None:
        return
    record(verb="followed", kind="opinion", key=str(opinion.pk), case=opinion.case.key)
    if opinion.state == OPINION_WITHDRAWN:
        copied.delete()
        if not copied.page.opinions.exists():
            unpublish_case(case=opinion.case, because="no answer left")
            return
        derive(page=copied.page)
        note_change(key=copied.page.key)
    elif opinion.state == AMENDED and not copied.amended:
        copied.amended = True
        copied.save(update_fields=["amended"])
        note_change(key=copied.page.key)


def _copy(publication: Publication) -> Copy:
    """What the asker agreed to, as it stands now."""
    case, wishes = publication.case, wishes_of(publication)
    opinions, photos = standing_opinions(case), chosen_photos(publication)
    now = fingerprints(case, opinions, photos)
    consented = photos if has_consent(case, ARCHIVE_PHOTOS) else []
    return copy_of(
        case,
        agreed_opinions(publication, now, opinions),
        wishes,
        agreed_photos(publication, now, consented),
    )


def _check_in_review(publication: Publication) -> None:
    if publication.state not in WAITING:
        raise NotNow("This publication waits for nobody's review any more.")


def _move(publication: Publication, to: str, verb: str, **detail: object) -> Publication:
    PUBLICATION.check(publication.state, to)
    publication.state = to
    publication.save()
    _recorded(verb, publication, **detail)
    return publication


def _recorded(verb: str, publication: Publication, **detail: object) -> None:
    case = publication.case.key
    record(verb=verb, kind="publication", key=str(publication.pk), case=case, **detail)


def _locked(publication: Publication) -> Publication:
    return (
        Publication.objects.select_for_update(of=("self",))
        .select_related("case")
        .get(pk=publication.pk)
    )
