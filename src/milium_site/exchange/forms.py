"""What is typed and ticked on the pages of tokens and webhooks."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.http import QueryDict

from milium_site.exchange.scopes import Role, offered
from milium_site.exchange.webhooks.events import EVENTS


DAYS = {"7": "7 days", "30": "30 days", "90": "90 days", "365": "1 year"}


class TokenForm(forms.Form):
    """A new token."""

    name = forms.CharField(
        label="What is it for?",
        help_text="Such as the name of the program that will use it.",
        max_length=60,
        error_messages={"required": "Give it a name, so that you know later what it was for."},
    )
    scopes = forms.MultipleChoiceField(
        label="What may it do?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick what it may do."},
    )
    days = forms.ChoiceField(
        label="For how long?", choices=list(DAYS.items()), initial="30", widget=forms.RadioSelect
    )

    def __init__(self, data: QueryDict | None = None, *, roles: Collection[Role]) -> None:
        super().__init__(data)
        scopes: Any = self.fields["scopes"]
        scopes.choices = [(scope.name, f"{scope.says} ({scope.name})") for scope in offered(roles)]


class WebhookForm(forms.Form):
    """A new address that is told of events."""

    url = forms.CharField(
        label="Address",
        help_text="It begins with https:// and must be reachable from everywhere.",
        max_length=500,
        error_messages={"required": "Type the address that is told."},
    )
    events = forms.MultipleChoiceField(
        label="What is it told of?",
        choices=list(EVENTS.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick what it is told of."},
    )
