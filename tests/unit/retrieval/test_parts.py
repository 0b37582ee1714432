"""Lines, spellings, snippets: each on its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milium import api
from milium.errors import UnusableInput


pytest.importorskip("tantivy")

from milium.retrieval.focus import asking, focuses
from milium.retrieval.schema import concepts_in
from milium.retrieval.snippet import snippet
from milium.retrieval.spelling import Spelling, _places, edits
from milium.retrieval.words import normal_words, term


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (["not", "an", "object"], "must be an object"),
        ({"title": "x"}, "id must be"),
        ({"id": " ", "title": "x"}, "id must be"),
        ({"id": True, "title": "x"}, "id must be"),
        ({"id": "a"}, "all empty"),
        ({"id": "a", "title": 7}, "title must be a text"),
        ({"id": "a", "synonyms": "x"}, "synonyms must be a list"),
        ({"id": "a", "opinions": [7]}, "an opinion must be"),
        ({"id": "a", "opinions": [{"text": 7}]}, "the text of an opinion"),
        ({"id": "a", "title": "x", "facets": {"colour": "red"}}, "no facet 'colour'"),
        ({"id": "a", "title": "x" * 1_000_001}, "split it"),
    ],
)
def test_a_line_that_cannot_be_used_says_why(data: object, reason: str) -> None:
    with pytest.raises(UnusableInput, match=reason) as error:
        api.index_entry(data, source="cases.jsonl", line=7)
    assert str(error.value).startswith("cases.jsonl:7: ")


def test_opinions_may_be_texts_or_objects() -> None:
    plain = api.index_entry({"id": 1, "opinions": ["Milia."]})
    told = api.index_entry({"id": "1", "opinions": [{"id": "a", "text": "Milia."}]})
    assert plain == told


def test_facets_given_win_over_facets_read() -> None:
    data = {"id": "a", "opinions": ["Milia. Try tretinoin."], "asker": {"age": 41}}
    read = api.index_entry(data)
    given_too = api.index_entry({**data, "facets": {"condition": ["condition:eczema"]}})
    assert {"condition=condition:milia", "treatment=treatment:tretinoin"} <= set(read.facets)
    assert "age=40-49" in read.facets
    assert "condition=condition:milia" not in given_too.facets


WORDS = ("eczema", "psoriasis", "ciprofloxacin", "ophthalmologist", "melanoma", "media")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ezcema", "eczema"),
        ("psoriassis", "psoriasis"),
        ("psoraisis", "psoriasis"),
        ("ciproflaxcin", "ciprofloxacin"),
        ("opthamologist", "ophthalmologist"),
        ("ciprofaxin", "ciprofloxacin"),
        ("psorxylitol", None),
        ("milan", None),
        ("xylophone", None),
        ("3melanoma", None),
    ],
)
def test_the_word_that_was_meant(typed: str, meant: str | None) -> None:
    assert Spelling((word, 5) for word in WORDS).meant(typed) == meant


def distance(one: str, other: str) -> int:
    """The textbook table of Levenshtein, as oracle."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        before, row = row, [i]
        for j, b in enumerate(other, start=1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (a != b)))
    return row[-1]


@given(st.text("abcé", min_size=1, max_size=12), st.text("abcé", max_size=12))
def test_edits_agree_with_the_textbook(one: str, other: str) -> None:
    assert edits(_places(one), len(one), other) == distance(one, other)


TEXT = (
    "I have had "
    + "very " * 60
    + "itchy white bumps behind both ears since spring.\nThe nose is fine."
)


def test_a_snippet_shows_and_marks_the_passage_that_matches() -> None:
    shown = snippet(TEXT, {term("bumps"), term("ears"), term("nose")})
    assert shown.text.startswith("… ")
    assert [shown.text[a:b] for a, b in shown.marks] == ["bumps", "ears", "nose"]
    assert "*bumps* behind both *ears*" in shown.marked("*", "*")


@given(st.text(max_size=400), st.text(max_size=60))
def test_marks_stand_on_the_matching_words_of_any_text(text: str, query: str) -> None:
    terms = {term(word) for word in query.split()} - {""}
    shown = snippet(text, terms)
    assert "\n" not in shown.text
    assert all(term(shown.text[a:b]) in terms for a, b in shown.marks)


def test_a_stop_word_names_no_concept_though_it_is_an_abbreviation_of_one() -> None:
    named = concepts_in("Does it itch, and if so, is there any other rash?", api.vocabulary())
    assert not [concept for concept in named if concept.startswith("test:")]
    assert "symptom:other" not in named
    assert "test:direct-immunofluorescence" in concepts_in("DIF", api.vocabulary())


def test_what_is_asked_is_read_from_the_sentences_that_ask() -> None:
    message = "My son was treated with a cream. It burns. What causes it, can it spread?"
    assert focuses(normal_words(asking(message))) == ("cause", "contagion")
    assert focuses(normal_words(asking("wart treatment"))) == ("treatment",)
