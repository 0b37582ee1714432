"""Reading opinions. Whoever asks gets what ``visibility`` gives them, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet

from milium.api import (
    Asker,
    Comparison,
    Note,
    Prompt,
    compare_readings,
    facts_of,
    notes_for,
    prompts_for,
    read_answer,
    vocabulary,
)
from milium.api import Case as AskedCase
from milium.api import Opinion as SignedOpinion
from milium_site.cases.models import Case
from milium_site.cases.queries import history_of
from milium_site.foundation.values import statement_from
from milium_site.opinions.models import Amendment, Opinion, Phrase
from milium_site.opinions.review import Review, reviewed
from milium_site.opinions.visibility import Reader, visible, withdrawn
from milium_site.people.models import Specialist


def opinions_seen_by(reader: Reader, case: Case) -> list[Opinion]:
    """The opinions of the case that ``reader`` may see, in the order they were signed, a panellist's own first."""
    return list(visible(_every(case), reader))


def withdrawn_seen_by(reader: Reader, case: Case) -> list[Withdrawn]:
    """Which answers were taken back, by whom and why, for a reader who may know it."""
    return [
        Withdrawn(name=o.credential["name"], at=o.changed_at, because=o.because)
        for o in withdrawn(_every(case), reader)
    ]


def _every(case: Case) -> QuerySet[Opinion]:
    opinions = case.opinions.select_related("specialist").order_by("signed_at", "pk")
    return opinions.prefetch_related("specialist__credentials", "earlier", "replies")


def own_amendment(opinion: Opinion) -> Amendment | None:
    """The draft of the amended answer, where its author has begun one."""
    found = Amendment.objects.select_related("opinion__case", "opinion__specialist")
    return found.filter(opinion=opinion).first()


def phrases_of(specialist: Specialist) -> list[Phrase]:
    """The specialist's own phrases, the oldest first."""
    return list(Phrase.objects.filter(specialist=specialist))


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """An answer that was taken back: by whom, when and why. Its words are not in here."""

    name: str
    at: datetime | None
    because: str


def own_opinion(case: Case, specialist: Specialist) -> Opinion | None:
    """The specialist's own opinion of the case, in whatever state."""
    own = Opinion.objects.select_related("case", "specialist")
    return own.filter(case=case, specialist=specialist).first()


def kept_draft(key: str, specialist: Specialist) -> Opinion | None:
    """What the specialist wrote to a case that they cannot open now; nothing of the case itself."""
    return Opinion.objects.filter(case__key=key, specialist=specialist).exclude(text="").first()


def own_states(specialist: Specialist, cases: Iterable[Case]) -> dict[int, str]:
    """The state of the specialist's own opinion, by the case's primary key."""
    own = Opinion.objects.filter(specialist=specialist, case__in=list(cases))
    return dict(own.values_list("case_id", "state"))


def comparison_of(case: Case, opinions: list[Opinion]) -> Comparison:
    """The signed readings side by side, in the order of ``opinions``."""
    return compare_readings(
        asked(case, opinions),
        history_of(case),
        {str(o.pk): tuple(map(statement_from, o.reading)) for o in opinions},
        country=country_of(case),
    )


def country_of(case: Case) -> str:
    """The country whose rules count for the case."""
    return case.country or settings.MILIUM_COUNTRY


def conditions_named(case: Case) -> tuple[str, ...]:
    """The ids of the conditions in the asker's own words."""
    names = (m.concepts[0] for m in vocabulary().mentions(case.question))
    return tuple(dict.fromkeys(id_ for id_ in names if id_.startswith("condition:")))


def open_prompts(opinion: Opinion | Amendment, review: Review) -> tuple[tuple[Prompt, Note], ...]:
    """What the draft leaves unsaid that Milium would ask its author about, each with the note behind it."""
    case, text = opinion.case, opinion.text
    statements = reviewed(text, read_answer(text), review)
    facts = facts_of(asker_of(case), history_of(case), country=country_of(case))
    notes = {note.id: note for note in notes_for(statements, facts)}
    return tuple((p, notes[p.note]) for p in prompts_for(statements, text, facts))


def asker_of(case: Case) -> Asker:
    """The person as the library knows askers."""
    return Asker(sex=case.sex or None, age=case.age, place=case.place or None)  # type: ignore[arg-type] # the column's choices are the type's


def asked(case: Case, opinions: list[Opinion]) -> AskedCase:
    """The case as the library knows cases."""
    return AskedCase(
        id=case.key,
        question=case.question,
        asker=asker_of(case),
        opinions=tuple(
            SignedOpinion(
                id=str(o.pk),
                text=o.text,
                specialist=o.credential.get("name"),
                specialty=o.credential.get("profession"),
            )
            for o in opinions
        ),
    )
