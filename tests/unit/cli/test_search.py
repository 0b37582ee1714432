"""``milium index`` and ``milium search`` as other programs call them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from tests.unit.cli.conftest import Milium


pytest.importorskip("tantivy")

LINES = [
    {"id": "a", "title": "Milia", "question": "White bumps", "opinions": ["Milia. Use tretinoin."]},
    {"id": "b", "title": "Warts", "opinions": [{"id": "1", "text": "Common warts. Cryotherapy."}]},
]


def write(folder: Path, *lines: object) -> str:
    file = folder / "cases.jsonl"
    texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    file.write_text("\n".join(texts) + "\n")
    return str(file)


@pytest.fixture
def index(tmp_path: Path, milium: Milium) -> str:
    done = milium("index", "--jobs", "1", "--index", str(tmp_path / "i"), write(tmp_path, *LINES))
    assert (done.code, done.out, done.err) == (0, "2 entries are in the index\n", "")
    return str(tmp_path / "i")


def test_queries_in_json_lines_are_answered_line_by_line(index: str, milium: Milium) -> None:
    given = '{"id": "q1", "query": "wart"}\n{"id": 2, "query": "the of"}\n'
    done = milium("search", "--index", index, "--format", "jsonl", given=given)
    first, second = (json.loads(line) for line in done.out.splitlines())
    assert first["id"] == "q1"
    assert [hit["id"] for hit in first["hits"]] == ["b"]
    assert first["hits"][0]["score"] > 0
    assert second == {"id": 2, "hits": []}


def test_text_shows_the_title_and_the_passage_with_its_words_marked(
    index: str, milium: Milium
) -> None:
    done = milium("search", "--index", index, "white", "bump")
    assert "1. Milia  [a]" in done.out
    assert "*White* *bumps*" in done.out


def test_json_is_one_document(index: str, milium: Milium) -> None:
    done = milium("search", "--index", index, "--format", "json", "cryotherapy")
    assert json.loads(done.out)["hits"][0]["snippet"] == "Common warts. **Cryotherapy**."


def test_a_filter_takes_any_name_of_the_thing(index: str, milium: Milium) -> None:
    done = milium(
        "search", "--index", index, "--filter", "treatment=cryosurgery", "--format", "json"
    )
    assert [hit["id"] for hit in json.loads(done.out)["hits"]] == ["b"]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--filter", "treatment=flibber", "x"], "no treatment named 'flibber'"),
        (["--filter", "colour=red", "x"], "no facet 'colour'"),
        (["--filter", "site", "x"], "a filter is NAME=VALUE"),
        (["--limit", "0", "x"], "the limit must be"),
        ([], "no query was given"),
    ],
)
def test_what_cannot_be_asked_is_said_in_one_line(
    index: str, milium: Milium, arguments: list[str], reason: str
) -> None:
    done = milium("search", "--index", index, *arguments)
    assert done.code == 2
    assert reason in done.err
    assert done.err.count("\n") == 1


def test_a_query_without_meaning_is_answered_in_words(index: str, milium: Milium) -> None:
    done = milium("search", "--index", index, "what is the")
    assert done.code == 0
    assert "says what to look for" in done.out


def test_a_bad_line_is_reported_and_loses_no_other(tmp_path: Path, milium: Milium) -> None:
    file = write(tmp_path, LINES[0], "{broken", {"title": "no id"}, LINES[1])
    done = milium("index", "--jobs", "1", "--index", str(tmp_path / "i"), file)
    assert done.code == 2
    assert f"{file}:2: not JSON" in done.err
    assert f"{file}:3: id must be" in done.err
    assert "2 of 4 lines could not be used" in done.err
    assert done.out == "2 entries are in the index\n"


def test_several_processes_make_the_same_index(tmp_path: Path, milium: Milium) -> None:
    cases = ({**LINES[0], "id": n} for n in range(100))
    done = milium("index", "--jobs", "2", "--index", str(tmp_path / "i"), write(tmp_path, *cases))
    assert done.out == "100 entries are in the index\n"


def test_a_packed_file_is_read_and_a_torn_one_is_told(tmp_path: Path, milium: Milium) -> None:
    packed = gzip.compress("\n".join(map(json.dumps, LINES)).encode())
    whole, torn = tmp_path / "cases.jsonl.gz", tmp_path / "torn.jsonl.gz"
    whole.write_bytes(packed)
    torn.write_bytes(packed[:-12])
    index = str(tmp_path / "i")
    assert milium("index", "--jobs", "1", "--index", index, str(whole)).code == 0
    done = milium("index", "--jobs", "1", "--index", index, str(torn))
    assert done.code == 2
    assert "cannot be read" in done.err
    assert milium("search", "--index", index, "wart").out.startswith("1. Warts")


def test_update_replaces_by_id(index: str, tmp_path: Path, milium: Milium) -> None:
    file = write(tmp_path, {"id": "b", "title": "Psoriasis"})
    assert milium("index", "--update", "--jobs", "1", "--index", index, file).code == 0
    assert "[b]" in milium("search", "--index", index, "psoriasis").out
    assert "Nothing was found" in milium("search", "--index", index, "cryotherapy").out


def test_a_missing_index_is_said_with_what_to_do(tmp_path: Path, milium: Milium) -> None:
    done = milium("search", "--index", str(tmp_path / "none"), "milia")
    assert done.code == 2
    assert "holds no index; build it again with: milium index" in done.err


def test_control_characters_of_a_title_do_not_reach_the_terminal(
    tmp_path: Path, milium: Milium
) -> None:
    file = write(tmp_path, {"id": "x\u001b[2J", "title": "Milia \u001b[31m red\u0007"})
    milium("index", "--jobs", "1", "--index", str(tmp_path / "i"), file)
    done = milium("search", "--index", str(tmp_path / "i"), "milia")
    assert "\x07" not in done.out
    assert "\x1b" not in done.out
