"""Every address of the site. tests/site/test_authorisation.py has a row for each."""

from __future__ import annotations

from django.urls import include, path

from milium_site.config import health, operators
from milium_site.foundation import views


urlpatterns = [
    path("", include("milium_site.cases.urls")),
    path("", include("milium_site.casebook.urls")),
    path("", include("milium_site.photos.urls")),
    path("", include("milium_site.archive.urls")),
    path("", include("milium_site.opinions.urls")),
    path("", include("milium_site.notices.urls")),
    path("", include("milium_site.moderation.urls")),
    path("", include("milium_site.people.urls")),
    path("", include("milium_site.exchange.urls")),
    path("operator/jobs/", operators.jobs, name="operator-jobs"),
    path("health/", health.health, name="health"),
    path("ready/", health.ready, name="ready"),
    path("metrics/", health.metrics, name="metrics"),
    path("about/", views.about, name="about"),
    path("about/words/", views.words, name="about-words"),
    path("about/<str:kind>/<slug:slug>/", views.word, name="about-word"),
]

handler400 = "milium_site.foundation.views.bad_request"
handler403 = "milium_site.foundation.views.forbidden"
handler404 = "milium_site.foundation.views.not_found"
handler500 = "milium_site.foundation.views.broken"
