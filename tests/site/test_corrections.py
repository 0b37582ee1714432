"""What the asker corrects, without a page: pure functions."""

from __future__ import annotations

from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milium.api import ConceptRef, Finding, History, Quote, Tried, vocabulary
from milium_site.cases import durations
from milium_site.cases.corrections import KIND_OF, PARTS, Added, Corrections, corrected, name_of
from milium_site.foundation.values import history_from


TEXT = "Itchy neck. Retinol did little."
ITCH = Finding(concept=ConceptRef(id="symptom:itch", name="itch"), quote=Quote.of(TEXT, 0, 5))
NECK = Finding(concept=ConceptRef(id="site:neck", name="neck"), quote=Quote.of(TEXT, 6, 10))
RETINOL = Tried(
    concept=ConceptRef(id="treatment:retinol", name="retinol"),
    response="partial",
    quote=Quote.of(TEXT, 12, 19),
)
READ = History(sites=(NECK,), symptoms=(ITCH,), tried=(RETINOL,), duration="P2M")


def test_no_correction_changes_nothing() -> None:
    assert corrected(TEXT, READ, Corrections()) == (TEXT, READ)


def test_a_removed_item_goes_and_nothing_else() -> None:
    question, history = corrected(
        TEXT, READ, Corrections(removed=frozenset({name_of("sites", NECK)}))
    )

    assert question == TEXT
    assert (history.sites, history.symptoms, history.tried) == ((), READ.symptoms, READ.tried)


@pytest.mark.parametrize(("given", "kept"), [(None, "P2M"), ("", None), ("P3W", "P3W")])
def test_a_duration_is_kept_cleared_or_replaced(given: str | None, kept: str | None) -> None:
    assert corrected(TEXT, READ, Corrections(duration=given))[1].duration == kept


def names(part: str) -> list[Added]:
    kind = KIND_OF[part]  # type: ignore[index] # drawn from PARTS
    concepts = [c for c in vocabulary() if c.kind == kind][:40]
    return [
        Added(part=part, words=c.name, concept=ConceptRef(id=c.id, name=c.name))  # type: ignore[arg-type] # drawn from PARTS
        for c in concepts
    ]


additions = st.lists(
    st.sampled_from([a for part in PARTS for a in names(part)]),
    max_size=8,
    unique_by=lambda a: a.name,
)


@given(added=additions, text=st.text(min_size=1, max_size=60), gone=st.integers(0, 1))
def test_every_quote_of_what_was_added_is_an_exact_span_of_the_question(
    added: list[Added], text: str, gone: int
) -> None:
    removed = frozenset(a.name for a in added[:gone])

    question, history = corrected(text, History(), Corrections(added=tuple(added), removed=removed))

    found = [*history.sites, *history.symptoms, *history.absent, *history.tried]
    assert question.startswith(text)
    assert len(found) == len(added) - len(removed)
    for item in found:
        assert question[item.quote.start : item.quote.end] == item.quote.text == item.concept.name


@given(added=additions)
def test_corrections_survive_being_stored(added: list[Added]) -> None:
    before = Corrections(
        added=tuple(added), removed=frozenset({"sites/x"}), duration="P1D", responses={"a": "good"}
    )

    assert Corrections.from_json(before.to_json()) == before


def test_a_history_survives_being_stored() -> None:
    assert history_from(asdict(READ)) == READ


@pytest.mark.parametrize(
    ("iso", "parts", "words"),
    [
        ("P2M", ("2", "M"), "2 months"),
        ("P1Y", ("1", "Y"), "1 year"),
        ("P1D", ("1", "D"), "1 day"),
        (None, ("", ""), ""),
        ("P1Y6M", ("", ""), ""),
    ],
)
def test_durations_in_words(iso: str | None, parts: tuple[str, str], words: str) -> None:
    assert durations.split(iso) == parts
    assert durations.in_words(iso) == words
