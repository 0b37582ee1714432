from __future__ import annotations

from allauth.account.views import login, logout
from django.urls import path


# The names are django-allauth's: it looks its own pages up by them.
urlpatterns = [
    path("sign-in/", login, name="account_login"),
    path("sign-out/", logout, name="account_logout"),
]
