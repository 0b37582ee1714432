"""Cases of somebody else's archive, from files: web pages marked up as schema.org QAPage, and JSON Lines."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from milium.api import Case, case_from_json, json_value, parse_html
from milium.errors import UnusableInput
from milium_site.archive.legible import legible


PAGES, LINES = frozenset({".html", ".htm"}), frozenset({".jsonl", ".ndjson"})
LARGEST = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Whose archive a case comes from, under which licence, and the address of the page, where it has one."""

    name: str
    licence: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One record: a case, or the reason why it is none, with the file and line."""

    case: Case | None = None
    problem: str = ""


def records(path: Path) -> Iterator[Read]:
    """Every record of a file, or of the pages and JSON Lines in a folder, one at a time. A bad one loses no other."""
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            if file.suffix.lower() in PAGES | LINES:
                yield from records(file)
        return
    try:
        if path.suffix.lower() in PAGES:
            yield _page(path)
        else:
            yield from _lines(path)
    except OSError as error:
        yield Read(problem=f"{path}: cannot be read: {error.strerror}")


def _page(path: Path) -> Read:
    if path.stat().st_size > LARGEST:
        return Read(problem=f"{path}: is larger than {LARGEST} bytes")
    try:
        html = path.read_text("utf-8")
        return Read(case=_legible(parse_html(html, name=path.stem, source=str(path))))
    except UnicodeDecodeError:
        return Read(problem=f"{path}: is not UTF-8")
    except UnusableInput as error:
        return Read(problem=str(error))


def _lines(path: Path) -> Iterator[Read]:
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield _line(line, path, number)


def _line(line: bytes, path: Path, number: int) -> Read:
    try:
        text = line.decode("utf-8-sig" if number == 1 else "utf-8")
        value = json_value(text, source=str(path), line=number)
        case = case_from_json(value, source=str(path), line=number)
    except UnicodeDecodeError:
        return Read(problem=f"{path}, line {number}: is not UTF-8")
    except UnusableInput as error:
        return Read(problem=str(error))
    if not any(opinion.text.strip() for opinion in case.opinions):
        return Read(problem=f"{path}, line {number}: has no answer")
    return Read(case=_legible(case))


def _legible(found: Case) -> Case:
    opinions = (
        replace(
            opinion,
            text=legible(opinion.text),
            specialist=legible(opinion.specialist or ""),
            specialty=legible(opinion.specialty or ""),
        )
        for opinion in found.opinions
    )
    return replace(
        found,
        id=legible(found.id),
        title=legible(found.title),
        question=legible(found.question),
        opinions=tuple(opinions),
    )


def digest_of(found: Case, origin: Origin) -> str:
    """Tells whether an import brings anything new."""
    texts = [found.title, found.question, *(o.text for o in found.opinions)]
    return hashlib.sha256("\0".join([*texts, origin.licence, origin.url]).encode()).hexdigest()
