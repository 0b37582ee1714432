from __future__ import annotations

import pytest

from milium import api
from milium.errors import UnusableInput


HEAD = "Ring on my arm\n\nRound and itchy for 2 weeks. What is it?\n\n\n"
FIRST = "Ringworm looks like this.\n\nUse clotrimazole cream."
SECOND = "It could be nummular eczema.\n\nSee a dermatologist."


def _texts(page: str) -> list[str]:
    return [opinion.text for opinion in api.parse_page(page).opinions]


@pytest.mark.parametrize(
    ("line", "sex", "age", "place"),
    [
        ("F, Maine", "female", None, "Maine"),
        ("M", "male", None, None),
        ("F, 34, Maine", "female", 34, "Maine"),
        ("34 F", "female", 34, None),
        ("34F, New York", "female", 34, "New York"),
        ("Woman, 61", "female", 61, None),
        ("male 8", "male", 8, None),
    ],
)
def test_the_askers_line_says_who_asks(
    line: str, sex: str, age: float | None, place: str | None
) -> None:
    case = api.parse_page(f"{HEAD}{line}\n\n{FIRST}", name="ring")

    assert case.id == "ring"
    assert case.title == "Ring on my arm"
    assert case.question == "Round and itchy for 2 weeks. What is it?"
    assert (case.asker.sex, case.asker.age, case.asker.place) == (sex, age, place)
    assert _texts(f"{HEAD}{line}\n\n{FIRST}") == [FIRST]


@pytest.mark.parametrize(
    "mark", ["Answer 2", "Answer by Dr B, dermatologist:", "---", "* * *", "Dr. B"]
)
def test_headings_and_rules_tell_answers_apart(mark: str) -> None:
    page = f"{HEAD}F, Maine\n\n{FIRST}\n\n{mark}\n\n{SECOND}"

    case = api.parse_page(page)

    assert [opinion.text for opinion in case.opinions] == [FIRST, SECOND]
    assert [opinion.id for opinion in case.opinions] == ["A", "B"]
    assert "headings and rules: 2 found" in case.remarks[0]


def test_a_heading_says_who_answers() -> None:
    case = api.parse_page(f"{HEAD}Answer by Dr B, dermatologist:\n{SECOND}")

    assert (case.opinions[0].specialist, case.opinions[0].specialty) == ("Dr B", "dermatologist")


def test_without_an_askers_line_a_larger_gap_begins_the_answers() -> None:
    assert _texts(f"{HEAD}{FIRST}") == [FIRST]


def test_what_cannot_be_split_is_one_answer_and_the_remark_says_so() -> None:
    case = api.parse_page(f"{HEAD}F, Maine\n\n{FIRST}\n\n{SECOND}")

    assert len(case.opinions) == 1
    assert case.opinions[0].text == f"{FIRST}\n\n{SECOND}"
    assert "they were read as one" in case.remarks[0]


ONE = "Ringworm is common. Ring on my arm is a fungus.\n\nPlease see a dermatologist."
TWO = "As you may know, ring on my arm (or ringworm) is a fungal rash.\n\nUse clotrimazole."


def test_an_answer_that_closes_before_the_condition_is_introduced_again_ends_there() -> None:
    case = api.parse_page(f"{HEAD}F, Maine\n\n{ONE}\n\n{TWO}")

    assert [opinion.text for opinion in case.opinions] == [ONE, TWO]
    assert "“As you may know, ring on …”" in case.remarks[0]


@pytest.mark.parametrize(
    "second",
    [
        TWO.replace("ring on my arm (or ringworm) is", "such a rash is"),  # no new introduction
        "Ring on my arm can itch at night.",  # named, not introduced
    ],
)
def test_one_sign_alone_does_not_split(second: str) -> None:
    assert len(_texts(f"{HEAD}F, Maine\n\n{ONE}\n\n{second}")) == 1


def test_an_introduction_that_follows_no_closing_does_not_split() -> None:
    opening = ONE.replace("Please see a dermatologist.", "It spreads by touch.")

    assert len(_texts(f"{HEAD}F, Maine\n\n{opening}\n\n{TWO}")) == 1


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_texts_are_spans_of_the_page_whatever_ends_its_lines(end: str) -> None:
    page = f"{HEAD}F, Maine\n\n{FIRST}\n\n---\n\n{SECOND}".replace("\n", end)

    case = api.parse_page(page)

    assert len(case.opinions) == 2
    for text in (case.question, *(opinion.text for opinion in case.opinions)):
        assert text in page


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("", "is empty"),
        ("Title\n\nQuestion?", "nothing shows where the question ends"),
        (f"{HEAD}F, Maine\n\n", "the page has no answers"),
        (f"{HEAD}F, Maine\n\n---\n\n", "the page has no answers"),
    ],
)
def test_a_page_without_answers_is_refused(page: str, reason: str) -> None:
    with pytest.raises(UnusableInput) as caught:
        api.parse_page(page, source="p.txt")

    assert reason in str(caught.value)
