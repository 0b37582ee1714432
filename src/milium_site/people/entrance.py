"""The form on the page where everybody signs in."""

from __future__ import annotations

from allauth.account.forms import LoginForm
from django.utils.safestring import SafeString


class SignInForm(LoginForm):  # type: ignore[misc] # allauth ships no types
    """An address with a password; without one a code is sent, so that nobody has to find another page."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        password = self.fields["password"]
        password.required, password.help_text = False, SafeString()
