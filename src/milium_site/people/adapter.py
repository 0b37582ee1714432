"""How django-allauth behaves here."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from typing_extensions import override


class Adapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth ships no types
    """Accounts are made by the operator: askers need none, specialists are checked first."""

    @override
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
