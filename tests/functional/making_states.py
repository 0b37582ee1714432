"""Cases in the states that a test cannot click its way to in a moment, made by the actions that people use.

Runs in a process of its own, beside the site that is looked at: the browser's process sets up no Django.
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta

from django.test import override_settings
from django.utils import timezone
from tests import factories as make
from tests.functional.states import ANSWER, TEXT

from milium_site.casebook.actions import close_case, erase_case, withdraw_case
from milium_site.consents.actions import give_consent
from milium_site.moderation.actions import move_case
from milium_site.outcomes.actions import open_due_follow_ups
from milium_site.people.models import User
from milium_site.people.queries import demo_specialists
from milium_site.threads.actions import answer_panel, ask_asker


def make_states() -> dict[str, str]:
    """Makes them; gives back the link of each case."""
    panel = list(demo_specialists())
    moderator = User.objects.get(email="mira@demo.example")

    def asked(name: str, answers: int = 0) -> make.Asked:
        found = make.sent_case(TEXT.format(name=name))
        for author in panel[:answers]:
            make.signed(found.case, author, ANSWER)
        found.case.refresh_from_db()
        return found

    made = {name: asked(name) for name in ("gone", "erased", "held", "removed")}
    # Where a moderator reads first, a case can be given back.
    with override_settings(MILIUM_SCREENING="moderator"):
        made |= {name: asked(name) for name in ("screening", "returned")}
    withdraw_case(case=made["gone"].case)
    erase_case(case=made["erased"].case)
    for what, name in (("hold", "held"), ("return", "returned"), ("remove", "removed")):
        reason = "Please leave out the name of your doctor."
        move_case(
            case=made[name].case, what=what, by=moderator, reason=reason, seen=made[name].case.state
        )
    made["partly"] = partly = asked("partly", 1)
    make.photo(partly.case)
    give_consent(case=partly.case, purpose="archive_text")
    ask_asker(
        case=partly.case, specialist=panel[1], text="Does it ever weep or bleed?", wants_photos=True
    )
    made["asked"] = asked("asked")
    ask_asker(case=made["asked"].case, specialist=panel[1], text="Does it itch more at night?")
    made["unsafe"] = asked("unsafe")
    answer_panel(
        case=made["unsafe"].case, text="Now my lips are swelling and I can't breathe well."
    )
    made["closed"] = asked("closed", 1)
    close_case(case=made["closed"].case)
    made["followed"] = followed = asked("followed", 3)
    # Three weeks pass for this case alone.
    followed.case.events.update(at=timezone.now() - timedelta(weeks=3))
    open_due_follow_ups(now=timezone.now())
    return {name: one.link for name, one in made.items()}


def told() -> None:
    """Makes the cases and prints their links as JSON."""
    sys.stdout.write(json.dumps(make_states()))
