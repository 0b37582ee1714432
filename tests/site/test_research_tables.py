"""Researchers' tables: exact quotes, only what its asker agreed to, the same as CSV and as Parquet, each column explained."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pyarrow import parquet
from tests import factories as make

from milium_site.archive.models import PublishedCase
from milium_site.archive.research.tables import TABLES
from milium_site.casebook.actions import withdraw_consent
from milium_site.consents.actions import give_consent
from milium_site.consents.texts import RESEARCH


pytestmark = pytest.mark.django_db


@pytest.fixture
def agreed() -> PublishedCase:
    """A published case whose asker agreed to research, and one whose asker did not."""
    make.published(make.specialist("Dr Other"))
    page = make.published(make.specialist("Dr One"), make.specialist("Dr Two"))
    assert page.publication
    give_consent(case=page.publication.case, purpose=RESEARCH)
    return page


def written(folder: Path, kind: str = "csv") -> str:
    out = StringIO()
    call_command("research_tables", str(folder), "--format", kind, stdout=out)
    return out.getvalue()


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_statement_quotes_its_answer_exactly_and_only_agreed_cases_are_there(
    agreed: PublishedCase, tmp_path: Path
) -> None:
    written(tmp_path / "out")

    answers = {(r["case"], r["answer"]): r["text"] for r in rows(tmp_path / "out", "answers")}
    statements = rows(tmp_path / "out", "statements")
    assert {case for case, _ in answers} == {agreed.key}
    assert [r["case"] for r in rows(tmp_path / "out", "cases")] == [agreed.key]
    assert len(statements) == sum(len(o.reading) for o in agreed.opinions.all()) > 0
    for said in statements:
        text = answers[said["case"], said["answer"]]
        assert text[int(said["start"]) : int(said["end"])] == said["quote"] != ""


def test_parquet_holds_what_csv_holds(agreed: PublishedCase, tmp_path: Path) -> None:
    assert written(tmp_path / "a") == written(tmp_path / "b", "parquet").replace(
        str(tmp_path / "b"), str(tmp_path / "a")
    )

    for table in TABLES:
        held = parquet.read_table(tmp_path / "b" / f"{table.name}.parquet").to_pylist()
        as_text = [{k: "" if v is None else str(v) for k, v in row.items()} for row in held]
        assert as_text == rows(tmp_path / "a", table.name)


def test_the_codebook_names_every_column(agreed: PublishedCase, tmp_path: Path) -> None:
    written(tmp_path / "out")

    book = (tmp_path / "out" / "CODEBOOK.md").read_text(encoding="utf-8")
    for table in TABLES:
        assert f"## {table.name} (" in book
        assert all(f"| {c.name} | {c.type} | {c.meaning} |" in book for c in table.columns)


def test_what_was_taken_back_is_not_there(agreed: PublishedCase, tmp_path: Path) -> None:
    assert agreed.publication
    withdraw_consent(case=agreed.publication.case, purpose=RESEARCH)
    written(tmp_path / "out")

    assert all(rows(tmp_path / "out", table.name) == [] for table in TABLES)
    with pytest.raises(CommandError, match="name a new folder"):
        written(tmp_path / "out")
