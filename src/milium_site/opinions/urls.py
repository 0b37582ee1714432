from __future__ import annotations

from django.urls import path

from milium_site.opinions import views


urlpatterns = [
    path("c/<str:link>/", views.case_page, name="case"),
    path("queue/", views.queue, name="queue"),
    path("queue/<str:key>/", views.answer, name="answer"),
    path("queue/<str:key>/review/", views.review, name="review"),
]
