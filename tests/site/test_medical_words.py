"""Medical words are links to what they mean; the words themselves stay as they were written."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from tests import factories as make

from milium_site.foundation.glossary import Glossary, pieces
from milium_site.threads.actions import ask_asker


ANSWER = (
    "This looks like psoriasis & no other. “Psoriasis” is\nlong lasting. You need a patch test."
)
WORDS = ("psoriasis", "Psoriasis ", "patch test", "milia", " <b>&", "’", "\n\n", "ä", ". ")
LINK = re.compile(r'class="term" href="#([^"]+)"')


@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=8)).map("".join))
def test_a_text_in_pieces_is_the_same_text(text: str) -> None:
    assert "".join(piece.text for piece in pieces(text)) == text


def test_each_word_is_marked_once_in_a_text_and_listed_once_on_a_page() -> None:
    marked = [piece.what for piece in pieces(ANSWER) if piece.what]
    glossary = Glossary()
    for what in (*marked, *marked):
        glossary.add(what)

    assert [what.id for what in marked] == ["condition:psoriasis", "test:patch-test"]
    assert [what.name for what in glossary.words] == ["Patch test", "Psoriasis"]


@pytest.mark.django_db
def test_every_page_of_answers_explains_their_words_and_changes_none(client: Client) -> None:
    author = make.specialist("Dr First")
    page = make.published(author, answer=ANSWER)
    asked = make.open_case()
    make.signed(asked.case, author, ANSWER)
    ask_asker(case=asked.case, specialist=author, text="Did you have a skin biopsy?")

    for address, said in (
        (reverse("case", args=[asked.link]), (ANSWER, "Did you have a skin biopsy?")),
        (page.get_absolute_url(), (ANSWER,)),
        (reverse("summary", args=[asked.link]), ()),
    ):
        html = client.get(address).content.decode()
        shown = unescape(re.sub(r"<[^>]+>", "", html))
        links = set(LINK.findall(html))
        assert {"word-condition-psoriasis", "word-test-patch-test"} <= links
        assert all(html.count(f'id="{link}"') == 1 for link in links)
        assert all(words in shown for words in said)
    assert (
        "word-test-skin-biopsy" in client.get(reverse("case", args=[asked.link])).content.decode()
    )


@pytest.mark.django_db
def test_a_page_without_medical_words_carries_nothing_for_them(client: Client) -> None:
    html = client.get(reverse("about")).content.decode()

    assert "What the words mean</h2></summary>" not in html
    assert "words.js" not in html
