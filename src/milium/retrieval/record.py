"""What is put into the index: one answered case, or one answered question of another archive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from milium.errors import UnusableInput


# Characters of one record that are indexed; what is longer is refused before time is spent on it.
MAX_RECORD = 1_000_000
MAX_ID = 512
FACETS = (
    "condition",
    "region",
    "site",
    "treatment",
    "tried",
    "age",
    "skin",
    "outcome",
    "specialty",
)


class _UnfitError(Exception):
    """A reason to leave a line out, ready to be shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One entry. ``opinions`` are the answers' texts; ``facets`` are pairs of a name of ``FACETS`` and a value."""

    id: str
    title: str = ""
    synonyms: tuple[str, ...] = ()
    question: str = ""
    opinions: tuple[str, ...] = ()
    facets: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """All that is shown of the entry, a line a part."""
        return "\n".join(part for part in (self.question, *self.opinions) if part)


def record_from_json(data: object, *, source: str | None = None, line: int | None = None) -> Record:
    """The entry a JSON value describes. Raises ``UnusableInput`` naming the field and what it should hold.

    Fields that are none of ours are left out.
    """
    try:
        return _record(data)
    except _UnfitError as error:
        raise UnusableInput(str(error), source=source, line=line) from None


def _record(data: object) -> Record:
    if not isinstance(data, Mapping):
        raise _UnfitError('a line must be an object {"id", "title", "question", "opinions"}')
    record = Record(
        id=_id(data.get("id")),
        title=_text(data.get("title"), "title"),
        synonyms=tuple(_text(v, "a synonym") for v in _list(data.get("synonyms"), "synonyms")),
        question=_text(data.get("question"), "question"),
        opinions=tuple(_opinion(v) for v in _list(data.get("opinions"), "opinions")),
        facets=(*_facets(data.get("facets")), *_age(data.get("asker"))),
    )
    parts = (record.title, *record.synonyms, record.text)
    if not any(part.strip() for part in parts):
        raise _UnfitError("title, question and opinions are all empty, so there is nothing to find")
    if sum(map(len, parts)) > MAX_RECORD:
        raise _UnfitError(f"has more than {MAX_RECORD:,} characters; split it")
    return record


def _id(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str) or not value.strip() or len(value) > MAX_ID:
        raise _UnfitError(f"id must be a text of up to {MAX_ID} characters, or a whole number")
    return value


def _text(value: object, name: str) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _UnfitError(f"{name} must be a text")
    return value


def _list(value: object, name: str) -> list[object]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise _UnfitError(f"{name} must be a list")
    return value


def _opinion(value: object) -> str:
    if isinstance(value, Mapping):
        return _text(value.get("text"), "the text of an opinion")
    if not isinstance(value, str):
        raise _UnfitError('an opinion must be a text or an object {"text"}')
    return value


def _facets(value: object) -> tuple[tuple[str, str], ...]:
    if value is None:
        return ()
    if not isinstance(value, Mapping):
        raise _UnfitError("facets must be an object of names and lists of values")
    if unknown := [name for name in value if name not in FACETS]:
        raise _UnfitError(f"there is no facet {unknown[0]!r}; they are {', '.join(FACETS)}")
    pairs = []
    for name, given in value.items():
        values = given if isinstance(given, list) else [given]
        pairs += [(name, _text(item, f"a value of the facet {name}")) for item in values]
    return tuple(pair for pair in pairs if pair[1])


def _age(asker: object) -> tuple[tuple[str, str], ...]:
    age = asker.get("age") if isinstance(asker, Mapping) else None
    if isinstance(age, bool) or not isinstance(age, (int, float)) or not 0 <= age <= 130:
        return ()
    return (("age", age_band(age)),)


def age_band(age: float) -> str:
    """The band an age in years falls into, coarse enough to name nobody.

    >>> [age_band(age) for age in (0.5, 7, 15, 42, 93)]
    ['0-1', '2-11', '12-17', '40-49', '80+']
    """
    for last, band in ((2, "0-1"), (12, "2-11"), (18, "12-17"), (30, "18-29")):
        if age < last:
            return band
    decade = int(age // 10 * 10)
    return "80+" if decade >= 80 else f"{decade}-{decade + 9}"
