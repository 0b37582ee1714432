"""What a line of the queue shows of a case. Nothing of anybody else's work on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from milium_site.cases.answers import not_answered
from milium_site.cases.models import Case
from milium_site.cases.policies import SELF_HARM
from milium_site.cases.presenters import age_in_words, headline, pseudonym
from milium_site.cases.queries import answers_of
from milium_site.cases.workflow import OPEN
from milium_site.opinions.seats.queries import chosen_topics, photos_by_case, places_of
from milium_site.opinions.workflow import DRAFT
from milium_site.people.models import Specialist


UNSIGNED = frozenset({"", DRAFT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One case in the queue. ``own`` is the state of the reader's own answer; ``until`` when their place is given back;
    ``fits`` names what they chose to be asked about and the case is of.
    """

    case: Case
    headline: str
    pseudonym: str
    age: str
    own: str
    is_own: bool
    is_taken: bool
    until: datetime | None
    fits: tuple[str, ...]
    photos: int
    unanswered: int
    is_tender: bool
    waits_since: datetime | None

    @property
    def waits(self) -> bool:
        """Whether it waits for the reader's answer."""
        return self.own in UNSIGNED and self.case.state == OPEN

    @property
    def is_over(self) -> bool:
        """Whether it was closed before the reader signed: what they wrote is kept."""
        return self.own in UNSIGNED and self.case.state != OPEN


def rows_of(
    cases: Iterable[Case],
    specialist: Specialist,
    *,
    states: Mapping[int, str],
    now: datetime,
) -> list[Row]:
    """The cases as lines, in the order given."""
    listed = list(cases)
    photos, places = photos_by_case(listed), places_of(specialist, listed, now)
    fits = chosen_topics(specialist, listed)
    return [
        Row(
            case=case,
            headline=headline(case),
            pseudonym=pseudonym(case),
            age=age_in_words(case),
            own=states.get(case.pk, ""),
            is_own=case.pk in places,
            is_taken=bool(case.pk in places and places[case.pk].taken_at),
            until=places[case.pk].lapses_at if case.pk in places else None,
            fits=fits[case.pk],
            photos=photos.get(case.pk, 0),
            unanswered=len(not_answered(answers_of(case))),
            is_tender=SELF_HARM in case.dealt_with,
            waits_since=case.submitted_at,
        )
        for case in listed
    ]
