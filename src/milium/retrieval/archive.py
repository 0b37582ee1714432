"""An index opened for searching."""

from __future__ import annotations

import zlib
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from milium.errors import BadIndex, UnusableInput
from milium.retrieval.meaning import Likeness, Meaning
from milium.retrieval.plan import Plan, Planner
from milium.retrieval.record import FACETS
from milium.retrieval.schema import CONCEPT, FACET, HEADING, ROW, WORDS, register, schema
from milium.retrieval.snippet import Snippet, snippet
from milium.retrieval.spelling import Spelling
from milium.retrieval.store import read_manifest
from milium.retrieval.words import load_engine, normal_words, stop_terms, term
from milium.vocabulary import Vocabulary


if TYPE_CHECKING:
    import tantivy

    Scored = Sequence[tuple[float, tantivy.DocAddress]]

MOST_HITS = 1000
_FREQ = (WORDS, "portrait", CONCEPT)
_FACET_VALUES = 500
# Letters of a word that is taken for a medical one it nearly is.
_SURE = 8
# How much meaning counts beside words, and the best entries of each that are weighed: docs/retrieval.md.
_MEANING, _POOL = 0.6, 200


@dataclass(frozen=True, slots=True)
class Hit:
    """A found entry; a higher score is a better match, comparable within one query only."""

    id: str
    score: float
    title: str
    text: str
    terms: frozenset[str]

    def snippet(self) -> Snippet:
        """The passage that matches best."""
        return snippet(self.text or self.title, self.terms)


@dataclass(frozen=True, slots=True)
class Found:
    """The hits of a query, best first, and the spellings that were mended on the way."""

    hits: tuple[Hit, ...]
    mended: tuple[tuple[str, str], ...] = ()
    understood: bool = True


