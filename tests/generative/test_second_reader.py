"""Whatever a chat endpoint sends back: no crash, exact quotes, legal stances, or the built-in reader with a reason."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from milium import api


TEXT = "This is psoriasis, not eczema. Use a topical retinoid if it itches; see a dermatologist. Benign."

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)
WORDS = TEXT.split()


@st.composite
def spans(draw: st.DrawFn) -> str:
    start = draw(st.integers(0, len(WORDS) - 1))
    return " ".join(WORDS[start : start + draw(st.integers(1, 6))])


def field(*likely: str) -> st.SearchStrategy[object]:
    return st.one_of(st.sampled_from(likely), spans(), JSON)


PROPOSAL = st.fixed_dictionaries(
    {
        "kind": field(*api.STATEMENT_KINDS),
        "concept": field("psoriasis", "retinoid", "eczema", "dermatologist", "benign", "biopsy"),
        "stance": st.sampled_from([s for kind in api.STANCES.values() for s in kind]) | JSON,
        "quote": spans() | JSON,
    },
    optional={"route": field("topical", "oral"), "condition": field("if it itches")},
)
CONTENT = st.one_of(
    st.lists(PROPOSAL | JSON, max_size=6).map(lambda items: json.dumps({"statements": items})),
    JSON.map(json.dumps),
    st.text(),
)
BODY = st.one_of(
    CONTENT.map(
        lambda content: json.dumps({"choices": [{"message": {"content": content}}]}).encode()
    ),
    st.fixed_dictionaries({"choices": st.lists(JSON, max_size=2)}).map(
        lambda x: json.dumps(x).encode()
    ),
    JSON.map(lambda value: json.dumps(value).encode()),
    st.binary(),
)


@given(body=BODY)
def test_every_reply_ends_in_a_sound_reading(body: bytes) -> None:
    reading = api.second_reader(model="m", transport=lambda _: body).read(TEXT)

    keys = [(s.kind, s.concept.id) for s in reading.statements]
    assert len(keys) == len(set(keys))
    for statement in reading.statements:
        quote = statement.quote
        assert TEXT[quote.start : quote.end] == quote.text
        assert statement.stance in api.STANCES[statement.kind]
        assert statement.condition is None or statement.condition in TEXT
    if reading.reader == "built-in":
        assert reading.fallback
        assert reading.statements == api.read_answer(TEXT)
    else:
        assert (reading.reader, reading.fallback) == ("chat", None)
