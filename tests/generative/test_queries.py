"""Whatever is typed, the archive answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from milium import api


PIECES = st.sampled_from(
    [
        "itchy",
        "milia",
        "ears",
        "AND",
        "OR",
        "NOT",
        '"',
        "'",
        "(",
        ")",
        "title:",
        "*",
        "~2",
        "^5",
        "\\",
        "/",
        "[a TO b]",
    ]
)
QUERIES = st.one_of(
    st.text(max_size=300),
    st.lists(PIECES, max_size=60).map(" ".join),
    st.text("abcdefghijklmnop ", min_size=1, max_size=90).map(
        lambda text: (text * 10_000)[:10_000]
    ),
    st.text(st.characters(categories=["Cc", "Cf", "Mn", "Lo"]), max_size=200),
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> api.Archive:
    pytest.importorskip("tantivy")
    folder: Path = tmp_path_factory.mktemp("queries") / "index"
    texts = ("itchy white bumps behind the ears", "milia of the eyelid", "scaly red plaques")
    entries = ({"id": n, "title": t, "opinions": [t]} for n, t in enumerate(texts))
    api.build_index(folder, map(api.index_entry, entries))
    return api.open_archive(folder)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(query=QUERIES)
def test_any_query_is_answered(archive: api.Archive, query: str) -> None:
    found = archive.search(query, limit=3)
    assert len(found.hits) <= 3
    assert [hit.score for hit in found.hits] == sorted((h.score for h in found.hits), reverse=True)
    assert all(hit.snippet().text for hit in found.hits)
    assert archive.facets(query).keys() == set(api.FACETS)
    assert len(archive.suggest(query)) <= 8
