from __future__ import annotations

from django.urls import path

from milium_site.cases import pages, views


urlpatterns = [
    path("", views.ask, name="ask"),
    path("understand/", views.understand, name="understand"),
    path("c/<str:link>/words/", views.words, name="words"),
    path("c/<str:link>/questions/", pages.questions, name="questions"),
    path("c/<str:link>/person/", pages.person, name="person"),
    path("c/<str:link>/check/", pages.check, name="check"),
    path("c/<str:link>/now/", views.now, name="now"),
]
