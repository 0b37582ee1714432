"""An index opened for searching."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from milium.errors import BadIndex, UnusableInput
from milium.retrieval.plan import Plan, Planner
from milium.retrieval.record import FACETS
from milium.retrieval.schema import CONCEPT, FACET, HEADING, NAME, WORDS, register, schema
from milium.retrieval.snippet import Snippet, snippet
from milium.retrieval.spelling import Spelling
from milium.retrieval.store import read_manifest
from milium.retrieval.words import load_engine
from milium.vocabulary import Vocabulary


if TYPE_CHECKING:
    import tantivy

MOST_HITS = 1000
_FREQ = (WORDS, "portrait", CONCEPT)
_FACET_VALUES = 500


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
        generation = str(self.folder / self._manifest.generation)
        with self._guarded():
            self._index: tantivy.Index = register(load_engine().Index.open(generation))
            self._look()
            self._probe()

    def _look(self) -> None:
        self._searcher = self._index.searcher()
        self.__dict__.pop("_spelling", None)
        self._counts: dict[tuple[str, str], int] = {}
        self._planner = Planner(self.vocabulary, self._count, lambda t: self._spelling.meant(t))

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
        except (ValueError, OSError, RuntimeError) as error:
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
        return Spelling((term, count) for term, count in terms if count >= least)

    def _count(self, field: str, term: str) -> int:
        key = (field, term)
        if key not in self._counts:
            if len(self._counts) > 100_000:
                self._counts.clear()
            self._counts[key] = self._searcher.doc_freq(field, term)
        return self._counts[key]

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
            results = self._searcher.search(asked, limit, count=False)
            hits = tuple(self._hit(score, address, plan) for score, address in results.hits)
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
        title, text = (
            bytes(stored.get_first(field) or b"").decode() for field in ("title", "text")
        )
        return Hit(str(stored.get_first("id")), float(score), title, text, plan.terms)

    def _query(self, plan: Plan, filters: Sequence[tuple[str, str]]) -> tantivy.Query | None:
        engine = load_engine()
        query, occur = engine.Query, engine.Occur
        scored = [(occur.Should, self._clause(c.field, c.term, c.weight)) for c in plan.clauses]
        if not filters:
            return query.boolean_query(scored) if scored else None
        narrowed = [
            (
                occur.Must,
                query.const_score_query(query.term_set_query(schema(), FACET, values), 0.0),
            )
            for values in _by_name(filters).values()
        ]
        if scored:
            narrowed.append((occur.Must, query.boolean_query(scored)))
        return query.boolean_query(narrowed)

    def _clause(self, field: str, term: str, weight: float) -> tantivy.Query:
        query = load_engine().Query
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
