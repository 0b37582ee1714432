from __future__ import annotations

from django.contrib.sitemaps.views import sitemap
from django.urls import path, re_path

from milium_site.archive.views import asker, feeds, gathering, moderating, reading, searching


urlpatterns = [
    path("c/<str:link>/publication/", asker.publication, name="publication"),
    path("moderate/publications/", moderating.waiting, name="publications"),
    path("moderate/publications/<int:number>/", moderating.review_one, name="publication-review"),
    path("search/", searching.search_page, name="search"),
    path("search/suggest/", searching.suggest, name="suggest"),
    path("like/", searching.like, name="like"),
    path("cases/", reading.index, name="archive"),
    path("cases/body/", reading.body, name="archive-body"),
    path("cases/feed/", feeds.NewCases(), name="archive-feed"),
    path("sitemap.xml", sitemap, {"sitemaps": {"cases": feeds.Cases}}, name="sitemap"),
    path("robots.txt", feeds.robots, name="robots"),
    re_path(
        r"^(?P<kind>conditions|treatments|tests|specialties)/(?P<slug>[-\w]+)/$",
        gathering.concept,
        name="published-concept",
    ),
    path(
        "cases/<slug:name>/photos/<slug:photo>/<slug:size>/",
        reading.picture,
        name="published-photo",
    ),
    path("cases/<slug:name>/", reading.published, name="published"),
]
