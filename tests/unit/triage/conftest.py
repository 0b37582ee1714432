from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from milium.triage.assess import DATA


@pytest.fixture
def rules_folder(tmp_path: Path) -> Path:
    """A copy of the triage data that a test may spoil."""
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    return folder
