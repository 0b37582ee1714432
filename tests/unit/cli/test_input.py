"""What cannot be used: one clear line naming file, line and reason, exit code 2, nothing on standard output."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.unit.cli.conftest import Done, Milium


GOOD = json.dumps({"id": "c1", "opinions": [{"id": "A", "text": "Use an emollient."}]})


def _refused(done: Done, *parts: str) -> None:
    assert done.code == 2
    assert done.out == ""
    assert done.err.startswith("milium: ")
    assert done.err.count("\n") == 1
    for part in parts:
        assert part in done.err


@pytest.mark.parametrize("command", ["read", "compare", "triage"])
@pytest.mark.parametrize(
    ("content", "reasons"),
    [
        (b"", ["is empty"]),
        (b" \n\n", ["is empty"]),
        (b"fine\nnot \xff fine", [":2: ", "is not UTF-8", "0xff"]),
        ("hello".encode("utf-16"), ["is not UTF-8", "UTF-16"]),
        (b"x" * 5_000_000, ["is longer than"]),
    ],
)
def test_a_file_that_holds_no_text_is_refused(
    milium: Milium, tmp_path: Path, command: str, content: bytes, reasons: list[str]
) -> None:
    file = tmp_path / "input.txt"
    file.write_bytes(content)

    _refused(milium(command, str(file)), "input.txt", *reasons)


@pytest.mark.parametrize("command", ["read", "compare", "triage"])
def test_a_missing_file_and_a_directory_are_refused(
    milium: Milium, tmp_path: Path, command: str
) -> None:
    _refused(milium(command, str(tmp_path / "none")), "none: cannot be read: No such file")
    _refused(milium(command, str(tmp_path)), "cannot be read: Is a directory")
    _refused(milium(command, "a\0b"), "cannot be read")


@pytest.mark.parametrize(
    ("content", "reasons"),
    [
        ('{"id": "c", "opinions": []}', ["no opinions"]),
        ('{"id": "c",\n "opinions": [}', [":2: ", "not JSON"]),
        (
            '{"id": "c", "opinions": [{"id": 1, "text": "x"}, {"id": 1, "text": "y"}]}',
            ["two opinions"],
        ),
        ('{"id": NaN}', ["NaN"]),
        ("[" * 50_000, ["nested too deeply"]),
        ("<html><p>hello", ["holds no question"]),
        ("A title\n\nAnd a question?", ["nothing shows where the question ends"]),
        (json.dumps({"id": "c", "question": "x" * 300_000}), ["no opinions"]),
        (
            json.dumps({"id": "c", "opinions": [{"id": "A", "text": "x" * 300_000}]}),
            ["at most 200,000"],
        ),
    ],
)
def test_a_case_that_cannot_be_compared_is_refused(
    milium: Milium, content: str, reasons: list[str]
) -> None:
    _refused(milium("compare", given=content), "standard input", *reasons)


@pytest.mark.parametrize("form", ["json", "html"])
def test_one_document_cannot_hold_many_cases(milium: Milium, tmp_path: Path, form: str) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text(GOOD, encoding="utf-8")

    _refused(milium("compare", str(file), "--format", form), "cases.jsonl: holds many cases")


def test_a_bad_line_does_not_lose_the_others(milium: Milium) -> None:
    other = GOOD.replace("c1", "c2")
    lines = [GOOD, "{oops", "", other, GOOD, '{"id": "c3"}']

    done = milium("compare", "--format", "jsonl", given="\n".join(lines))

    assert done.code == 2
    assert [json.loads(line)["case"] for line in done.out.splitlines()] == ["c1", "c2"]
    assert done.err.splitlines() == [
        "milium: standard input:2: not JSON: Expecting property name enclosed in double quotes, column 2",
        "milium: standard input:5: the case id 'c1' stands on line 1 already",
        "milium: standard input:6: the case has no opinions, so there is nothing to compare",
        "milium: standard input: 3 of 5 lines could not be used",
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"text": "x"}', "id must be a text or a whole number"),
        (b'{"id": 1.5, "text": "x"}', "id must be a text or a whole number"),
        (b'{"id": 1}', 'an object {"id": ..., "text": "..."}'),
        (b'{"id": 1, "text": null}', 'an object {"id": ..., "text": "..."}'),
        (b"[1, 2]", 'an object {"id": ..., "text": "..."}'),
        (b"plain words", "not JSON"),
        (b'{"id": 1, "text": "\xff"}', "is not UTF-8"),
        (b'{"id": 1, "text": "\\ud800"}', "half of a character"),
        (b'{"id": 1, "text": "' + b"x" * 17_000_000 + b'"}', "is longer than"),
    ],
)
def test_a_line_that_cannot_be_read_is_reported_and_counted(
    milium: Milium, line: bytes, reason: str
) -> None:
    good = b'{"id": "g", "text": "Use an emollient."}'

    done = milium("read", "--format", "jsonl", given=b"\n".join([good, line, good]))

    assert done.code == 2
    assert [json.loads(line)["id"] for line in done.out.splitlines()] == ["g", "g"]
    assert done.err.startswith("milium: standard input:2: ")
    assert reason in done.err
    assert done.err.endswith("standard input: 1 of 3 lines could not be used\n")


def test_an_empty_stream_is_refused(milium: Milium) -> None:
    _refused(milium("read", "--format", "jsonl", given="\n \n"), "standard input: is empty")


@pytest.mark.parametrize(
    ("argv", "reason"),
    [
        (["comparre"], "there is no command 'comparre'; did you mean 'compare'?"),
        (["xyzzy"], "milium --help lists the commands"),
    ],
)
def test_an_unknown_command_is_one_line(milium: Milium, argv: list[str], reason: str) -> None:
    _refused(milium(*argv), reason)


@pytest.mark.parametrize(
    "argv",
    [
        ["read", "--nonsense"],
        ["read", "--format", "xml"],
        ["read", "--jobs", "0"],
        ["read", "--jobs", "many"],
        ["read", "a", "b"],
        ["compare", "--country", "USA"],
    ],
)
def test_a_wrong_option_is_one_line(milium: Milium, argv: list[str]) -> None:
    done = milium(*argv)

    assert (done.code, done.out) == (2, "")
    assert done.err.count("\n") == 1
    assert f"milium {argv[0]} --help explains" in done.err


@pytest.mark.parametrize("command", [["read"], ["read", "--question"], ["triage"]])
def test_a_text_of_any_length_that_fits_a_line_is_read(milium: Milium, command: list[str]) -> None:
    line = json.dumps({"id": 1, "text": "x" * 1_000_000 + " Use an emollient."})

    done = milium(*command, "--format", "jsonl", given=line.encode())

    assert done.code == 0
    assert json.loads(done.out)["id"] == 1
