"""The folder of an index: swapped in whole, and found out when it is damaged."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from milium import api
from milium.errors import BadIndex, UnusableInput


pytest.importorskip("tantivy")


def entry(number: int, text: str) -> api.IndexEntry:
    return api.index_entry({"id": f"c{number}", "title": text, "opinions": [text]})


def entries(*texts: str) -> Iterator[api.IndexEntry]:
    return (entry(number, text) for number, text in enumerate(texts))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    api.build_index(tmp_path / "index", entries("eczema of the hand", "milia of the eyelid"))
    return tmp_path / "index"


def generation(folder: Path) -> Path:
    return folder / json.loads((folder / "index.json").read_text())["generation"]


def found(folder: Path, query: str) -> list[str]:
    return [hit.id for hit in api.open_archive(folder).search(query).hits]


def test_a_new_build_takes_the_place_of_the_old_and_leaves_nothing_behind(folder: Path) -> None:
    api.build_index(folder, entries("psoriasis of the scalp"))
    assert found(folder, "psoriasis") == ["c0"]
    assert found(folder, "milia") == []
    assert len(list(folder.glob("generation-*"))) == 1


def test_an_open_archive_sees_a_new_build_after_reload(folder: Path) -> None:
    archive = api.open_archive(folder)
    api.build_index(folder, entries("psoriasis of the scalp"))
    assert [hit.id for hit in archive.search("milia").hits] == ["c1"]
    archive.reload()
    assert [hit.id for hit in archive.search("psoriasis").hits] == ["c0"]


def test_a_build_that_fails_leaves_the_old_index(folder: Path) -> None:
    def broken() -> Iterator[api.IndexEntry]:
        yield entry(7, "wart")
        raise UnusableInput("the source broke off")

    with pytest.raises(UnusableInput, match="broke off"):
        api.build_index(folder, broken())
    assert found(folder, "milia") == ["c1"]
    assert len(list(folder.glob("generation-*"))) == 1


def test_a_half_built_generation_is_ignored_and_swept_up(folder: Path) -> None:
    (folder / "generation-0bad").mkdir()
    (folder / "generation-0bad" / "meta.json").write_text("{")
    assert found(folder, "milia") == ["c1"]
    api.build_index(folder, entries("milia"))
    assert not (folder / "generation-0bad").exists()


def test_of_two_with_one_id_the_later_holds(tmp_path: Path) -> None:
    count = api.build_index(tmp_path / "i", iter([entry(1, "wart"), entry(1, "milia")]))
    assert count == 1
    assert found(tmp_path / "i", "wart") == []
    assert found(tmp_path / "i", "milia") == ["c1"]


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("dear")
    with pytest.raises(UnusableInput, match="holds other files"):
        api.build_index(tmp_path, entries("milia"))
    assert (tmp_path / "letters.txt").exists()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": 1}', '{"format": "x"}'])
def test_a_damaged_manifest_names_the_folder_and_what_to_do(folder: Path, content: str) -> None:
    (folder / "index.json").write_text(content)
    with pytest.raises(BadIndex, match="milium index --index") as error:
        api.open_archive(folder)
    assert str(folder) in str(error.value)


def test_an_index_of_another_format_is_told_apart(folder: Path) -> None:
    manifest = json.loads((folder / "index.json").read_text())
    (folder / "index.json").write_text(json.dumps({**manifest, "format": 0}))
    with pytest.raises(BadIndex, match="format 0"):
        api.open_archive(folder)


def test_a_manifest_cannot_lead_out_of_the_folder(folder: Path) -> None:
    manifest = json.loads((folder / "index.json").read_text())
    (folder / "index.json").write_text(json.dumps({**manifest, "generation": "../elsewhere"}))
    with pytest.raises(BadIndex, match="damaged"):
        api.open_archive(folder)


def test_no_index_at_all_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadIndex, match="holds no index"):
        api.open_archive(tmp_path / "nowhere")


@pytest.mark.parametrize("suffix", [".idx", ".term", ".store", ".fast", ".fieldnorm"])
@pytest.mark.parametrize("harm", ["gone", "half", "empty"])
def test_a_damaged_file_is_found_when_the_index_is_opened(
    folder: Path, suffix: str, harm: str
) -> None:
    file = next(generation(folder).glob(f"*{suffix}"))
    data = file.read_bytes()
    file.unlink()
    if harm != "gone":
        file.write_bytes(data[: len(data) // 2] if harm == "half" else b"")
    with pytest.raises(BadIndex, match="damaged"):
        api.open_archive(folder)


def test_entries_are_added_replaced_and_removed(folder: Path) -> None:
    archive = api.open_archive(folder)
    updater = api.update_index(folder)
    updater.put(entry(0, "psoriasis of the scalp"))
    updater.put(entry(9, "wart of the sole"))
    updater.remove("c1")
    updater.commit()
    updater.close()
    archive.reload()
    hits = {
        q: [h.id for h in archive.search(q).hits] for q in ("eczema", "psoriasis", "wart", "milia")
    }
    assert hits == {"eczema": [], "psoriasis": ["c0"], "wart": ["c9"], "milia": []}
    assert len(archive) == 2


def test_nothing_is_seen_before_the_commit(folder: Path) -> None:
    updater = api.update_index(folder)
    updater.put(entry(9, "wart of the sole"))
    assert found(folder, "wart") == []
    updater.commit()
    updater.close()
    assert found(folder, "wart") == ["c9"]


def test_a_second_writer_is_told_that_there_is_one(folder: Path) -> None:
    updater = api.update_index(folder)
    with pytest.raises(BadIndex, match="another process"):
        api.update_index(folder)
    updater.close()


def test_a_search_stands_the_removal_of_most_that_had_the_word(folder: Path) -> None:
    api.build_index(folder, entries(*["milia of the eyelid"] * 3, "eczema"))
    updater = api.update_index(folder)
    for number in (0, 1):
        updater.remove(f"c{number}")
    updater.commit()
    updater.close()

    assert found(folder, "milia eyelid") == ["c2"]