class Archive:
    """Searches one index folder. Sees what was committed when it was opened or last reloaded."""

    def __init__(self, folder: Path, vocabulary: Vocabulary, *, model: Path | None = None) -> None:
        """With ``model`` entries are ranked by meaning too. Raises ``BadIndex`` when the folder holds no sound index."""
        self.folder, self.vocabulary, self._model = folder, vocabulary, model
        self._open()

    def _open(self) -> None:
        self._manifest = read_manifest(self.folder)
        generation = self.folder / self._manifest.generation
        with self._guarded():
            self._index: tantivy.Index = register(load_engine().Index.open(str(generation)))
            self._look()
            self._probe()
        self._meaning = Meaning(generation, self.folder, self._model) if self._model else None

    def _look(self) -> None:
        self._searcher = self._index.searcher()
        self.__dict__.pop("_spelling", None)
        self._counts: dict[tuple[str, str], int] = {}
        self._planner = Planner(self.vocabulary, self._count, self._meant)

    def _probe(self) -> None:
        """Touch every kind of file once, so that a damaged one is found now."""
        everything = load_engine().Query.all_query()
        for _, address in self._searcher.search(everything, 1, count=False).hits:
            self._searcher.doc(address)
        self._searcher.doc_freq(WORDS, "skin")

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """Turn what the engine says of broken files into one clear message."""
        try:
            yield
        except (ValueError, OSError, RuntimeError, zlib.error) as error:
            raise BadIndex(f"is damaged ({_first_line(error)})", folder=str(self.folder)) from None
        except BaseException as error:
            # A panic of the engine is no ``Exception``, to keep programs from catching it unawares.
            if type(error).__name__ == "PanicException":
                raise BadIndex("is damaged", folder=str(self.folder)) from None
            raise

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def reload(self) -> None:
        """See what was committed or built since."""
        if read_manifest(self.folder) != self._manifest:
            self._open()
            return
        with self._guarded():
            self._index.reload()
            self._look()

    @cached_property
    def _spelling(self) -> Spelling:
        # In a large archive a term that hardly anyone wrote is a slip itself.
        least = 1 + len(self) // 50_000
        terms = self._searcher.terms_with_prefix(WORDS, "")
        stop = stop_terms()
        return Spelling(
            (term, count) for term, count in terms if count >= least and term not in stop
        )

    def _count(self, field: str, term: str) -> int:
        key = (field, term)
        if key not in self._counts:
            if len(self._counts) > 100_000:
                self._counts.clear()
            # The engine goes on counting what was removed until its segment is written anew.
            self._counts[key] = min(self._searcher.doc_freq(field, term), len(self))
        return self._counts[key]

    def _meant(self, word: str) -> str | None:
        """The term of what a strange word was meant to be: a word of the vocabulary, else one of the index."""
        if word in self._known_words:
            return None
        known = self._medical.near(word) if len(word) >= _SURE else None
        if known and self._count(WORDS, term(known)):
            return term(known)
        return self._spelling.meant(term(word))

    @cached_property
    def _known_words(self) -> frozenset[str]:
        names = (name for concept in self.vocabulary for name in concept.searched_names)
        return frozenset(word for name in names for word in normal_words(name))

    @cached_property
    def _medical(self) -> Spelling:
        return Spelling((word, 1) for word in self._known_words)

    def search(
        self, query: str, *, limit: int = 10, filters: Sequence[tuple[str, str]] = ()
    ) -> Found:
        """The best ``limit`` entries for a query in anybody's words.

        ``filters`` are pairs of a facet's name and a value: values of one name widen, different names narrow.
        A query without words but with filters lists what they let through.
        Raises ``UnusableInput`` on a facet or limit that cannot be, ``BadIndex`` when the index turns out damaged.
        """
        if not 1 <= limit <= MOST_HITS:
            raise UnusableInput(f"the limit must be from 1 to {MOST_HITS}, not {limit}")
        with self._guarded():
            plan = self._planner.plan(query, entries=len(self))
            asked = self._query(plan, filters)
            if asked is None:
                return Found((), understood=bool(plan.clauses))
            ranked = self._ranked(query, asked, limit, filters)
            hits = tuple(self._hit(score, address, plan) for score, address in ranked)
        return Found(hits, plan.mended)

    def facets(
        self, query: str = "", *, filters: Sequence[tuple[str, str]] = ()
    ) -> Mapping[str, Mapping[str, int]]:
        """How many of the entries that a search could find have each value, by facet, commonest first."""
        with self._guarded():
            plan = self._planner.plan(query, entries=len(self))
            asked = self._query(plan, filters) or load_engine().Query.all_query()
            terms = {"terms": {"field": FACET, "size": _FACET_VALUES}}
            buckets = self._searcher.aggregate(asked, {FACET: terms})[FACET]["buckets"]
        counted: dict[str, dict[str, int]] = {name: {} for name in FACETS}
        for bucket in buckets:
            name, _, value = str(bucket["key"]).partition("=")
            counted[name][value] = int(bucket["doc_count"])
        return counted

    def suggest(self, typed: str, *, limit: int = 8) -> tuple[str, ...]:
        """Names that begin as typed: the vocabulary's that the archive speaks of, then titles; the commonest first."""
        start = " ".join(typed.lower().split())
        if len(start) < 2:
            return ()
        names = self._known_names
        at = bisect_left(names, (start,))
        known = []
        while at < len(names) and names[at][0].startswith(start):
            if count := self._count(CONCEPT, names[at][2]):
                known.append((-count, names[at][1]))
            at += 1
        with self._guarded():
            titles = self._searcher.terms_with_prefix(HEADING, start, limit=200)
        ranked = [name for _, name in sorted(known)]
        ranked += [t.partition("\0")[2] for t, _ in sorted(titles, key=lambda pair: -pair[1])]
        return tuple({name.lower(): name for name in reversed(ranked)}[n] for n in _unique(ranked))[
            :limit
        ]

    @cached_property
    def _known_names(self) -> list[tuple[str, str, str]]:
        return sorted(
            (name.lower(), name, c.id) for c in self.vocabulary for name in c.searched_names
        )

    def _hit(self, score: float, address: tantivy.DocAddress, plan: Plan) -> Hit:
        stored = self._searcher.doc(address)
        title = bytes(stored.get_first("title") or b"").decode()
        text = zlib.decompress(bytes(stored.get_first("shown") or b"")).decode()
        return Hit(str(stored.get_first("id")), float(score), title, text, plan.terms)

    def _ranked(
        self, query: str, asked: tantivy.Query, limit: int, filters: Sequence[tuple[str, str]]
    ) -> list[tuple[float, tantivy.DocAddress]]:
        """Scores and addresses, best first: by words, and by meaning too where there is a model."""
        if self._meaning is None:
            return list(self._searcher.search(asked, limit, count=False).hits)
        pool = max(limit, _POOL)
        by_words = self._searcher.search(asked, pool, count=False).hits
        rows = self._meaning.nearest(query, pool)
        close = load_engine().Query.term_set_query(schema(), ROW, list(rows))
        near = self._searcher.search(self._narrowed(close, filters), pool, count=False).hits
        return self._blended(by_words, near, rows)[:limit]

    def _blended(
        self, by_words: Scored, near: Scored, rows: Likeness
    ) -> list[tuple[float, tantivy.DocAddress]]:
        best = max((score for score, _ in by_words), default=1.0) or 1.0
        scores = {(a.segment_ord, a.doc): score / best for score, a in by_words}
        addresses = {(a.segment_ord, a.doc): a for _, a in (*near, *by_words)}
        found = self._searcher.fast_field_values(ROW, list(addresses.values()))
        blended = []
        for (place, address), row in zip(addresses.items(), found, strict=True):
            likeness = rows.of(int(row)) if row is not None else 0.0
            score = (1 - _MEANING) * scores.get(place, 0.0) + _MEANING * likeness
            blended.append((score, address))
        return sorted(blended, key=lambda pair: -pair[0])

    def _query(self, plan: Plan, filters: Sequence[tuple[str, str]]) -> tantivy.Query | None:
        engine = load_engine()
        query: type[tantivy.Query] = engine.Query
        occur: type[tantivy.Occur] = engine.Occur
        scored = [(occur.Should, self._clause(c.field, c.term, c.weight)) for c in plan.clauses]
        if not scored:
            return self._narrowed(query.all_query(), filters) if filters else None
        return self._narrowed(query.boolean_query(scored), filters)

    def _narrowed(self, asked: tantivy.Query, filters: Sequence[tuple[str, str]]) -> tantivy.Query:
        query: type[tantivy.Query] = load_engine().Query
        must = load_engine().Occur.Must
        narrowed = [(must, asked)]
        for values in _by_name(filters).values():
            allowed = query.term_set_query(schema(), FACET, values)
            narrowed.append((must, query.const_score_query(allowed, 0.0)))
        return query.boolean_query(narrowed) if filters else asked

    def _clause(self, field: str, term: str, weight: float) -> tantivy.Query:
        query: type[tantivy.Query] = load_engine().Query
        option = "freq" if field in _FREQ else "basic"
        return query.boost_query(query.term_query(schema(), field, term, option), weight)


def _by_name(filters: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for name, value in filters:
        if name not in FACETS:
            raise UnusableInput(f"there is no facet {name!r}; it is one of {', '.join(FACETS)}")
        grouped.setdefault(name, []).append(f"{name}={value}")
    return grouped


def _unique(names: Sequence[str]) -> dict[str, None]:
    return dict.fromkeys(name.lower() for name in names)


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:120]
