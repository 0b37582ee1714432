from __future__ import annotations

from django.urls import path

from milium_site.moderation import views


urlpatterns = [
    path("moderate/", views.queue, name="moderate"),
    path("moderate/reports/", views.reports, name="moderate-reports"),
    path("moderate/record/", views.the_record, name="moderate-record"),
    path("moderate/cases/<str:key>/", views.case_page, name="moderate-case"),
    path("report/<str:kind>/<str:key>/", views.report, name="report"),
]
