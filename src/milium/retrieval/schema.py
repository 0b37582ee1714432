"""The fields of the index, and what a record puts into them."""

from __future__ import annotations

import csv
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from milium.retrieval.focus import focuses
from milium.retrieval.record import Record
from milium.retrieval.words import (
    DATA,
    analyzer,
    load_engine,
    normal_words,
    says_nothing,
    stop_terms,
    term,
)
from milium.vocabulary import Vocabulary


if TYPE_CHECKING:
    import tantivy

# Raised whenever an index made by an older Milium must be built again.
FORMAT = 2
ANALYZER = "milium"
WORDS, NAME, CONCEPT, KIN, ASKED = "words", "name", "concept", "kin", "asked"
PORTRAIT, FACET, HEADING, ROW = "portrait", "facet", "heading", "row"
_LONGEST_NAME, _LONGEST_HEADING = 12, 80
_PORTRAYED = 2
# How often title and synonyms count as words: what an entry is about says more than what it mentions.
_NAMED = 3
_GIST = 300


@lru_cache(maxsize=1)
def schema() -> tantivy.Schema:
    """The schema; without positions, since ranking asks for words and whole names only."""
    builder = load_engine().SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for field in (WORDS, PORTRAIT):
        builder.add_text_field(field, tokenizer_name=ANALYZER, index_option="freq")
    builder.add_text_field(CONCEPT, tokenizer_name="whitespace", index_option="freq")
    for field in (NAME, KIN, ASKED, HEADING):
        builder.add_text_field(field, tokenizer_name="raw", index_option="basic")
    builder.add_text_field(FACET, tokenizer_name="raw", index_option="basic", fast=True)
    # Where the entry's vector stands, in an index built with a sentence model.
    builder.add_unsigned_field(ROW, indexed=True, fast=True)
    builder.add_bytes_field("title", stored=True)
    builder.add_bytes_field("shown", stored=True)
    made: tantivy.Schema = builder.build()
    return made


def register(index: tantivy.Index) -> tantivy.Index:
    """Tell the engine of our analyzer; every opened index needs it."""
    index.register_tokenizer(ANALYZER, analyzer())
    return index


@dataclass(frozen=True, slots=True)
class Entry:
    """What a record puts into the index, ready to be sent between processes. ``shown`` is its text, packed by zlib."""

    id: str
    title: str
    shown: bytes
    gist: str
    words: str
    names: tuple[str, ...]
    concepts: str
    kin: tuple[str, ...]
    asked: tuple[str, ...]
    portrait: str
    facets: tuple[str, ...]
    headings: tuple[str, ...]


def entry_for(record: Record, vocabulary: Vocabulary) -> Entry:
    """Read a record into the fields of the index."""
    names = (record.title, *record.synonyms)
    question = normal_words(record.question)
    answers = normal_words(" ".join(record.opinions))
    topic = [normal_words(name) for name in names]
    named = [word for name in topic for word in name]
    asked = concepts_in(record.question, vocabulary)
    told = concepts_in("\n".join((*names, *record.opinions)), vocabulary)
    concepts = asked + told
    kin = frozenset().union(*(vocabulary.ancestors(c) for c in concepts)) - concepts.keys()
    return Entry(
        id=record.id,
        title=record.title,
        shown=zlib.compress(record.text.encode()),
        gist=_gist(record),
        words=" ".join([*named * _NAMED, *question, *answers]),
        names=tuple({" ".join(name): None for name in topic if 0 < len(name) <= _LONGEST_NAME}),
        concepts=" ".join(concepts.elements()),
        kin=tuple(sorted(kin)),
        asked=tuple(asked_of(focuses(question), {term(word): None for word in named})),
        portrait=_portrait(told, vocabulary),
        facets=_facets(record, asked, told),
        headings=tuple(_heading(name) for name in names if 0 < len(name) <= _LONGEST_HEADING),
    )


def document(entry: Entry, row: int | None = None) -> tantivy.Document:
    """The entry as the engine takes it; ``row`` is that of its vector, where it has one."""
    made: tantivy.Document = load_engine().Document()
    if row is not None:
        made.add_unsigned(ROW, row)
    made.add_text("id", entry.id)
    made.add_bytes("title", entry.title.encode())
    made.add_bytes("shown", entry.shown)
    made.add_text(WORDS, entry.words)
    made.add_text(CONCEPT, entry.concepts)
    if entry.portrait:
        made.add_text(PORTRAIT, entry.portrait)
    for field, values in (
        (NAME, entry.names),
        (KIN, entry.kin),
        (ASKED, entry.asked),
        (FACET, entry.facets),
        (HEADING, entry.headings),
    ):
        for value in values:
            made.add_text(field, value)
    return made


def asked_of(asked: Iterable[str], words: Iterable[str]) -> Iterator[str]:
    """What is asked joined to each word it may be asked of: the cause of one disease is no answer on another's."""
    told = [word for word in words if word and word not in stop_terms()]
    return (f"{focus}:{word}" for focus in asked for word in told)


def concepts_in(text: str, vocabulary: Vocabulary) -> Counter[str]:
    """The concepts that a text names, each as often as it does. A stop word names none: "if" is no test."""
    mentions = (m for m in vocabulary.mentions(text) if not says_nothing(text[m.start : m.end]))
    return Counter(concept for mention in mentions for concept in mention.concepts)


def _facets(record: Record, asked: Counter[str], told: Counter[str]) -> tuple[str, ...]:
    """Explicit facets win; else conditions and treatments come from the answers, sites from both, what was tried from the question."""
    given = {name for name, _ in record.facets}
    found = [f"{name}={value}" for name, value in record.facets]
    for name, kind, where in (
        ("condition", "condition:", told),
        ("treatment", "treatment:", told),
        ("site", "site:", asked + told),
        ("tried", "treatment:", asked),
    ):
        if name not in given:
            found += [f"{name}={concept}" for concept in where if concept.startswith(kind)]
    return tuple(dict.fromkeys(found))


def _gist(record: Record) -> str:
    """What a sentence model reads of the entry: title and question, or the first answer where nothing was asked."""
    asked = record.question or next(iter(record.opinions), "")
    title = "" if record.title in asked else f"{record.title}. "
    return f"{title}{asked}"[:_GIST]


def _heading(name: str) -> str:
    """Sorted and found by its lower case, shown as it was written."""
    shown = " ".join(name.replace("\0", " ").split())
    return f"{shown.lower()}\0{shown}"


@lru_cache(maxsize=1)
def portraits() -> Mapping[str, str]:
    """How people who do not know its name describe a condition: normal words by concept id."""
    with (DATA / "portraits.csv").open(encoding="utf-8", newline="") as lines:
        return {
            row["concept"]: " ".join(normal_words(row["words"])) for row in csv.DictReader(lines)
        }


def _portrait(told: Counter[str], vocabulary: Vocabulary) -> str:
    """The portraits of the conditions that the answers name most; a condition without one has that of its class."""
    found: dict[str, None] = {}
    for concept, _ in told.most_common():
        if concept.startswith("condition:"):
            found |= dict.fromkeys(_portrayed(concept, vocabulary))
    return " ".join(portraits()[concept] for concept in [*found][:_PORTRAYED])


@lru_cache(maxsize=4096)
def _portrayed(concept: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    above = sorted(vocabulary.ancestors(concept), key=lambda a: -len(vocabulary.ancestors(a)))
    return next(((c,) for c in (concept, *above) if c in portraits()), ())
