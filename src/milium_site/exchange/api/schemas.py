"""What calls take and give."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.conf import settings
from ninja import Path, Schema
from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from milium.api import History, RedFlag, Stance, Statement, Urgency


def _readable(text: str) -> str:
    if "\x00" in text:
        raise ValueError("holds a character that is no text")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _says_something(text: str) -> str:
    if not text.strip():
        raise ValueError("has no words")
    return text


# The letters that keys are drawn from.
KeyPath = Path[Annotated[str, StringConstraints(pattern=r"^[2-9b-z]{10}$")]]
Words = Annotated[
    str,
    StringConstraints(min_length=1, max_length=settings.MILIUM_TEXT_LIMIT),
    AfterValidator(_readable),
    AfterValidator(_says_something),
]
Draftable = Annotated[str, StringConstraints(max_length=20_000), AfterValidator(_readable)]
Line = Annotated[
    str,
    StringConstraints(min_length=1, max_length=500),
    AfterValidator(_readable),
    AfterValidator(_says_something),
]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Place = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f]*$", max_length=60)]
Purpose = Literal["care", "archive_text", "archive_photos", "research"]
Version = Annotated[int, Field(ge=0, le=1_000_000_000)]


class Body(Schema):
    """What is sent. A member that nobody knows is refused: a misspelt one would be lost in silence."""

    model_config = ConfigDict(extra="forbid")


class TextIn(Body):
    """A text to be read."""

    text: Words


class TriageIn(TextIn):
    """A text and what is known of the person."""

    country: Country | None = None
    age: Annotated[int, Field(ge=0, le=120)] | None = None
    sex: Literal["female", "male"] | None = None


class QuestionRead(Schema):
    """What was read in a question, each with the words it was read from."""

    history: History


class AnswerRead(Schema):
    """What was read in an answer, each with the words it was read from."""

    statements: tuple[Statement, ...]


class Triaged(Schema):
    """The most urgent level, and the red flags found."""

    urgency: Urgency
    flags: tuple[RedFlag, ...]


class ConceptOut(Schema):
    """An entry of the vocabulary."""

    id: str
    name: str
    kind: str
    names: list[str]


class FormOut(Schema):
    """An empty form. Two cases sent with the same token are one."""

    token: str


class StartIn(TextIn):
    """A question. ``token`` comes from ``POST /forms``; without one every call starts a case of its own."""

    token: Annotated[str, StringConstraints(max_length=200)] | None = None
    country: Country | None = None


class CaseOut(Schema):
    """A case as its reader may see it."""

    key: str
    state: str
    headline: str
    text: str
    question: str
    history: dict[str, Any]
    problem: str
    who_for: str
    age: int | None
    sex: str
    place: str
    country: str
    urgency: Urgency
    flags: list[dict[str, Any]]
    submitted_at: datetime | None
    opened_at: datetime | None
    photos: int


class StartedOut(Schema):
    """A started case. ``link`` is its key, shown to nobody else: it is the bearer token of the asker."""

    link: str
    case: CaseOut


class ChangeIn(Body):
    """What changes in a draft; what is not sent stays."""

    text: Words | None = None
    who_for: Literal["self", "child", "other"] | None = None
    age: Annotated[int, Field(ge=0, le=120)] | None = None
    sex: Literal["female", "male", ""] | None = None
    place: Place | None = None
    country: Country | None = None


class SendIn(Body):
    """What the asker agrees to."""

    purposes: Annotated[list[Purpose], Field(min_length=1, max_length=4)]


class ConsentOut(Schema):
    """A consent and since when; ``ended_at`` when it was taken back."""

    purpose: str
    version: int
    given_at: datetime
    ended_at: datetime | None


class OpinionOut(Schema):
    """An answer, with how its author confirmed it is read."""

    id: int
    state: str
    author: str
    profession: str
    own: bool
    text: str
    version: int
    signed_at: datetime | None
    reading: list[dict[str, Any]]


class OpinionsOut(Schema):
    """The answers its reader may see. ``sealed``: their own is not signed, so nothing of the others' is here."""

    sealed: bool
    opinions: list[OpinionOut]


class ComparisonOut(Schema):
    """The answers side by side, as ``milium compare`` gives them; every cell with its words."""

    comparison: dict[str, Any]


class QueueRow(Schema):
    """A case of the queue. ``own``: the place is theirs; ``answer``: the state of their own answer."""

    key: str
    headline: str
    urgency: Urgency
    own: bool
    taken: bool
    answer: str
    until: datetime | None
    fit: int
    photos: int
    waits_since: datetime | None


class QueueOut(Schema):
    """Their own cases (on the first page), then those they may take; ``next`` goes into ``after``."""

    cases: list[QueueRow]
    next: str | None


class PassIn(Body):
    """Why a case is passed on."""

    because: Line


class DraftIn(Body):
    """The draft's words, standing on the ``version`` that was read."""

    text: Draftable
    version: Version


class PromptOut(Schema):
    """What Milium would ask the author about, with its source."""

    text: str
    note: str


class ReadingOut(Schema):
    """How the draft is read, to be confirmed by its author; what stands open."""

    version: int
    statements: tuple[Statement, ...]
    prompts: list[PromptOut]


class SignIn(Body):
    """Signs the draft of ``version``. ``removed`` and the keys of ``stances`` name statements (``test/test:skin-biopsy``)."""

    version: Version
    removed: Annotated[
        list[Annotated[str, StringConstraints(max_length=120)]],
        Field(max_length=200, default_factory=list),
    ]
    stances: Annotated[dict[str, Stance], Field(max_length=200, default_factory=dict)]


class MessageOut(Schema):
    """A message of the thread. ``held``: it waits until an emergency in it is dealt with."""

    id: int
    who: str
    own: bool
    is_question: bool
    text: str
    at: datetime
    wants_photos: bool
    held: bool


class MessagesOut(Schema):
    """The thread, the oldest first."""

    messages: list[MessageOut]


class AskIn(Body):
    """A question to the person."""

    text: Words
    wants_photos: bool = False


class SayIn(Body):
    """The asker's words to their panel; ``answers`` is the id of a question."""

    text: Words
    answers: Annotated[int, Field(ge=1, le=2**62)] | None = None


class PublishedRow(Schema):
    """A published case."""

    key: str
    title: str
    address: str
    published_at: datetime
    age_band: str
    sex: str


class PublishedList(Schema):
    """A page of the archive; ``next`` is the ``skip`` of the next one."""

    cases: list[PublishedRow]
    next: int | None


class PublishedAnswer(Schema):
    """One published answer."""

    author: str
    profession: str
    text: str
    reading: list[dict[str, Any]]


class PublishedOut(PublishedRow):
    """A published case with its answers side by side."""

    question: str
    answers: list[PublishedAnswer]
    comparison: dict[str, Any]


class WaitingRow(Schema):
    """A case that waits for a moderator."""

    key: str
    state: str
    urgency: Urgency
    submitted_at: datetime | None
    risk: int | None
    text: str


class WaitingOut(Schema):
    """The riskiest first."""

    cases: list[WaitingRow]


class HoldIn(Body):
    """Why it is held, for its asker; ``seen`` is the state in which it was read."""

    reason: Line
    seen: Literal["screening", "open", "answered", "closed", "returned", "removed", "held"]


class StateOut(Schema):
    """Where the case is now."""

    key: str
    state: str


class StandingOut(Schema):
    """How work stands: jobs due, waiting and dead, and the webhooks' deliveries that were given up."""

    jobs_due: int
    jobs_waiting: int
    jobs_dead: int
    deliveries_dead: int
