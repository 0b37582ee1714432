"""Settings that fail loudly, checks with an id and a hint, and the commands."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from pytest_django import Settings

from milium.errors import BadData
from milium_site.cases.models import Case
from milium_site.config import checks, commands, demo, env, instance
from milium_site.people.models import User


PRODUCTION = {
    "MILIUM_ENV": "production",
    "MILIUM_SECRET_KEY": "s" * 60,
    "MILIUM_ENCRYPTION_KEY": "A" * 43,
    "MILIUM_ALLOWED_HOSTS": "skin.example.org",
}


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (lambda: env.flag("MILIUM_X", default=False), "perhaps"),
        (lambda: env.integer("MILIUM_X", 3, least=1), "0"),
        (lambda: env.integer("MILIUM_X", 3), "three"),
        (lambda: env.choice("MILIUM_X", "a", ("a", "b")), "c"),
    ],
)
def test_a_setting_that_cannot_be_used_names_itself_and_its_value(
    read: Callable[[], object], value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MILIUM_X", value)

    with pytest.raises(ImproperlyConfigured, match=f"MILIUM_X is '{value}'"):
        read()


def test_settings_have_their_defaults_and_types(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MILIUM_X", raising=False)
    assert env.flag("MILIUM_X", default=True) is True
    assert env.integer("MILIUM_X", 3) == 3
    assert env.words("MILIUM_X", ("a",)) == ["a"]

    monkeypatch.setenv("MILIUM_X", " On ")
    assert env.flag("MILIUM_X", default=False) is True
    monkeypatch.setenv("MILIUM_X", "a, b,,")
    assert env.words("MILIUM_X") == ["a", "b"]


def test_a_secret_comes_from_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "key").write_text("from the file\n", encoding="utf-8")
    monkeypatch.setenv("MILIUM_X_FILE", str(tmp_path / "key"))
    assert env.secret("MILIUM_X") == "from the file"

    monkeypatch.setenv("MILIUM_X", "and from the environment")
    with pytest.raises(ImproperlyConfigured, match="both set"):
        env.secret("MILIUM_X")

    monkeypatch.delenv("MILIUM_X")
    monkeypatch.setenv("MILIUM_X_FILE", str(tmp_path / "absent"))
    with pytest.raises(ImproperlyConfigured, match="cannot read"):
        env.secret("MILIUM_X")


def test_an_installation_draws_its_own_secret_once_and_keeps_it_closed(tmp_path: Path) -> None:
    file = tmp_path / "secret_key"

    first = instance.own_secret(file)

    assert len(first) >= 50
    assert instance.own_secret(file) == first
    assert file.stat().st_mode & 0o077 == 0


def settings_with(tmp_path: Path, **given: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MILIUM_", "DATABASE_"))}
    script = "import milium_site.config.settings as s; print(s.SECURE_SSL_REDIRECT, s.SESSION_COOKIE_SECURE, s.DEBUG)"
    return subprocess.run(
        [sys.executable, "-c", script],
        env=kept | {"MILIUM_HOME": str(tmp_path / "home"), "PYTHONPATH": os.pathsep.join(sys.path)} | given,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_production_is_closed_by_default(tmp_path: Path) -> None:
    done = settings_with(tmp_path, **PRODUCTION)

    assert done.stdout.split() == ["True", "True", "False"], done.stderr


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"MILIUM_SECRET_KEY": ""}, "production needs MILIUM_SECRET_KEY"),
        ({"MILIUM_ALLOWED_HOSTS": ""}, "production needs MILIUM_ALLOWED_HOSTS"),
        ({"MILIUM_ENCRYPTION_KEY": ""}, "production needs MILIUM_ENCRYPTION_KEY"),
        ({"MILIUM_DEBUG": "yes"}, "shows private text"),
    ],
)
def test_production_refuses_what_is_missing_or_risky(
    change: dict[str, str], reason: str, tmp_path: Path
) -> None:
    done = settings_with(tmp_path, **(PRODUCTION | change))

    assert done.returncode != 0
    assert reason in done.stderr


def test_a_vocabulary_that_does_not_load_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise BadData("no such column", file="site.csv")

    assert checks.the_vocabulary_loads() == []
    monkeypatch.setattr(checks, "vocabulary", broken)
    assert [(m.id, bool(m.hint)) for m in checks.the_vocabulary_loads()] == [("milium.E001", True)]
    monkeypatch.setattr(checks, "vocabulary", list)
    assert [m.id for m in checks.the_vocabulary_loads()] == ["milium.E001"]


def test_an_unknown_country_is_an_error(settings: Settings) -> None:
    assert checks.the_country_is_known() == []
    settings.MILIUM_COUNTRY = "Atlantis"
    assert [(m.id, bool(m.hint)) for m in checks.the_country_is_known()] == [("milium.E002", True)]


@pytest.mark.django_db
def test_a_database_behind_its_migrations_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    assert checks.the_database_answers(databases=["default"]) == []
    assert checks.the_database_answers(databases=None) == []

    monkeypatch.setattr(checks.MigrationExecutor, "migration_plan", lambda *_: ["one"])
    assert [(m.id, bool(m.hint)) for m in checks.the_database_answers(databases=["default"])] == [
        ("milium.W001", True)
    ]


@pytest.mark.django_db
def test_a_database_that_does_not_answer_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object) -> None:
        raise checks.DatabaseError("connection refused")

    monkeypatch.setattr(checks, "MigrationExecutor", gone)

    assert [m.id for m in checks.the_database_answers(databases=["default"])] == ["milium.E003"]


@pytest.mark.django_db
def test_demo_people_in_production_are_an_error(settings: Settings) -> None:
    demo.load()
    assert checks.demo_people_are_gone() == []
    settings.PRODUCTION = True
    assert [(m.id, bool(m.hint)) for m in checks.demo_people_are_gone()] == [("milium.E004", True)]


@pytest.mark.django_db
def test_every_model_has_its_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


@pytest.mark.django_db
def test_the_demo_loads_once_and_leaves_one_case_to_answer() -> None:
    first = demo.load()
    counts = (User.objects.count(), Case.objects.count())

    again = demo.load()

    assert (User.objects.count(), Case.objects.count()) == counts == (5, 6)
    assert again.cases == first.cases
    states = sorted(Case.objects.values_list("state", flat=True))
    assert states.count("answered") >= 2
    waiting = Case.objects.filter(state="open", opinions__isnull=True)
    assert waiting.count() == 1


@pytest.mark.django_db
def test_the_demo_says_who_can_sign_in_how() -> None:
    loaded = demo.load()

    text = "\n".join(demo.guide(loaded, "http://127.0.0.1:8000"))

    assert all(s.user.email in text for s in loaded.specialists)
    assert loaded.password in text
    assert all(f"http://127.0.0.1:8000/c/{link}/" in text for _, link in loaded.cases)


@pytest.mark.django_db
def test_production_refuses_the_demo(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.PRODUCTION = True

    assert commands.demo([]) == 2
    assert "production refuses it" in capsys.readouterr().err
    assert not User.objects.exists()


@pytest.mark.django_db
def test_check_says_that_the_installation_is_sound(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.check([]) == 0
    assert "sound" in capsys.readouterr().out


@pytest.mark.django_db
def test_check_names_what_is_wrong(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    settings.MILIUM_COUNTRY = "Atlantis"

    assert commands.check([]) == 2
    assert "milium.E002" in capsys.readouterr().err
