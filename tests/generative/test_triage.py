"""Triage on texts nobody wrote: it never fails, and its quotes are always exact."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from milium.triage import rule_book, triage


EXAMPLES = sorted({text for rule in rule_book().rules for text in rule.fires})
WORDS = sorted({word for text in EXAMPLES for word in text.split()})

written = st.one_of(
    st.text(max_size=400),
    st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join),
    st.lists(
        st.one_of(st.sampled_from(WORDS), st.sampled_from(".,;!?\n\u2019\u0130")), max_size=60
    ).map("".join),
)


@given(text=written)
def test_any_text_is_triaged_with_exact_quotes(text: str) -> None:
    found = triage(text)

    for flag in found.flags:
        assert flag.quote is not None
        assert text[flag.quote.start : flag.quote.end] == flag.quote.text


@given(text=written)
def test_the_same_text_is_always_triaged_alike(text: str) -> None:
    assert triage(text) == triage(text)


@given(
    name=st.sampled_from(["fever", "blisters", "eczema", "cellulitis_named", "diabetes", "hives"]),
    denial=st.sampled_from(["no ", "without ", "never had ", "i do not have any "]),
)
def test_a_denial_before_a_finding_takes_it_back(name: str, denial: str) -> None:
    said = {"cellulitis_named": "cellulitis"}.get(name, name)

    assert name in rule_book().features.find(said)
    assert name not in rule_book().features.find(denial + said)


@given(
    first=st.sampled_from(EXAMPLES),
    benign=st.sampled_from(["Which cream is best?", "I am 40.", "Thank you."]),
)
def test_a_harmless_sentence_after_it_changes_no_flag(first: str, benign: str) -> None:
    before = {flag.rule for flag in triage(first).flags}

    assert before <= {flag.rule for flag in triage(f"{first}. {benign}").flags}
