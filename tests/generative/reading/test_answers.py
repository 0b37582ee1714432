"""Whatever the text, the reader keeps its promises."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milium import api


WORDS = """it is not a may be eczema psoriasis or and , . ? ! ( ) if use apply avoid topical oral steroid cream
biopsy see dermatologist scabies but however no should can for the due to as needed benign contagious : ; \n - /
moisturiser sunscreen likely rule out consider rather than such like wash keep dry don't 2 weeks 0.5 e.g.""".split(
    " "
)
TEXTS = st.one_of(
    st.text(max_size=300), st.lists(st.sampled_from(WORDS), max_size=80).map(" ".join)
)
PANELS = Path(__file__).parents[4] / "shared/panels/dermavqa_train.cases.jsonl.gz"


@given(TEXTS)
def test_every_quote_is_an_exact_span_and_no_concept_stands_twice(text: str) -> None:
    read = api.read_answer(text)
    for statement in read:
        quote = statement.quote
        assert quote.text
        assert text[quote.start : quote.end] == quote.text
        assert statement.condition is None or statement.condition in text
    assert len({(s.kind, s.concept.id) for s in read}) == len(read)


@given(TEXTS)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert api.read_answer(text) == api.read_answer(text)


@given(TEXTS)
def test_what_is_explained_is_what_is_read(text: str) -> None:
    explained = api.explain(text)
    assert explained.statements == api.read_answer(text)
    for sentence in explained.sentences:
        for clause in sentence.clauses:
            assert text[clause.start : clause.end] == clause.text


@given(TEXTS, TEXTS)
def test_what_was_read_before_changes_nothing(one: str, other: str) -> None:
    alone = api.read_answer(other)
    api.read_answer(one)
    assert api.read_answer(other) == alone


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "." * 100_000,
        "(" * 1000 + "use a steroid" + ")" * 1000,
        "a" * 100_000,
        "\n" * 100_000,
        "if " * 20_000,
        "or eczema " * 20_000,
        "🙂\u202eעברית" * 5_000,
        "'" * 1000 + "’" * 1000,
    ],
    ids=[
        "empty",
        "blank",
        "stops",
        "brackets",
        "one word",
        "lines",
        "ifs",
        "ors",
        "marks",
        "quotes",
    ],
)
def test_odd_texts_are_read_without_complaint(text: str) -> None:
    for statement in api.read_answer(text):
        assert text[statement.quote.start : statement.quote.end] == statement.quote.text


@pytest.mark.skipif(not PANELS.exists(), reason="needs the shared panels beside the repository")
def test_every_quote_in_real_opinions_is_exact() -> None:
    with gzip.open(PANELS, "rt", encoding="utf-8") as lines:
        for line in lines:
            for opinion in json.loads(line)["opinions"]:
                for statement in api.read_answer(opinion["text"]):
                    quote = statement.quote
                    assert opinion["text"][quote.start : quote.end] == quote.text
