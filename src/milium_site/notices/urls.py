"""Addresses that stand in messages."""

from __future__ import annotations

from django.urls import path

from milium_site.notices import choices, views


urlpatterns = [
    path("profile/notices/", choices.own_notices, name="own-notices"),
    path("notices/stop/<str:token>/", views.stop_notices, name="stop-notices"),
    path("notices/confirm/<str:token>/", views.confirm_notices, name="confirm-notices"),
    path("push-worker.js", views.push_worker, name="push-worker"),
]
