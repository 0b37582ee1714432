"""What is asked and answered about a case, from both sides."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router
from ninja.responses import Status

from milium_site.cases.models import Case
from milium_site.exchange.api.doors import BearerToken, own_case, panel_case, specialist
from milium_site.exchange.api.presenters import messages_out
from milium_site.exchange.api.schemas import AskIn, KeyPath, MessagesOut, SayIn
from milium_site.exchange.problems import Problem
from milium_site.opinions.queries import own_opinion
from milium_site.opinions.visibility import is_sealed
from milium_site.people.models import Specialist
from milium_site.threads.actions import answer_panel, ask_asker
from milium_site.threads.presenters import thread_for_asker, thread_for_panellist
from milium_site.threads.queries import asked_of


router = Router(tags=["talking"])


@router.get("/case/messages", response=MessagesOut, auth=BearerToken("own:read"))
def own_thread(request: HttpRequest) -> MessagesOut:
    """What the panel asked and the asker answered."""
    return messages_out(thread_for_asker(own_case(request)))


@router.post("/case/messages", response={201: MessagesOut}, auth=BearerToken("own:write"))
def say(request: HttpRequest, sent: SayIn) -> Status[MessagesOut]:
    """The asker writes to the panel. ``held`` says that an emergency in the words has to be dealt with first."""
    case = own_case(request)
    asked = None
    if sent.answers is not None:
        asked = next((m for m in asked_of(case) if m.pk == sent.answers), None)
        if asked is None:
            raise Problem(422, "answers: this case has no such question")
    answer_panel(case=case, text=sent.text, answers=asked)
    return Status(201, messages_out(thread_for_asker(case)))


@router.get("/cases/{key}/messages", response=MessagesOut, auth=BearerToken("cases:read"))
def thread(request: HttpRequest, key: KeyPath) -> MessagesOut:
    """The thread; before signing without who asked."""
    return _for_panel(panel_case(request, key), specialist(request))


@router.post("/cases/{key}/messages", response={201: MessagesOut}, auth=BearerToken("cases:write"))
def ask(request: HttpRequest, key: KeyPath, sent: AskIn) -> Status[MessagesOut]:
    """Asks the person something, or for photos."""
    case, who = panel_case(request, key), specialist(request)
    ask_asker(case=case, specialist=who, text=sent.text, wants_photos=sent.wants_photos)
    return Status(201, _for_panel(case, who))


def _for_panel(case: Case, who: Specialist) -> MessagesOut:
    own = own_opinion(case, who)
    sealed = own is None or is_sealed([own], who.pk)
    return messages_out(thread_for_panellist(case, who.pk, sealed=sealed))
