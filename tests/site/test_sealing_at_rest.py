"""Private words and files at rest: what a stolen database, its write-ahead log and the media folder show of them."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings as installed
from django.core.exceptions import FieldError
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection, models
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings
from tests import factories as make

from milium_site.cases.models import Case
from milium_site.config import env
from milium_site.foundation import envelope
from milium_site.foundation.envelope import MasterKey, Unreadable
from milium_site.foundation.files import SealedFiles, WholeFiles
from milium_site.foundation.keyring import KEYRING, sealed
from milium_site.foundation.models import DataKey
from milium_site.foundation.private import Private
from milium_site.foundation.sealed import private_columns
from milium_site.opinions.models import Opinion


pytestmark = pytest.mark.django_db

PLANTED = "zyxplanted words about my rash"


@pytest.fixture(autouse=True)
def _own_ring() -> Iterator[None]:
    """What a test makes of the keys is undone with its rows."""
    KEYRING.forget()
    yield
    KEYRING.forget()


@pytest.fixture
def store(tmp_path: Path) -> SealedFiles:
    return SealedFiles(
        BACKEND="milium_site.foundation.files.WholeFiles", OPTIONS={"location": str(tmp_path)}
    )


def stored_values() -> list[tuple[str, str]]:
    """Every private value as the database has it, with where it stands."""
    return [
        (f"{column.model._meta.label}.{column.name}", value)
        for column in private_columns()
        for value in column.stored().values_list("stored", flat=True)
    ]


@given(st.text())
def test_what_was_sealed_opens_to_itself(text: str) -> None:
    key = envelope.new_data_key()
    stored = envelope.seal_text(1, key, text)
    if text in envelope.SAYS_NOTHING:
        assert stored == text
    else:
        assert text not in stored or len(text) < 4
        assert envelope.unseal_text(key, stored) == text


@given(st.binary(max_size=200))
def test_a_sealed_file_opens_to_itself(content: bytes) -> None:
    key = envelope.new_data_key()
    sealed_content = envelope.seal_file(7, key, content)
    assert envelope.number_in_file(sealed_content) == 7
    assert envelope.unseal_file(key, sealed_content) == content


@given(st.integers(min_value=0, max_value=10_000), st.integers(min_value=1, max_value=255))
def test_one_changed_byte_is_noticed(place: int, change: int) -> None:
    key = envelope.new_data_key()
    changed = bytearray(envelope.seal_file(1, key, b"private"))
    at = 12 + place % (len(changed) - 12)
    changed[at] ^= change
    with pytest.raises(Unreadable):
        envelope.unseal_file(key, bytes(changed))


def test_the_same_words_are_never_sealed_to_the_same_value() -> None:
    assert sealed(PLANTED) != sealed(PLANTED)


def test_every_private_value_in_the_database_is_sealed() -> None:
    asked = make.open_case(PLANTED + ". For 2 months I have had an itchy rash on my neck.")
    make.signed(asked.case, make.specialist())

    values = stored_values()

    assert {where for where, _ in values} >= {"cases.Case.text", "opinions.Opinion.text"}
    assert [where for where, value in values if envelope.number_in_text(value) is None] == []


def test_a_case_opens_with_its_words() -> None:
    asked = make.open_case(PLANTED + ". It itches.")

    assert Case.objects.get(pk=asked.case.pk).text.startswith(PLANTED)


def test_every_table_kept_in_clear_holds_no_words_of_a_case() -> None:
    asked = make.open_case(PLANTED + ". For 2 months I have had an itchy rash on my neck.")
    make.signed(asked.case, make.specialist(), "zyxplanted: this looks like eczema.")

    with connection.cursor() as cursor:
        for model in apps.get_models():
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"SELECT * FROM {table}")
            assert "zyxplanted" not in repr(cursor.fetchall()), model._meta.label


def test_no_question_but_emptiness_can_be_asked_of_a_private_column() -> None:
    with pytest.raises(FieldError, match="icontains"):
        Opinion.objects.filter(text__icontains="rash").exists()
    assert not Opinion.objects.filter(text="").exists()


def test_a_value_that_was_never_sealed_is_refused_and_says_what_to_do() -> None:
    asked = make.open_case()
    Case.objects.filter(pk=asked.case.pk).update(
        text=models.Value("plain", output_field=models.TextField())
    )
    with pytest.raises(Unreadable, match="rotate_keys"):
        Case.objects.get(pk=asked.case.pk)


def test_another_operators_key_opens_nothing(settings: Settings) -> None:
    make.open_case(PLANTED)
    settings.MILIUM_ENCRYPTION_KEYS = (MasterKey.parse(envelope.new_secret()),)
    KEYRING.forget()

    with pytest.raises(Unreadable, match="MILIUM_ENCRYPTION_KEY does not hold"):
        Case.objects.get()


def test_a_new_key_of_the_operators_takes_over_and_the_old_one_can_go(settings: Settings) -> None:
    make.open_case(PLANTED)
    new = MasterKey.parse(envelope.new_secret())
    settings.MILIUM_ENCRYPTION_KEYS = (new, *settings.MILIUM_ENCRYPTION_KEYS)

    call_command("rotate_keys", stdout=StringIO())
    settings.MILIUM_ENCRYPTION_KEYS = (new,)
    KEYRING.forget()

    assert Case.objects.get().text == PLANTED


def test_a_new_key_without_the_old_one_behind_it_changes_nothing(settings: Settings) -> None:
    before = list(DataKey.objects.values_list("wrapped", flat=True))
    settings.MILIUM_ENCRYPTION_KEYS = (MasterKey.parse(envelope.new_secret()),)

    with pytest.raises(CommandError, match="Add that key behind the new one"):
        call_command("rotate_keys", stdout=StringIO())

    assert list(DataKey.objects.values_list("wrapped", flat=True)) == before


def test_rotating_the_data_seals_every_word_and_file_anew_and_drops_the_old_key(
    settings: Settings, tmp_path: Path
) -> None:
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "milium_site.foundation.files.SealedFiles",
            "OPTIONS": {
                "BACKEND": "milium_site.foundation.files.WholeFiles",
                "OPTIONS": {"location": str(tmp_path)},
            },
        }
    }
    asked = make.open_case(PLANTED)
    name = storages["default"].save("folder/photo.webp", ContentFile(b"picture"))
    plain = make.open_case()
    Case.objects.filter(pk=plain.case.pk).update(
        text=models.Value("never sealed", output_field=models.TextField())
    )
    before = DataKey.objects.latest("pk").pk

    call_command("rotate_keys", "--data", "--no-wait", stdout=StringIO())

    newest = DataKey.objects.get()
    assert newest.pk > before
    assert {envelope.number_in_text(value) for _, value in stored_values()} == {newest.pk}
    assert envelope.number_in_file((tmp_path / name).read_bytes()) == newest.pk
    assert Case.objects.get(pk=asked.case.pk).text == PLANTED
    assert Case.objects.get(pk=plain.case.pk).text == "never sealed"
    assert storages["default"].open(name).read() == b"picture"


def test_a_stored_file_shows_nothing_of_its_content(store: SealedFiles, tmp_path: Path) -> None:
    name = store.save("a/photo.webp", ContentFile(b"planted picture bytes"))

    assert store.open(name).read() == b"planted picture bytes"
    assert b"planted" not in (tmp_path / name).read_bytes()


def test_a_file_that_was_changed_on_the_disk_is_refused(store: SealedFiles, tmp_path: Path) -> None:
    name = store.save("photo.webp", ContentFile(b"picture"))
    (tmp_path / name).write_bytes((tmp_path / name).read_bytes()[:-1] + b"x")

    with pytest.raises(Unreadable):
        store.open(name)


def test_a_file_that_could_not_be_written_whole_is_not_there(tmp_path: Path) -> None:
    class Breaking(ContentFile):  # type: ignore[type-arg] # the class takes none at run time
        def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
            yield b"half"
            raise OSError("the disk is full")

    with pytest.raises(OSError, match="disk is full"):
        WholeFiles(location=str(tmp_path)).save("photo.webp", Breaking(b"whole"))

    assert list(tmp_path.rglob("*")) == []


@pytest.mark.parametrize("wrong", ["short", "é", "A" * 44])
def test_a_key_that_is_none_is_refused_without_being_repeated(
    wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MILIUM_X", wrong)
    with pytest.raises(Exception, match=r"MILIUM_X, key 1") as refused:
        env.keys("MILIUM_X")
    assert wrong not in str(refused.value)


def test_a_new_key_can_be_used_as_it_is_printed() -> None:
    out = StringIO()
    call_command("new_key", stdout=out)
    assert MasterKey.parse(out.getvalue().strip())


def test_every_column_of_words_is_private_or_known_to_hold_none() -> None:
    """A new column of free text is private unless it stands here, with its reason in its model."""
    clear = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("milium_site")
        for field in model._meta.concrete_fields
        if isinstance(field, models.TextField | models.JSONField) and not isinstance(field, Private)
    }
    assert clear <= CLEAR, sorted(clear - CLEAR)


# Rule names and keys, never words; what was published is public.
CLEAR = {
    "archive.Publication.agreed",
    "archive.Publication.chosen",
    "archive.Publication.judged",
    "archive.PublishedPhoto.alt",
    "archive.PublishedPhoto.sizes",
    "archive.PublishedCase.history",
    "archive.PublishedCase.outcomes",
    "archive.PublishedCase.question",
    "archive.PublishedOpinion.credential",
    "archive.PublishedOpinion.reading",
    "archive.PublishedOpinion.text",
    # Names out of a table.
    "exchange.Token.scopes",
    "exchange.Webhook.events",
    "cases.Case.dealt_with",
    "cases.CaseEvent.detail",
    "opinions.Opinion.credential",
    "moderation.Look.marks",
    "moderation.Report.reasons",
    "people.Specialist.interests",
    "record.Entry.detail",
}


def test_a_stolen_sqlite_database_shows_no_private_word(tmp_path: Path) -> None:
    """The files themselves, the write-ahead log among them, of an instance of its own that is still open."""
    script = (
        "import django; django.setup();"
        "from django.core.management import call_command; call_command('migrate', verbosity=0);"
        "from tests import factories as make;"
        f"asked = make.open_case({PLANTED!r} + '. It itches.');"
        "make.signed(asked.case, make.specialist(), 'zyxplanted: this looks like eczema.');"
        "from milium_site.cases.models import Case; print(Case.objects.get().text, flush=True);"
        "import os; os._exit(0)"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={
            "MILIUM_HOME": str(tmp_path),
            "PYTHONPATH": f"{root / 'src'}:{root}",
            "DJANGO_SETTINGS_MODULE": "milium_site.config.settings",
            "PATH": "/usr/bin:/bin",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith(PLANTED)

    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert {"milium.sqlite3", "milium.sqlite3-wal"} <= {file.name for file in files}
    assert [file.name for file in files if re.search(rb"zyxplanted", file.read_bytes())] == []
    assert sqlite3.connect(tmp_path / "milium.sqlite3").execute(
        "SELECT count(*) FROM cases_case"
    ).fetchone() == (1,)


def test_the_operators_key_of_a_development_instance_is_its_own() -> None:
    assert len(installed.MILIUM_ENCRYPTION_KEYS) == 1
