"""The papers of the project stay true where a program can tell."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest


ROOT = Path(__file__).resolve().parents[2]
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")


def tracked(pattern: str) -> list[Path]:
    """The files git knows that match; a file that is not committed is not part of the project."""
    names = subprocess.run(
        ["git", "ls-files", pattern], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / name for name in names.stdout.splitlines() if (ROOT / name).exists()]


@pytest.mark.parametrize("document", tracked("*.md"), ids=lambda p: str(p.relative_to(ROOT)))
def test_every_relative_link_leads_somewhere(document: Path) -> None:
    links = LINK.findall(document.read_text(encoding="utf-8"))

    broken = [to for to in links if ":" not in to and not (document.parent / to).exists()]

    assert broken == []


def test_every_dependency_is_explained() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = [
        *project["project"]["dependencies"],
        *(name for extra in project["project"]["optional-dependencies"].values() for name in extra),
        *project["dependency-groups"]["dev"],
    ]
    explained = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8").lower()

    names = {re.split(r"[\[<>=~! ]", line, maxsplit=1)[0].lower() for line in declared}

    assert sorted(name for name in names if name not in explained) == []


@pytest.mark.parametrize("lock", tracked("requirements/*.txt"), ids=lambda p: p.name)
def test_a_lock_holds_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")

    assert "--hash=sha256:" in text
    assert "://" not in text
    assert "index-url" not in text


def test_every_decision_says_where_it_stands() -> None:
    decisions = tracked("docs/adr/[0-9]*.md")

    assert decisions
    assert [d.name for d in decisions if "\nStatus: " not in d.read_text(encoding="utf-8")] == []
