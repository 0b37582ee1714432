"""What every page carries: headers, error pages in the same voice, nothing from elsewhere."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests import factories as make

from milium_site.foundation.security import policy


pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(client: Client) -> dict[str, Any]:
    author = make.specialist()
    asked, draft = make.open_case(), make.draft_case()
    make.signed(asked.case, author)
    paths = ["/", "/about/", "/sign-in/", "/nowhere/"]
    paths += [
        reverse("case", args=[asked.link]),
        reverse("questions", args=[draft.link]),
        reverse("person", args=[draft.link]),
        reverse("check", args=[draft.link]),
        reverse("words", args=[draft.link]),
    ]
    return {path: client.get(path) for path in paths}


def test_every_page_carries_the_strict_policy(pages: dict[str, Any]) -> None:
    assert "'unsafe" not in policy()
    for response in pages.values():
        assert response["Content-Security-Policy"] == policy()
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["X-Frame-Options"] == "DENY"
        assert response["Referrer-Policy"] == "same-origin"
        assert response["Cross-Origin-Opener-Policy"] == "same-origin"


def test_no_page_holds_inline_code_or_style_but_what_its_policy_names(
    pages: dict[str, Any],
) -> None:
    for response in pages.values():
        html = response.content.decode()
        held = re.findall(r"<(style|script)>(.*?)</\1>", html, re.DOTALL)
        assert held
        for _, text in held:
            digest = b64encode(hashlib.sha256(text.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in response["Content-Security-Policy"]
        rest = re.sub(r"<(style|script)>.*?</\1>", "", html, flags=re.DOTALL)
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|<script(?![^>]*\ssrc=)", rest)


def test_no_page_asks_anybody_else_for_anything(pages: dict[str, Any]) -> None:
    for response in pages.values():
        loads = re.findall(
            r'<(?:script|link|img|iframe|source)[^>]*(?:src|href)="([^"]+)"',
            response.content.decode(),
        )
        assert loads
        assert all(url.startswith("/static/") for url in loads)


def test_a_private_page_is_kept_by_no_cache_and_no_search_engine(pages: dict[str, Any]) -> None:
    for path, response in pages.items():
        assert response["Cache-Control"] in {
            "private, no-cache",
            "max-age=0, no-cache, no-store, must-revalidate, private",
        }
        assert (response.get("X-Robots-Tag") == "noindex, nofollow") == (path != "/")


def test_each_page_has_one_heading_a_title_and_a_language(pages: dict[str, Any]) -> None:
    titles = []
    for response in pages.values():
        html = response.content.decode()
        assert html.count("<h1") == 1
        assert '<html lang="en">' in html
        titles += re.findall(r"<title>(.+?)</title>", html)
    assert len(set(titles)) == len(pages) - 1  # the two pages with the one box share theirs


def test_a_page_that_is_not_there_says_so_plainly(client: Client) -> None:
    response = client.get("/c/cut-off/")

    assert response.status_code == 404
    assert "We can’t find this page" in response.content.decode()


def test_a_page_that_belongs_to_somebody_else_says_whose_it_is(client: Client) -> None:
    client.force_login(make.user())

    response = client.get(reverse("queue"))

    assert response.status_code == 403
    assert "This page is for specialists" in response.content.decode()


def test_a_defect_is_told_plainly_and_without_detail(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("milium_site.foundation.views.render", broken)

    response = Client(raise_request_exception=False).get("/about/")

    assert response.status_code == 500
    assert "Something broke on our side" in response.content.decode()
    assert "secret detail" not in response.content.decode()


def test_a_broken_request_is_told_plainly(client: Client, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["elsewhere.example"]

    response = client.get("/")

    assert response.status_code == 400
    assert "We could not read what was sent" in response.content.decode()


def test_signing_in_and_out(client: Client) -> None:
    author = make.specialist("Dr Door")
    given = {"login": author.user.email, "password": make.PASSWORD}

    wrong = client.post("/sign-in/", given | {"password": "wrong"})
    assert "There is a problem" in wrong.content.decode()
    inside = client.post("/sign-in/", given)
    assert inside.url == "/home/"
    assert client.get("/home/").url == "/queue/"
    assert "Your queue" in client.get("/queue/").content.decode()
    client.post("/sign-out/")
    assert client.get("/queue/").status_code == 302


def test_nobody_makes_an_account_for_themselves(client: Client) -> None:
    assert client.get("/sign-up/").status_code == 404
    assert "sign up" not in client.get("/sign-in/").content.decode().lower()
