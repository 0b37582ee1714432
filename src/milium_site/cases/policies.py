"""In which state a case may be changed, sent or read."""

from __future__ import annotations

from milium_site.cases.models import Case
from milium_site.cases.workflow import WITH_ASKER, WITH_PANEL


# The rule for somebody who may harm themselves: they are met with care, and are asked to prove nothing.
SELF_HARM = "rf_self_harm"


class NotNow(Exception):
    """The case is in no state for this. The message says why, to the person."""


def check_still_a_draft(case: Case) -> None:
    """The asker may change their words until the case is sent."""
    if case.state not in WITH_ASKER:
        raise NotNow("This case has been sent. Its words can no longer be changed.")


def open_emergencies(case: Case) -> list[dict[str, object]]:
    """The emergency flags that nobody has said were dealt with."""
    return [
        flag
        for flag in case.flags
        if flag["urgency"] == "emergency" and flag["rule"] not in case.dealt_with
    ]


def waits_for_care(case: Case) -> bool:
    """Whether all that holds the case is that its writer may think of harming themselves."""
    return {flag["rule"] for flag in open_emergencies(case)} == {SELF_HARM}


def is_with_panel(case: Case) -> bool:
    """Whether the panel may read the case."""
    return case.state in WITH_PANEL
