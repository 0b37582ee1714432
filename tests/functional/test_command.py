"""The command as a process of its own: how it ends, what it prints where, and what it imports."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest


COMMAND = [sys.executable, "-m", "milium"]
CASE = json.dumps({"id": "c", "opinions": [{"id": "A", "text": "Try cryotherapy."}]})
LINE = json.dumps({"id": 1, "text": "Try cryotherapy."}) + "\n"


def _run(*argv: str, given: str = "", **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*COMMAND, *argv],
        input=given.encode(),
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
    )


def test_a_reader_that_has_seen_enough_ends_it_quietly() -> None:
    process = subprocess.Popen(
        [*COMMAND, "read", "--format", "jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    process.stdin.write(LINE.encode() * 50)
    process.stdin.close()

    assert (process.stderr.read(), process.wait(timeout=20)) == (b"", 0)
    process.stderr.close()


def test_an_interrupt_ends_it_quietly() -> None:
    process = subprocess.Popen(
        [*COMMAND, "read", "--format", "jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin
    assert process.stdout
    assert process.stderr
    process.stdin.write(LINE.encode())
    process.stdin.flush()
    process.stdout.readline()  # it runs
    time.sleep(0.05)
    process.send_signal(signal.SIGINT)

    assert process.wait(timeout=20) == 130
    assert process.stderr.read() == b""
    for pipe in (process.stdin, process.stdout, process.stderr):
        pipe.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, which Linux has")
def test_an_output_that_is_full_is_one_line() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, "lookup", "laser"], stdout=full, stderr=subprocess.PIPE, check=False
        )

    assert done.returncode == 1
    assert done.stderr == b"milium: the output cannot be written: No space left on device\n"


def test_an_output_that_knows_no_shapes_gets_letters() -> None:
    done = _run("compare", given=CASE, PYTHONIOENCODING="ascii")

    assert done.returncode == 0
    assert b"o option" in done.stdout or b"* recommended" in done.stdout
    assert b"?" not in done.stdout


def test_json_is_utf_8_whatever_the_terminal_speaks() -> None:
    given = json.dumps({"id": 1, "text": "Try cryotherapy – naïve."})

    done = _run("read", "--format", "jsonl", given=given, PYTHONIOENCODING="ascii")

    assert json.loads(done.stdout.decode("utf-8"))["id"] == 1


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_json_waits_for_neither_tables_nor_pages_nor_the_site(form: str) -> None:
    program = (
        "import sys; from milium.cli import main; code = main(sys.argv[1:]); "
        "names = {n.partition('.')[0] for n in sys.modules} | {*sys.modules}; "
        "print(sorted(names & {'rich', 'selectolax', 'django', 'httpx', 'asyncio', 'yaml', 'milium.retrieval'}), file=sys.stderr)"
    )

    done = subprocess.run(
        [sys.executable, "-c", program, "compare", "--format", form],
        input=CASE.encode(),
        capture_output=True,
        check=True,
    )

    assert done.stderr == b"[]\n"
