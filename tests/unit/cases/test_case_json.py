from __future__ import annotations

from typing import Any

import pytest

from milium import api
from milium.errors import UnusableInput


OPINION = {"id": "A", "text": "Try an emollient."}


def _case(**fields: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    return {"id": "c", "opinions": [OPINION], **fields}


def test_a_case_is_read_with_all_it_says() -> None:
    case = api.case_from_json(
        {
            "id": "c1",
            "title": "Dry hands",
            "question": "What can I do?",
            "asker": {"sex": "female", "age": 34, "place": "Maine"},
            "opinions": [{**OPINION, "specialist": "Dr A", "specialty": "dermatology"}],
        }
    )

    assert case == api.Case(
        id="c1",
        title="Dry hands",
        question="What can I do?",
        asker=api.Asker(sex="female", age=34, place="Maine"),
        opinions=(
            api.Opinion(
                id="A", text="Try an emollient.", specialist="Dr A", specialty="dermatology"
            ),
        ),
    )


def test_what_is_written_as_json_reads_back_as_the_same_case() -> None:
    case = api.case_from_json(_case(question="Why?", asker={"sex": "male", "age": 0.5}))

    assert api.case_from_json(api.to_dict(case)) == case


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ([], "a case must be an object"),
        ("x", "a case must be an object"),
        ({"id": "c"}, "no opinions"),
        (_case(opinions=[]), "no opinions"),
        (_case(opinions={}), "opinions must be a list, not an object"),
        (_case(opinions=["x"]), "opinion 1 must be an object"),
        (_case(opinions=[{"id": "A"}]), "opinion 1 has no text"),
        (
            _case(opinions=[{"id": "A", "text": 5}]),
            "text of opinion 1 must be a text, not a number",
        ),
        (_case(opinions=[{"text": "x"}]), "the id of opinion 1 must be a text or a whole number"),
        (_case(opinions=[OPINION, OPINION]), "two opinions have the id 'A'"),
        (_case(opinions=[{"id": 1, "text": "x"}, {"id": "1", "text": "y"}]), "two opinions"),
        (_case(opinions=[{"id": "A", "text": " \n"}]), "no opinion of the case has any text"),
        (_case(id=None), "id must be a text or a whole number, not nothing"),
        (_case(id=True), "id must be a text or a whole number, not true or false"),
        (_case(id=""), "id must be a text or a whole number, not an empty text"),
        (_case(title=5), "title of case must be a text, not a number"),
        (_case(question=["x"]), "question of case must be a text, not a list"),
        (_case(asker=[1]), "asker must be an object"),
        (_case(asker={"sex": "woman"}), "asker.sex must be female, male or null"),
        (_case(asker={"age": "34"}), "asker.age must be a number of years"),
        (_case(asker={"age": 1e400}), "asker.age must be a number of years"),
        (_case(asker={"age": True}), "asker.age must be a number of years"),
        (_case(asker={"age": -1}), "asker.age must be a number of years"),
        (_case(asker={"place": 5}), "place of asker must be a text"),
        (_case(remarks="x"), "remarks must be a list of texts"),
        (_case(question="x" * (api.MAX_TEXT + 1)), "has 200,001 characters; at most 200,000"),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_reason(data: object, reason: str) -> None:
    with pytest.raises(UnusableInput) as caught:
        api.case_from_json(data, source="cases.json")

    assert reason in str(caught.value)
    assert str(caught.value).startswith("cases.json: ")
    assert "\n" not in str(caught.value)


def test_fields_that_milium_does_not_know_are_named() -> None:
    case = api.case_from_json(
        _case(extra=1, asker={"name": "x"}, opinions=[{**OPINION, "text_es": "x"}])
    )

    assert case.remarks == (
        "Milium does not know these fields and left them out: extra, asker.name, opinions.text_es.",
    )


def test_one_opinion_without_text_is_kept_and_named() -> None:
    case = api.case_from_json(_case(opinions=[OPINION, {"id": "B", "text": ""}]))

    assert len(case.opinions) == 2
    assert case.remarks == ("Opinion B has no text.",)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "not JSON: Expecting property name"),
        ('{"a": NaN}', "NaN is no JSON number"),
        ("[-Infinity]", "-Infinity is no JSON number"),
        ('{"a": 1, "a": 2}', "the field 'a' stands twice"),
        ('"\\ud800"', "half of a character"),
        ("[" * 100_000, "nested too deeply"),
        ("1" * 5_000, "too many digits"),
        ("[1] [2]", "Extra data"),
    ],
)
def test_what_is_no_json_is_refused(text: str, reason: str) -> None:
    with pytest.raises(UnusableInput, match=r"not (usable )?JSON") as caught:
        api.json_value(text, source="x", line=7)

    assert reason in str(caught.value)
    assert str(caught.value).startswith("x:7: ")


def test_the_line_of_an_error_counts_from_the_texts_first_line() -> None:
    with pytest.raises(UnusableInput) as caught:
        api.json_value('{\n"a": 1,\n}', source="x")

    assert (caught.value.source, caught.value.line) == ("x", 3)


def test_a_character_outside_the_first_plane_may_be_escaped() -> None:
    assert api.json_value('"\\ud83d\\ude00"') == "\U0001f600"
