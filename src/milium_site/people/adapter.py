"""How django-allauth behaves here."""

from __future__ import annotations

import secrets

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from typing_extensions import override

from milium_site.foundation.keyring import opened, sealed


CODE_DIGITS = 8


class Adapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth ships no types
    """Anybody may make an asker's account, by a code sent to their address; nobody makes themselves a specialist."""

    @override
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return True

    @override
    def generate_login_code(self) -> str:
        return code()

    @override
    def generate_password_reset_code(self) -> str:
        return code()

    @override
    def generate_email_verification_code(self) -> str:
        return code()


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc] # as above
    """Seals the secrets of authenticator apps and recovery codes: a copied database makes no code."""

    @override
    def encrypt(self, text: str) -> str:
        return sealed(text)

    @override
    def decrypt(self, encrypted_text: str) -> str:
        return opened(encrypted_text)


def code() -> str:
    """Digits alone, in two groups: they are read from a phone and typed with its number keys."""
    drawn = "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS))
    return f"{drawn[:4]}-{drawn[4:]}"
