"""The one function that decides who sees which opinion, as a table."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from milium_site.opinions.visibility import (
    Moderator,
    Panellist,
    Reader,
    Stranger,
    TheAsker,
    is_sealed,
    visible,
    withdrawn,
)
from milium_site.opinions.workflow import OPINION


@dataclass(frozen=True, slots=True)
class Item:
    specialist_id: int
    state: str


#   author 1      2        3        4
ALL = [Item(1, "draft"), Item(2, "signed"), Item(3, "amended"), Item(4, "withdrawn")]


@pytest.mark.parametrize(
    ("reader", "authors"),
    [
        (TheAsker(), [2, 3]),
        (Stranger(), []),
        (Panellist(1), [1]),  # still writing: their own draft and nothing else
        (Panellist(2), [2, 3]),  # own first, then what stands
        (Panellist(3), [3, 2]),
        (Panellist(4), [4, 2, 3]),  # they signed once: nothing can sway that any more
        (Panellist(9), []),  # invited, not begun
        (Moderator(), [2, 3, 4]),  # what was signed, and no draft
    ],
)
def test_each_reader_sees_what_the_table_says(reader: Reader, authors: list[int]) -> None:
    assert [item.specialist_id for item in visible(ALL, reader)] == authors


@pytest.mark.parametrize(
    ("reader", "authors"),
    [
        (TheAsker(), [4]),
        (Moderator(), [4]),
        (Stranger(), []),
        (Panellist(1), []),  # still writing: not even that there was an answer
        (Panellist(2), [4]),
    ],
)
def test_each_reader_knows_of_what_was_taken_back_as_the_table_says(
    reader: Reader, authors: list[int]
) -> None:
    assert [item.specialist_id for item in withdrawn(ALL, reader)] == authors


@pytest.mark.parametrize("own", OPINION.moves)
@pytest.mark.parametrize("other", OPINION.moves)
def test_nothing_of_another_is_seen_while_ones_own_is_a_draft(own: str, other: str) -> None:
    seen = [item.specialist_id for item in visible([Item(1, own), Item(2, other)], Panellist(1))]

    assert (2 in seen) == (own != "draft" and other in {"signed", "amended"})


@pytest.mark.parametrize("state", OPINION.moves)
def test_sealed_means_no_opinion_or_a_draft(state: str) -> None:
    assert is_sealed([Item(1, state)], 1) == (state == "draft")
    assert is_sealed([Item(2, state)], 1)
