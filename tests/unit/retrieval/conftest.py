from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from milium import api


CORPUS = Path(__file__).resolve().parents[2] / "corpus"


def clinical_cases() -> Iterator[api.IndexEntry]:
    lines = (CORPUS / "lay_to_clinical_cases.jsonl").read_text("utf-8").splitlines()
    return (api.index_entry(json.loads(line)) for line in lines)


@pytest.fixture(scope="session")
def clinical(tmp_path_factory: pytest.TempPathFactory) -> api.Archive:
    """Ninety cases in which only specialists speak, in their own words."""
    pytest.importorskip("tantivy")
    folder = tmp_path_factory.mktemp("clinical") / "index"
    api.build_index(folder, clinical_cases())
    return api.open_archive(folder)
