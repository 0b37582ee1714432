"""What anybody may ask: how a text is read, how urgent it is, what a name stands for. Nothing is kept."""

from __future__ import annotations

from typing import Annotated, Literal

from django.conf import settings
from django.http import Http404, HttpRequest
from ninja import Router
from pydantic import StringConstraints

from milium.api import LOOKUP_KINDS, Intake, lookup, read_answer, read_question, triage
from milium_site.exchange.api.schemas import (
    AnswerRead,
    ConceptOut,
    QuestionRead,
    TextIn,
    Triaged,
    TriageIn,
)


router = Router(tags=["understanding"])
KIND_NAMES = tuple(LOOKUP_KINDS)


@router.post("/read/question", response=QuestionRead)
def question(request: HttpRequest, sent: TextIn) -> QuestionRead:
    """What a question tells: places, signs, what was tried, what is asked."""
    return QuestionRead(history=read_question(sent.text))


@router.post("/read/answer", response=AnswerRead)
def answer(request: HttpRequest, sent: TextIn) -> AnswerRead:
    """What an answer advises."""
    return AnswerRead(statements=read_answer(sent.text))


@router.post("/triage", response=Triaged)
def urgency(request: HttpRequest, sent: TriageIn) -> Triaged:
    """The red flags of a text. None found is no promise that nothing is wrong."""
    found = triage(
        sent.text,
        intake=Intake(age=sent.age, sex=sent.sex),
        country=sent.country or settings.MILIUM_COUNTRY,
    )
    return Triaged(urgency=found.urgency, flags=found.flags)


@router.get("/lookup", response=ConceptOut)
def concept(
    request: HttpRequest,
    name: Annotated[str, StringConstraints(min_length=1, max_length=100)],
    kind: Literal[KIND_NAMES] | None = None,  # type: ignore[valid-type] # the library's own table
) -> ConceptOut:
    """What a name stands for."""
    found = lookup(name, kind)
    if found is None:
        raise Http404
    return ConceptOut(id=found.id, name=found.name, kind=found.kind, names=list(found.names))
