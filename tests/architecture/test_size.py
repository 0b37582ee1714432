"""Files and functions stay small enough to be read in one go."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest


SOURCES = Path(__file__).resolve().parents[2] / "src"
FILES = sorted(p for p in SOURCES.rglob("*.py") if "migrations" not in p.parts)
MOST_LINES_OF_A_FILE = 400
MOST_LINES_OF_A_FUNCTION = 45


@pytest.mark.parametrize("file", FILES, ids=lambda p: str(p.relative_to(SOURCES)))
def test_a_file_and_its_functions_can_be_read_in_one_go(file: Path) -> None:
    text = file.read_text(encoding="utf-8")

    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno >= MOST_LINES_OF_A_FUNCTION
    ]

    assert text.count("\n") <= MOST_LINES_OF_A_FILE
    assert long == []
