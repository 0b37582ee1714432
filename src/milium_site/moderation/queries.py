"""Reading what waits for moderators and what they decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from milium_site.cases.answers import Answers
from milium_site.cases.corrections import Corrections
from milium_site.cases.models import RANK, Case
from milium_site.cases.workflow import HELD, REMOVED, RETURNED, WITH_PANEL
from milium_site.moderation.models import Bar, Decision, Look, Report
from milium_site.moderation.passages import Typed, passages
from milium_site.moderation.policies import WAITING, WITH_MODERATORS
from milium_site.moderation.risk import Mark, Seen, marks
from milium_site.moderation.senders import digest_of as word_for
from milium_site.moderation.senders import sending_network
from milium_site.people.models import User
from milium_site.photos.models import Photo
from milium_site.photos.queries import photos_of
from milium_site.record.who import acting
from milium_site.threads.models import Message
from milium_site.threads.queries import messages_of


URGENCY = {rank: urgency for urgency, rank in RANK.items()}
FIGURES_OF = timedelta(days=30)
LATE = Photo.objects.filter(case=OuterRef("pk"), waits=True)
# Cases that wait, and those that the panel reads already while a photo that came later waits.
WAITS = Q(state__in=WAITING) | Q(Exists(LATE), state__in=WITH_PANEL)
# What a report adds to the risk of the case it is about, and how many count.
REPORT_WEIGHT = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a moderator decided of something, for its author."""

    what: str
    reason: str
    at: datetime


def reason_for(case: Case) -> Told | None:
    """Why the case is held, returned or removed; None where it is not."""
    whats = {HELD: ["hold"], RETURNED: ["return"], REMOVED: ["remove", "ban"]}.get(case.state)
    return _told(Decision.objects.filter(case=case, kind="case", what__in=whats)) if whats else None


def told_of(kind: str, key: str) -> Told | None:
    """The latest standing decision about anything else: an opinion that was hidden, a specialist who was banned."""
    return _told(Decision.objects.filter(kind=kind, key=key))


def masks_of(case: Case) -> list[Told]:
    """Each time that words of the case were masked, and why."""
    found = Decision.objects.filter(case=case, kind="case", what="mask", undone_at=None)
    return [Told(what=d.what, reason=d.reason, at=d.at) for d in found]


def _told(decisions: QuerySet[Decision]) -> Told | None:
    found = decisions.filter(undone_at=None).first()
    return Told(what=found.what, reason=found.reason, at=found.at) if found else None


def case_for_moderator(key: str) -> Case:
    """A case that moderators may read. Raises ``Case.DoesNotExist``."""
    return Case.objects.get(key=key, state__in=WITH_MODERATORS)


def waiting_cases() -> QuerySet[Case]:
    """What waits for a moderator: the riskiest first, then the most urgent, then the one that waited longest."""
    reported = Count("reports", filter=Q(reports__closed_at=None), distinct=True)
    return (
        Case.objects.filter(WAITS)
        .select_related("look")
        .annotate(
            reported=reported,
            risk=F("look__risk") + REPORT_WEIGHT * reported,
            late=Count("photos", filter=Q(photos__waits=True), distinct=True),
        )
        .order_by("-risk", "urgency_rank", "submitted_at", "pk")
    )


def unseen_cases() -> QuerySet[Case]:
    """Waiting cases that no rule looked at since they, or their latest photos, were sent."""
    fresh = Q(look=None) | Q(look__at__lt=F("submitted_at"))
    newer = Exists(LATE.filter(added_at__gt=OuterRef("look__at")))
    return Case.objects.filter(WAITS, fresh | newer).order_by("submitted_at")


def found_in(case: Case) -> tuple[Mark, ...]:
    """The rules that fire on the case as it stands."""
    photos = photos_of(case)
    return marks(
        Seen(
            personal=sum(len(passage.finds) for passage in passages(typed_in(case))),
            urgency=URGENCY[case.urgency_rank],
            age=case.age,
            for_child=case.who_for == "child",
            knowable=tuple(p.knowable for p in photos),
            intimate=tuple(p.intimate for p in photos),
            removed_before=Look.objects.filter(words=digest_of(case.text), case__state=REMOVED)
            .exclude(case=case)
            .exists(),
        )
    )


def typed_in(case: Case) -> Typed:
    """What can be masked of the case."""
    return Typed(
        text=case.text,
        place=case.place,
        corrections=Corrections.from_json(case.corrections),
        answers=Answers.from_json(case.answers),
    )


def seen_of(case: Case) -> str:
    """A digest of every word that the asker typed, by which a stale page is known."""
    return digest_of("\0".join(f"{p.name} {p.text}" for p in passages(typed_in(case))))


def message_of(case: Case, key: str) -> Message | None:
    """A message of this very case."""
    return next((m for m in messages_of(case) if str(m.pk) == key), None)


def bar_on(case: Case) -> Bar | None:
    """What keeps the case from being sent: a bar on the account that keeps it or is signed in, or on the network."""
    known = [word_for("account", email) for email in _emails(case)]
    if network := sending_network():
        known.append(network)
    standing = Bar.objects.filter(until__gt=timezone.now(), digest__in=known)
    return standing.select_related("decision").first()


def _emails(case: Case) -> list[str]:
    who = acting()
    keys = {int(who.key)} if who.kind == "user" else set()
    held = Q(holdings__case=case) | Q(pk__in=keys)
    return [email.lower() for email in User.objects.filter(held).values_list("email", flat=True)]


def digest_of(text: str) -> str:
    """The same words have the same digest, whatever the case and spaces; without the secret it tells nothing."""
    return salted_hmac(
        "milium.moderation.words", " ".join(text.lower().split()), algorithm="sha256"
    ).hexdigest()


def decisions_of(case: Case) -> QuerySet[Decision]:
    """Everything that was decided in the case, the latest first."""
    return Decision.objects.filter(case=case).select_related("by", "undone_by")


def open_reports() -> QuerySet[Report]:
    """What people said is wrong and nobody has answered: the gravest first, then the oldest."""
    return (
        Report.objects.filter(closed_at=None).select_related("case").order_by("-risk", "at", "pk")
    )


def reports_from(source: str, since: datetime) -> int:
    """How many reports this sender sent since then."""
    return Report.objects.filter(source=source, at__gte=since).count()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How screening goes. ``median_hours`` is from sending to opening, over the last 30 days; None when none opened."""

    waiting: int
    held: int
    photos: int
    reports: int
    opened: int
    median_hours: float | None


def figures() -> Figures:
    """The figures on top of the queue."""
    now = timezone.now()
    opened = Case.objects.filter(opened_at__gte=now - FIGURES_OF).values_list(
        "submitted_at", "opened_at"
    )
    hours = [(b - a).total_seconds() / 3600 for a, b in opened[:5000] if a and b]
    return Figures(
        waiting=Case.objects.filter(state="screening").count(),
        held=Case.objects.filter(state=HELD).count(),
        photos=Photo.objects.filter(waits=True, case__state__in=WITH_PANEL).count(),
        reports=open_reports().count(),
        opened=len(hours),
        median_hours=median(hours) if hours else None,
    )
