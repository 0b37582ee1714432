"""Writes happen in ``actions.py`` and nowhere else; a migration imports nothing of today's code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest


SITE = Path(__file__).resolve().parents[2] / "src" / "milium_site"
# These save and delete pictures, not rows.
PICTURES = {
    SITE / "photos" / "store.py",
    SITE / "archive" / "pictures" / "store.py",
    SITE / "photos" / "cleaning.py",
}
# A user manager must be able to make the operator's first account: Django's own command calls it.
WRITERS = {"actions.py"}
# A store of files writes files, not rows.
EXEMPT = {
    # Writes a picture into memory.
    SITE / "casebook" / "typesetting.py",
    SITE / "people" / "models.py",
    SITE / "foundation" / "files.py",
    SITE / "foundation" / "objects.py",
    # It refuses every write but the first in its own save.
    SITE / "record" / "models.py",
    *PICTURES,
}
WRITING = {
    "save", "create", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "delete", "update",
    "asave", "acreate", "adelete", "aupdate", "abulk_create", "raw", "execute", "executemany",
    "add", "remove", "clear", "set", "create_user", "create_superuser",
}  # fmt: skip
# Also methods of sets and mappings: a write only where the receiver is a manager or a query.
COMMON = {"add", "remove", "clear", "set", "update", "execute"}
MIGRATIONS = sorted(SITE.glob("*/migrations/0*.py"))


def writes(source: str) -> Iterator[str]:
    """Calls that write to the database."""
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in WRITING
            and (node.func.attr not in COMMON or "objects" in ast.unparse(node.func.value))
        ):
            yield f"line {node.lineno}: {ast.unparse(node.func)}"


@pytest.mark.parametrize(
    "file",
    [
        f
        for f in sorted(SITE.rglob("*.py"))
        if f.name not in WRITERS and "migrations" not in f.parts and f not in EXEMPT
    ],
    ids=lambda f: str(f.relative_to(SITE)),
)
def test_only_actions_write(file: Path) -> None:
    assert list(writes(file.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "planted",
    [
        "case.save()",
        "Case.objects.filter(pk=1).update(state='open')",
        "Case.objects.create()",
        "case.delete()",
    ],
)
def test_a_planted_write_is_found(planted: str) -> None:
    assert list(writes(planted))


@pytest.mark.parametrize(
    "harmless", ["names.add('x')", "values.update({})", "Case.objects.get(pk=1)"]
)
def test_what_writes_nothing_is_left_alone(harmless: str) -> None:
    assert not list(writes(harmless))


def test_every_action_takes_names_only_and_is_atomic() -> None:
    for file in SITE.glob("*/actions.py"):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                if not list(writes(ast.unparse(node))) and "atomic" not in ast.unparse(node):
                    continue
                assert not node.args.args, f"{file}: {node.name} takes an argument without its name"
                assert [ast.unparse(d) for d in node.decorator_list] == ["transaction.atomic"], (
                    f"{file}: {node.name}"
                )


@pytest.mark.parametrize("file", MIGRATIONS, ids=lambda f: f"{f.parts[-3]}-{f.stem}")
def test_a_migration_is_frozen(file: Path) -> None:
    text = file.read_text(encoding="utf-8")

    live = [
        line for line in text.splitlines()
        if line.startswith(("import milium", "from milium")) and "people.models" not in line and "foundation.private" not in line and "foundation.envelope" not in line
    ]  # fmt: skip

    assert live == []
