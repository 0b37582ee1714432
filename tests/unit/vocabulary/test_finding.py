"""The finder against the plainest way of finding the longest names, and its promises on spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milium.vocabulary import SCAN, Finder, normal_name, normal_word
from milium.vocabulary.spelling import Slips


NAMES = {
    "acne": "a",
    "acne scar": "b",
    "scar": "c",
    "contact dermatitis": "d",
    "allergic contact dermatitis": "e",
    "dermatitis of the hand": "f",
    "hand": "g",
}
FINDER = Finder(NAMES.items())
WORDS = st.sampled_from(
    [*{word for name in NAMES for word in name.split()}, ",", ".", "and", "Scars", "HANDS"]
)


def naively(text: str) -> list[tuple[int, int]]:
    """Every name tried at every word, the longest taken, no overlap."""
    tokens = list(SCAN.finditer(text))
    words = [normal_word(token[0]) for token in tokens]
    names = {normal_name(name) for name in NAMES}
    found, at = [], 0
    while at < len(words):
        length = max(
            (len(name) for name in names if tuple(words[at : at + len(name)]) == name), default=0
        )
        if length:
            found.append((tokens[at].start(), tokens[at + length - 1].end()))
        at += length or 1
    return found


@given(st.lists(WORDS, max_size=30).map(" ".join))
def test_it_finds_what_trying_every_name_everywhere_finds(text: str) -> None:
    assert [(m.start, m.end) for m in FINDER.find(text)] == naively(text)


@given(st.text(max_size=200))
def test_mentions_lie_in_order_within_the_text_and_never_overlap(text: str) -> None:
    ends = 0
    for mention in FINDER.find(text):
        assert ends <= mention.start < mention.end <= len(text)
        ends = mention.end


def test_no_name_is_found_across_a_mark() -> None:
    assert [m.concepts for m in FINDER.find("acne, scar")] == [("a",), ("c",)]


@pytest.mark.parametrize("text", ["Acne scars", "acne-scar", "ACNE SCAR", "acne\nscar"])
def test_spelling_variants_are_one_name(text: str) -> None:
    assert [m.concepts for m in FINDER.find(text)] == [("b",)]


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("opthalmologist", "ophthalmologist"),
        ("ophthalmologgist", "ophthalmologist"),
        ("ophtahlmologist", "ophthalmologist"),
        ("ophthalmolagist", "ophthalmologist"),
        ("phthalmologist", None),
        ("opthalmolgist", None),
        ("scalpe", None),
    ],
)
def test_one_slip_in_a_long_word_is_forgiven(slip: str, meant: str | None) -> None:
    assert Slips({"ophthalmologist": 1, "scalp": 1}).meant(slip) == meant


def test_of_two_words_as_near_the_commoner_is_meant() -> None:
    assert Slips({"keratosis": 5, "keratitis": 1}).meant("keratotis") == "keratosis"
    assert Slips({"keratosis": 1, "keratitis": 1}).meant("keratotis") is None
