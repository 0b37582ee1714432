"""The index on every node: derived, brought up to date from the database, made anew when it cannot be trusted."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests import factories as make

from milium_site.archive.actions import unpublish_case
from milium_site.archive.keeper import Keeper


pytestmark = pytest.mark.django_db


def found(node: Keeper) -> set[str]:
    assert node.archive
    return {hit.id for hit in node.archive.search("itchy neck").hits}


def test_two_nodes_find_what_is_published_and_forget_what_is_taken_back(tmp_path: Path) -> None:
    nodes = [Keeper(tmp_path / "one"), Keeper(tmp_path / "two")]
    for node in nodes:
        node.refresh()
    first, second = (make.published(make.specialist()) for _ in range(2))
    for node in nodes:
        node.refresh()
        assert found(node) == {first.key, second.key}

    assert first.publication
    unpublish_case(case=first.publication.case, because="asker")

    for node in nodes:
        node.refresh()
        assert found(node) == {second.key}
    assert nodes[0].folder != nodes[1].folder
    assert all((node.folder / "index.json").exists() for node in nodes)


def test_processes_of_a_node_open_what_one_of_them_built_anew(tmp_path: Path) -> None:
    page = make.published(make.specialist())
    one, other = Keeper(tmp_path), Keeper(tmp_path)
    for process in (one, other):
        process.refresh()
    before = other.archive

    assert one.rebuild() == 1
    assert found(other) == {page.key}
    other.refresh()

    assert other.archive is not before
    assert found(other) == {page.key}


def test_an_index_damaged_while_it_is_used_is_built_anew_at_the_next_change(tmp_path: Path) -> None:
    node = Keeper(tmp_path)
    make.published(make.specialist())
    node.refresh()
    for file in node.folder.rglob("*"):
        if file.is_file() and file.name != "index.json":
            # As another file: what is mapped into memory stays as it was.
            half = file.read_bytes()[: file.stat().st_size // 2]
            file.unlink()
            file.write_bytes(half)

    make.published(make.specialist())
    for _ in range(3):
        node.refresh()

    assert len(found(node)) == 2
