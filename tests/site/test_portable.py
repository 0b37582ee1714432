"""The portable archive: what goes out comes in, and goes out the same; anything else is refused and leaves nothing."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import DjangoDbBlocker
from tests.site import instances
from tests.site.instances import PLANTED, Database, filled, own, standing_in

from milium_site.cases.models import Case
from milium_site.foundation.keyring import KEYRING
from milium_site.foundation.sealed import stored_files
from milium_site.keeping.portable import MANIFEST, NOT_CARRIED, carried
from milium_site.people.models import User
from milium_site.photos.models import Photo
from milium_site.photos.queries import picture
from milium_site.record.models import Entry
from milium_site.record.verification import verify as verify_record


pytestmark = pytest.mark.django_db


@dataclass(frozen=True, slots=True, kw_only=True)
class Exports:
    """An instance with something of everything, and what it exports: the whole, and its planted case."""

    database: Database
    folder: Path
    whole: Path
    case: Path


@contextmanager
def an_instance(folder: Path, name: str, like: Database) -> Iterator[Database]:
    """A new instance with its tables and nothing in them, standing in for the default one."""
    with ExitStack() as stack:
        database = stack.enter_context(a_database(folder, name, like))
        stack.enter_context(standing_in(database))
        stack.enter_context(own(folder / name))
        KEYRING.forget()
        yield database
        KEYRING.forget()


@contextmanager
def a_database(folder: Path, name: str, like: Database | None) -> Iterator[Database]:
    if connection.vendor == "postgresql":
        name = f"{connection.settings_dict['NAME']}_{name}"
        template = like["NAME"] if like else "template0"
        with instances.empty_on_server(name, like=template) as database:
            yield database
        return
    file = folder / f"{name}.sqlite3"
    if like:
        shutil.copyfile(like["NAME"], file)
    yield instances.on_sqlite(file)


@pytest.fixture(scope="module")
def blank(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Database]:
    """Migrated once: the instances of this module are copies of it."""
    folder = tmp_path_factory.mktemp("blank")
    with django_db_blocker.unblock(), a_database(folder, "blank", None) as database:
        with standing_in(database):
            call_command("migrate", verbosity=0)
            if connection.vendor == "sqlite":
                # All of it in the one file that is copied.
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        yield database


@pytest.fixture(scope="module")
def exports(
    blank: Database,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Exports]:
    folder = tmp_path_factory.mktemp("exported")
    with django_db_blocker.unblock(), an_instance(folder, "exporting", blank) as database:
        filled()
        whole, case = folder / "whole.zip", folder / "case.zip"
        told("export", whole)
        told("export", case, "--case", Case.objects.earliest("pk").key)
        yield Exports(database=database, folder=folder, whole=whole, case=case)


@pytest.fixture
def empty(blank: Database, tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), an_instance(tmp_path, "importing", blank):
        yield


def told(command: str, *arguments: object) -> str:
    out = StringIO()
    call_command(command, *map(str, arguments), stdout=out, stderr=out)
    return out.getvalue()


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as pack:
        return {name: pack.read(name) for name in pack.namelist()}


def dateless(content: bytes) -> dict[str, Any]:
    return {k: v for k, v in json.loads(content).items() if k != "made_at"}


@pytest.mark.parametrize("which", ["whole", "case"])
def test_what_is_exported_imported_and_exported_again_is_the_same_bytes(
    which: str, exports: Exports, empty: None, tmp_path: Path
) -> None:
    went: Path = getattr(exports, which)
    told("take_in", went)
    case = Case.objects.earliest("pk")

    assert case.text == PLANTED
    assert picture(Photo.objects.get(case=case), "view")
    assert verify_record().wrong == ()
    told("export", tmp_path / "again.zip", *(["--case", case.key] if which == "case" else []))
    before, after = parts(went), parts(tmp_path / "again.zip")
    assert dateless(before.pop(MANIFEST)) == dateless(after.pop(MANIFEST))
    assert before == after


def test_an_imported_instance_is_lived_in_as_the_old_one_was(exports: Exports, empty: None) -> None:
    told("take_in", exports.whole)

    last = max(User.objects.values_list("pk", flat=True))
    assert User.objects.create(email="next@example.org").pk > last
    assert Entry.objects.filter(verb="imported").count() == 1


def test_one_case_goes_without_other_cases_and_without_ways_to_reach_its_people(
    exports: Exports,
) -> None:
    content = parts(exports.case)

    assert content["rows/cases.case.jsonl"].count(b"\n") == 1
    assert b"example.org" not in b"".join(content.values())
    assert {json.loads(u)["password"] for u in content["rows/people.user.jsonl"].splitlines()} == {
        "!"
    }
    assert [json.loads(s)["name"] for s in content["rows/people.specialist.jsonl"].splitlines()]
    assert b"zyxplanted" in content["rows/cases.case.jsonl"]


def test_every_kind_of_row_is_carried_or_known_not_to_be() -> None:
    ours = {m._meta.label for m in apps.get_models() if m.__module__.startswith("milium_site.")}

    assert ours > NOT_CARRIED
    assert {m._meta.label for m in carried()} - {"account.EmailAddress"} == ours - NOT_CARRIED


def changed(path: Path, to: Path, change: Callable[[dict[str, bytes]], object]) -> Path:
    content = parts(path)
    change(content)
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, value in content.items():
            pack.writestr(name, value)
    return to


def said(manifest: dict[str, Any]) -> Callable[[dict[str, bytes]], object]:
    """A change of the manifest."""

    def change(content: dict[str, bytes]) -> None:
        content[MANIFEST] = json.dumps(json.loads(content[MANIFEST]) | manifest).encode()

    return change


CASES = "rows/cases.case.jsonl"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda c: c.pop(MANIFEST), "has no manifest.json"),
        (lambda c: c.update({MANIFEST: b"[" * 100_000}), "manifest.json cannot be read"),
        (lambda c: c.update({MANIFEST: b'{"format": 1}'}), "manifest.json cannot be read"),
        (lambda c: c.update({"files/../../evil": b"x"}), "are not those that its manifest lists"),
        (lambda c: c.pop(CASES), "are not those that its manifest lists"),
        (lambda c: c.update({CASES: c[CASES].replace(b"zyx", b"xyz")}), "cases.case.jsonl: its content"),
        (lambda c: c.update({CASES: b" " * 20_000_000}), "cases.case.jsonl: it does not have the size"),
        (said({"migrations": [["cases", "0001_initial"]]}), "upgrade there first"),
        (said({"format": 99}), "upgrade there first"),
    ],
    ids=range(9),
)  # fmt: skip
def test_what_is_not_whole_is_refused_and_leaves_nothing(
    change: Callable[[dict[str, bytes]], object],
    why: str,
    exports: Exports,
    empty: None,
    tmp_path: Path,
) -> None:
    with pytest.raises(CommandError, match=why):
        told("take_in", changed(exports.case, tmp_path / "changed.zip", change))

    assert not any(model._base_manager.exists() for model in carried())
    assert not list(stored_files(storages["default"]))


def test_what_is_no_archive_and_what_would_come_into_a_full_instance_is_refused(
    exports: Exports, empty: None, tmp_path: Path
) -> None:
    (tmp_path / "no.zip").write_bytes(exports.case.read_bytes()[:-100])
    with pytest.raises(CommandError, match="no whole archive"):
        told("take_in", tmp_path / "no.zip")
    told("take_in", exports.case)
    with pytest.raises(CommandError, match="holds rows of"):
        told("take_in", exports.case)
    assert Case.objects.count() == 1
