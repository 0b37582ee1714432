"""What the pages of a case show beside the comparison."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from milium_site.casebook.queries import Look, Wait, events_of
from milium_site.casebook.standing import Facts, Standing, standing
from milium_site.cases.models import Case
from milium_site.consents.queries import consents_of
from milium_site.consents.queries import standing as consents_standing
from milium_site.consents.texts import PURPOSES, Wording, agreed, wording_of
from milium_site.opinions.models import Opinion
from milium_site.opinions.queries import comparison_of
from milium_site.outcomes.models import Outcome
from milium_site.people.models import Specialist
from milium_site.threads.queries import open_questions


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of the timeline; without ``at`` it has not happened yet."""

    says: str
    at: datetime | None = None


# What of a case's events an asker is told, in plain words.
EVENTS = {
    "submitted": "You sent it",
    "stopped": "Stopped, because it may need help now",
    "dealt_with": "You said that the emergency was dealt with",
    "open": "Your panel got it",
    "held": "A moderator held it",
    "returned": "A moderator sent it back to you",
    "removed": "A moderator took it down",
    "answered": "Everybody has answered",
    "closed": "Closed",
}
KINDS = {
    "case": "opened your case",
    "photo": "looked at a photo",
    "opinion": "read the answers",
    "message": "read your messages",
    "publication": "looked at what may be published",
}


def timeline(case: Case, opinions: list[Opinion], outcomes: list[Outcome]) -> tuple[Step, ...]:
    """What happened, in that order, then what comes next."""
    done = [Step(says=EVENTS[e.what], at=e.at) for e in events_of(case) if e.what in EVENTS]
    done += [Step(says=f"{o.credential['name']} answered", at=o.signed_at) for o in opinions]
    done += [
        Step(says=f"You told how it went after {o.weeks} weeks", at=o.told_at)
        for o in outcomes
        if o.told_at
    ]
    happened = sorted((s for s in done if s.at), key=lambda step: step.at or case.started_at)
    return (*happened, *_ahead(case, opinions, outcomes))


def _ahead(case: Case, opinions: list[Opinion], outcomes: list[Outcome]) -> Iterator[Step]:
    if case.state == "screening":
        yield Step(says="Your panel gets it")
    if case.state in {"screening", "open"}:
        yield Step(says="More answers" if opinions else "First answer")
    if case.state in {"answered", "closed"} and len(outcomes) < 2:
        yield Step(says=f"We ask how it went, after {2 if not outcomes else 6} weeks")


def standing_of(
    case: Case, panel: list[Specialist], opinions: list[Opinion], wait: Wait | None, now: datetime
) -> Standing:
    """The first line of the page."""
    facts = Facts(
        state=case.state,
        opened_at=case.opened_at,
        panel=len(panel),
        answers=len(opinions),
        questions=len(open_questions(case)),
        usual=wait.half if wait else None,
        measured=wait.cases if wait else 0,
    )
    return standing(facts, now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """A purpose as the asker's page shows it: what is agreed to now, or what is asked today."""

    wording: Wording
    since: datetime | None
    ended: datetime | None = None


def purposes_of(case: Case) -> tuple[Purpose, ...]:
    """Every purpose, given or not, with the wording that was agreed to."""
    now, every = consents_standing(case), consents_of(case)
    ended = {c.purpose: c.ended_at for c in every}
    return tuple(
        Purpose(
            wording=agreed(p, now[p].version) if p in now else wording_of(p),
            since=now[p].given_at if p in now else None,
            ended=None if p in now else ended.get(p),
        )
        for p in PURPOSES
    )


def options_of(case: Case, opinions: list[Opinion]) -> tuple[tuple[str, str], ...]:
    """What the asker may have done: the rows that somebody proposes, each concept once."""
    if not opinions:
        return ()
    side = comparison_of(case, opinions)
    rows = (*side.do_first, *side.options)
    return tuple({r.concept.id: _named(r.concept.name) for r in rows}.items())


def _named(name: str) -> str:
    return name[:1].upper() + name[1:]


def said(look: Look) -> str:
    """What somebody did, in words: ``opened your case, 3 times``."""
    did = KINDS.get(look.kind, "looked at something of your case")
    return did if look.times == 1 else f"{did}, {look.times} times"
