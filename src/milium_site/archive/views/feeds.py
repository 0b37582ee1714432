"""The archive for programs: a feed, a sitemap, and what search engines may read."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe
from typing_extensions import override

from milium_site.archive.legible import legible
from milium_site.archive.models import PublishedCase
from milium_site.archive.queries import every_page, latest


MOST = 30


class NewCases(Feed[PublishedCase, None]):
    """The newest published cases, as Atom."""

    feed_type = Atom1Feed
    title = "Milium: published cases"
    subtitle = "What specialists said, side by side."
    link = reverse_lazy("archive")
    feed_url = reverse_lazy("archive-feed")

    @override
    def items(self) -> list[PublishedCase]:
        """The newest."""
        return latest(MOST)

    @override
    def item_title(self, item: PublishedCase) -> str:
        return legible(item.title)

    @override
    def item_description(self, item: PublishedCase) -> str:
        return legible(item.question)

    @override
    def item_pubdate(self, item: PublishedCase) -> datetime:
        """When it was published."""
        return item.published_at

    @override
    def item_updateddate(self, item: PublishedCase) -> datetime:
        """When it changed last."""
        return item.changed_at


class Cases(Sitemap[PublishedCase]):
    """Every published case."""

    limit = 5000

    @override
    def items(self) -> QuerySet[PublishedCase]:
        return every_page()

    def lastmod(self, item: PublishedCase) -> datetime:
        """When it changed last."""
        return item.changed_at


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines may read the archive; behind a secret link there is nothing for them."""
    lines = (
        "User-agent: *",
        "Disallow: /c/",
        "Disallow: /search/",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
