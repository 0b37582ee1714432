"""The portable archive: an instance, or one case, in one ZIP that any program can read, and that no key is needed for.

``manifest.json`` says what it is and lists every other entry with its size and SHA-256; ``rows/`` holds a file of JSON
Lines for each kind of row, private words in clear; ``files/`` the stored files as they were before they were sealed.
The same instance packs to the same bytes but for the manifest's ``made_at``.

Not inside is what belongs to this installation and no other: keys, sessions, second factors, tokens, webhooks, the
queue of work, what is counted or derived, and entries of the record about the installation itself.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.core.files.storage import Storage
from django.db.models import Field, ForeignKey, Model, QuerySet
from django.utils import timezone

from milium_site.cases.models import Case
from milium_site.foundation.sealed import stored_files
from milium_site.keeping.snapshot import one_moment
from milium_site.keeping.tables import applied, as_json
from milium_site.keeping.whole import beside, private


FORMAT = 1
MANIFEST, ROWS, FILES = "manifest.json", "rows/", "files/"
# ZIP needs a time for each entry: the first it can say.
NO_TIME = (1980, 1, 1, 0, 0, 0)
AT_ONCE = 500
# Of this installation alone, or made anew from the rest.
NOT_CARRIED = frozenset(
    {
        "foundation.DataKey", "jobs.Worker", "jobs.Round", "record.Waiting", "record.Link", "record.Head",
        "moderation.Sender", "archive.Ledger", "archive.Change",
        "exchange.Token", "exchange.Spent", "exchange.Done", "exchange.Webhook", "exchange.Delivery",
    }
)  # fmt: skip
# Apps of others whose rows people would miss.
ALSO_CARRIED = frozenset({"account.EmailAddress"})
# A case goes without what others published of it and without how its people are reached.
NOT_OF_A_CASE = frozenset({"archive", "notices", "exchange", "account"})

# What is sent of an account with one case: that it is somebody's, and no way to reach them or to sign in.
NOBODY: dict[str, object] = {
    "password": "!",
    "is_active": False,
    "is_staff": False,
    "is_superuser": False,
    "last_login": None,
}


def carried() -> list[type[Model]]:
    """Every kind of row that goes along, by name."""
    models = (
        m
        for m in apps.get_models()
        if m._meta.label in ALSO_CARRIED
        or (m.__module__.startswith("milium_site.") and m._meta.label not in NOT_CARRIED)
    )
    return sorted(models, key=lambda m: m._meta.label_lower)


def columns(model: type[Model]) -> list[Field[Any, Any]]:
    """The columns of such rows."""
    return list(model._meta.concrete_fields)


def entry_of(model: type[Model]) -> str:
    """The name of the entry that holds those rows."""
    return f"{ROWS}{model._meta.label_lower}.jsonl"


def write_export(path: Path, *, storage: Storage, case: Case | None = None) -> dict[str, Any]:
    """Writes ``path``, readable by its owner alone; gives the manifest. Raises ``FileExistsError``."""
    with beside(path, what="an export") as part, private(part) as stream, one_moment("default"):
        return _packed(stream, storage, case)


def _packed(stream: IO[bytes], storage: Storage, case: Case | None) -> dict[str, Any]:
    entries: dict[str, dict[str, object]] = {}
    with zipfile.ZipFile(stream, "w") as pack:
        for model, rows in _all_rows(case):
            entries[entry_of(model)] = _put(pack, entry_of(model), rows)
        for name in _file_names(storage, case):
            with storage.open(name) as file:
                entries[FILES + name] = _put(pack, FILES + name, [file.read()])
        manifest = {
            "format": FORMAT,
            "milium": version("milium"),
            "made_at": timezone.now().isoformat(timespec="seconds"),
            "of": f"case {case.key}" if case else "instance",
            "migrations": applied("default"),
            "entries": entries,
        }
        _put(pack, MANIFEST, [json.dumps(manifest, indent=1, sort_keys=True).encode() + b"\n"])
    return manifest


def _put(pack: zipfile.ZipFile, name: str, pieces: Iterable[bytes]) -> dict[str, object]:
    info = zipfile.ZipInfo(name, date_time=NO_TIME)
    # Pictures are packed already.
    info.compress_type = zipfile.ZIP_STORED if name.startswith(FILES) else zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    digest, size = hashlib.sha256(), 0
    with pack.open(info, "w", force_zip64=True) as entry:
        for piece in pieces:
            entry.write(piece)
            digest.update(piece)
            size += len(piece)
    return {"bytes": size, "sha256": digest.hexdigest()}


def _all_rows(case: Case | None) -> Iterator[tuple[type[Model], Iterator[bytes]]]:
    of_case = rows_of(case) if case else None
    for model in carried():
        rows = model._base_manager.order_by("pk")
        if of_case is not None:
            rows = rows.filter(pk__in=of_case.get(model, ()))
        if model._meta.label == "record.Entry":
            # What was done to this installation did not happen elsewhere.
            rows = rows.exclude(kind="instance")
        yield model, _lines(rows, is_reduced=of_case is not None)


def _lines(rows: QuerySet[Model], *, is_reduced: bool) -> Iterator[bytes]:
    names = [field.attname for field in columns(rows.model)]
    reduced = NOBODY if is_reduced and rows.model._meta.label == "people.User" else {}
    for row in rows.values_list(*names).iterator(chunk_size=AT_ONCE):
        values = dict(zip(names, row, strict=True))
        if reduced:
            values |= reduced | {"email": f"{values['id']}@account.invalid"}
        yield as_json(values) + b"\n"


def rows_of(case: Case) -> dict[type[Model], set[object]]:
    """The numbers of the rows that are the case's: what hangs on it, then whom these point to."""
    found: dict[type[Model], set[object]] = {Case: {case.pk}}
    waiting: list[tuple[type[Model], set[object]]] = [(Case, {case.pk})]
    models = [m for m in carried() if m._meta.app_label not in NOT_OF_A_CASE]
    while waiting:
        model, keys = waiting.pop()
        for other in models:
            for field in _pointing(other, model):
                _add(found, waiting, other, other._base_manager.filter(**{f"{field}__in": keys}))
    entry = apps.get_model("record", "Entry")
    found[entry] = set(entry._base_manager.filter(case_key=case.key).values_list("pk", flat=True))
    _add_people(found)
    return found


