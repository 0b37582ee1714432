"""Two nodes as an operator runs them: processes, folders and keys of their own, one database between them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from tests.functional.conftest import SOURCES, free_port, wait_for


RUN = (sys.executable, "-m", "milium")
SOON = 20
TITLE = "Brown patches on both cheeks"
CASE = {
    "id": "1",
    "title": TITLE,
    "question": "Since my pregnancy I have had brown patches on both cheeks. What helps?",
    "opinions": [{"id": "a", "text": "This looks like melasma. Use sunscreen."}],
}


def environment(home: Path, database: Path) -> dict[str, str]:
    """What a process of a node is started with."""
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith(("MILIUM_", "DATABASE_", "DJANGO_"))
    }
    return kept | {
        "MILIUM_HOME": str(home),
        "DATABASE_URL": f"sqlite:///{database}",
        "PYTHONPATH": str(SOURCES),
    }


@contextmanager
def serving(env: dict[str, str]) -> Iterator[str]:
    """A node's web processes; its address."""
    port, log = free_port(), Path(env["MILIUM_HOME"]) / "log"
    with log.open("w", encoding="utf-8") as told:
        server = subprocess.Popen(
            [*RUN, "web", "--workers", "1", "--port", str(port)],
            env=env,
            stdout=told,
            stderr=subprocess.STDOUT,
        )
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(address, server, log)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def search(address: str, query: str) -> str:
    """The search's answer; an answer that is none fails the test."""
    with urllib.request.urlopen(f"{address}/search/?q={query}", timeout=10) as answer:
        return str(answer.read().decode())


def once(true: Callable[[], bool]) -> bool:
    """Whether it comes true while a node learns of a change."""
    end = time.monotonic() + SOON
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.1)
    return False


@pytest.fixture
def nodes(tmp_path: Path) -> Iterator[tuple[list[str], dict[str, str]]]:
    """The addresses of two nodes with the demo's cases, the second with a half-written index; how to run a command on the first."""
    homes, database = [tmp_path / "one", tmp_path / "two"], tmp_path / "milium.sqlite3"
    for home in homes:
        home.mkdir()
    first = environment(homes[0], database)
    subprocess.run([*RUN, "demo"], env=first, check=True, stdout=subprocess.DEVNULL)
    # What one seals the other opens.
    for key in ("secret_key", "encryption_key"):
        (homes[1] / key).write_bytes((homes[0] / key).read_bytes())
        (homes[1] / key).chmod(0o600)
    index = homes[1] / "archive" / "index"
    (index / "generation-half").mkdir(parents=True)
    (index / "generation-half" / "meta.json").write_text('{"segments": [', "utf-8")
    (index / "index.json").write_text('{"format": 1, "gener', "utf-8")
    (index.parent / "mark.json").write_text('{"identity": "x", "number": 5}', "utf-8")
    with ExitStack() as running:
        both = [running.enter_context(serving(environment(home, database))) for home in homes]
        yield both, first


def test_every_node_finds_a_case_soon_and_answers_while_its_index_is_built_anew(
    nodes: tuple[list[str], dict[str, str]], tmp_path: Path
) -> None:
    addresses, first = nodes
    # A half-written index: the site answers from the start, and finds as soon as it was made anew.
    for address in addresses:
        assert "Search" in search(address, "scaly+elbows")
        assert once(lambda address=address: "elbow and knee" in search(address, "scaly+elbows"))

    file = tmp_path / "answers.jsonl"
    file.write_text(json.dumps(CASE), "utf-8")
    command = [*RUN, "manage", "import_archive", str(file), "--source", "S", "--licence", "CC0"]
    subprocess.run(command, env=first, check=True)
    for address in addresses:
        assert once(lambda address=address: TITLE in search(address, "brown+cheeks"))

    rebuilding = subprocess.Popen([*RUN, "manage", "rebuild_index"], env=first)
    answered = 0
    while rebuilding.poll() is None:
        assert TITLE in search(addresses[0], "brown+cheeks")
        answered += 1
    assert rebuilding.returncode == 0
    assert answered
