from __future__ import annotations

from django.urls import path

from milium_site.photos import views


urlpatterns = [
    path("c/<str:link>/photos/", views.photos, name="photos"),
    path("c/<str:link>/photos/<str:photo>/", views.photo_page, name="photo-page"),
    path("c/<str:link>/photos/<str:photo>/<str:size>/", views.photo, name="photo"),
    path("queue/<str:key>/photos/<str:photo>/<str:size>/", views.panel_photo, name="panel-photo"),
    path(
        "moderation/<str:key>/photos/<str:photo>/<str:size>/",
        views.moderator_photo,
        name="moderator-photo",
    ),
]