def _pointing(model: type[Model], at: type[Model]) -> list[str]:
    return [f.name for f in columns(model) if isinstance(f, ForeignKey) and f.related_model is at]


def _add(
    found: dict[type[Model], set[object]],
    waiting: list[tuple[type[Model], set[object]]],
    model: type[Model],
    rows: QuerySet[Model],
) -> None:
    new = set(rows.values_list("pk", flat=True)) - found.setdefault(model, set())
    if new:
        found[model] |= new
        waiting.append((model, new))


def _add_people(found: dict[type[Model], set[object]]) -> None:
    specialist, user = apps.get_model("people", "Specialist"), apps.get_model("people", "User")
    credential = apps.get_model("people", "Credential")
    for model, keys in list(found.items()):
        _point_up(found, model, keys, specialist)
    for field in _pointing(credential, specialist):
        rows = credential._base_manager.filter(**{f"{field}__in": found.get(specialist, ())})
        found[credential] = set(rows.values_list("pk", flat=True))
    for model, keys in list(found.items()):
        _point_up(found, model, keys, user)


def _point_up(
    found: dict[type[Model], set[object]], model: type[Model], keys: set[object], to: type[Model]
) -> None:
    for field in _pointing(model, to):
        rows = model._base_manager.filter(pk__in=keys).exclude(**{f"{field}__isnull": True})
        found.setdefault(to, set()).update(rows.values_list(field, flat=True))


def _file_names(storage: Storage, case: Case | None) -> Iterator[str]:
    for name in stored_files(storage):
        if case is None or name.startswith(f"photos/{case.key}/"):
            yield name
