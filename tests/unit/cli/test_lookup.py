from __future__ import annotations

import json

from tests.unit.cli.conftest import Milium


def test_names_given_are_looked_up(milium: Milium) -> None:
    out = milium("lookup", "CO2 laser", "no such thing").out

    assert out == (
        "CO2 laser: carbon dioxide laser (treatment, treatment:carbon-dioxide-laser)\n"
        "no such thing: not known\n"
    )


def test_json_lines_name_the_kind_as_it_was_asked(milium: Milium) -> None:
    rows = [{"name": "eczema", "kind": "diagnosis"}, {"name": "skin doctor"}, {"name": "xyzzy"}]

    done = milium("lookup", "--format", "jsonl", given="\n".join(map(json.dumps, rows)))

    assert [json.loads(line) for line in done.out.splitlines()] == [
        {
            "name": "eczema",
            "kind": "diagnosis",
            "id": "condition:eczema",
            "preferred": "eczema",
        },
        {
            "name": "skin doctor",
            "kind": "specialty",
            "id": "specialty:dermatology",
            "preferred": "dermatologist",
        },
        {"name": "xyzzy", "kind": None, "id": None, "preferred": None},
    ]


def test_a_line_of_no_known_kind_is_refused(milium: Milium) -> None:
    done = milium("lookup", "--format", "jsonl", given='{"name": "x", "kind": "colour"}')

    assert (done.code, done.out) == (2, "")
    assert "there is no kind 'colour'" in done.err


def test_names_come_from_standard_input_one_a_line(milium: Milium) -> None:
    found = json.loads(milium("lookup", "--format", "json", given="Accutane\n\nCO2 laser\n").out)

    assert [item["preferred"] for item in found] == ["isotretinoin", "carbon dioxide laser"]


def test_no_name_is_refused(milium: Milium) -> None:
    assert milium("lookup", given="\n").code == 2
