"""What the case page is given."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from milium_site.casebook.actions import CLOSABLE
from milium_site.casebook.forms import TellMe, WordsToPanel
from milium_site.casebook.presenters import standing_of, timeline
from milium_site.casebook.queries import usual_wait
from milium_site.cases.links import key_in
from milium_site.cases.models import Case
from milium_site.cases.policies import SELF_HARM
from milium_site.cases.presenters import help_now
from milium_site.cases.queries import holding_of, panel_of
from milium_site.notices.vapid import push_key
from milium_site.opinions.context import case_facts, compared
from milium_site.opinions.queries import opinions_seen_by, withdrawn_seen_by
from milium_site.opinions.visibility import TheAsker
from milium_site.outcomes.queries import outcomes_of
from milium_site.people.presenters import credential_card
from milium_site.photos.presenters import ByLink, photos_shown
from milium_site.threads.policies import WITH_THREAD
from milium_site.threads.presenters import thread_for_asker


def page_of(
    request: HttpRequest,
    case: Case,
    link: str,
    *,
    words: WordsToPanel | None = None,
    tell_me: TellMe | None = None,
    given_back: str = "",
) -> dict[str, object]:
    """Everything of the page; ``words`` and ``tell_me`` are forms that were refused, ``given_back`` what was typed too late."""
    opinions, panel = opinions_seen_by(TheAsker(), case), panel_of(case)
    outcomes, signed_by = outcomes_of(case), {o.specialist_id for o in opinions}
    thread = thread_for_asker(case)
    return case_facts(case) | {
        "link": link,
        "from_account": bool(key_in(link)),
        "held": holding_of(case),
        "photos": photos_shown(case, ByLink(link=link)),
        "address": request.build_absolute_uri(reverse("case", args=[link])),
        "standing": standing_of(case, panel, opinions, usual_wait(), timezone.now()),
        "timeline": timeline(case, opinions, outcomes),
        "panel": [(credential_card(s), s.pk in signed_by) for s in panel],
        "care": help_now(case.flags, case.country) if SELF_HARM in case.dealt_with else None,
        "dealt": {*case.dealt_with} - {SELF_HARM},
        "opinions": opinions,
        "withdrawn": withdrawn_seen_by(TheAsker(), case),
        "side": compared(case, opinions) if opinions else None,
        "thread": thread,
        "unsent": any(line.held for line in thread),
        "may_close": case.state in CLOSABLE and bool(opinions),
        "may_write": case.state in WITH_THREAD,
        "words": words or WordsToPanel(),
        "answering": _number(words.data.get("answers", "")) if words else None,
        "tell_me": tell_me or TellMe(),
        "push_key": push_key(),
        "typed": given_back,
        "due": [o for o in outcomes if not o.told_at],
        "outcomes": [o for o in outcomes if o.told_at],
        "number": help_now([], case.country).number,
    }


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() else None
