"""Sites, signs that are present, and signs that are expressly denied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from milium.reading.history_clauses import Find, Sentence, Token, mark_of, parts_clauses
from milium.reading.history_lexicon import HistoryLexicon
from milium.reading.history_person import told_of_others
from milium.statements import ConceptRef, Finding, Quote


_SIGNS = ("symptom", "absent")
_LINKS = frozenset("of my his her the both our your their left right a an its this that".split())
_DIRECTIONS = frozenset(("site:back", "site:flank", "site:head", "site:face", "site:body"))
_PENIS = "site:penis"
_SORE, _PAIN, _ULCER = "symptom:sore", "symptom:pain", "symptom:ulcer"
# After these "sore" is a noun.
_ARTICLES = frozenset(
    "a an the this that one another each every open cold canker bed pressure cancer small big red".split()
)
# What is said of a nail has its own name.
_OF_NAILS = {
    "symptom:skin-thickening": "symptom:nail-thickening",
    "symptom:yellow-discolouration": "symptom:nail-discolouration",
    "symptom:brown-discolouration": "symptom:nail-discolouration",
    "symptom:cracking": "symptom:brittle-nails",
}
_NAIL_COLOUR = "symptom:nail-discolouration"
_ABOUT_NAILS = frozenset("site:toe site:big-toe site:foot site:finger site:thumb site:hand".split())
# Signs whose names hold a place: that place, and the sign it has.
_JOINED = {
    "symptom:lip-swelling": ("site:lip", "symptom:swelling"),
    "symptom:eyelid-swelling": ("site:eyelid", "symptom:swelling"),
    "symptom:face-swelling": ("site:face", "symptom:swelling"),
    "symptom:leg-swelling": ("site:lower-limb", "symptom:swelling"),
    "symptom:tongue-swelling": ("site:tongue", "symptom:swelling"),
    "symptom:eye-redness": ("site:eye", "symptom:redness"),
    "symptom:dry-lips": ("site:lip", "symptom:dryness"),
}
# So many tokens past the last thing denied, a denial reaches no further, full stop or not.
_REACH = 6


class Findings:
    """Gathers what is told of the body; the first words that name a concept are its quote."""

    def __init__(self, text: str, tokens: list[Token], lexicon: HistoryLexicon) -> None:
        self._text, self._tokens = text, tokens
        self._guessed_in_questions = lexicon.guessed_in_questions
        self._signs, self._places = lexicon.signs, lexicon.places
        self._others = told_of_others(text)
        self._held: dict[str, dict[str, Finding]] = {"site": {}, "symptom": {}, "absent": {}}

    def of(self, kind: str) -> tuple[Finding, ...]:
        """The findings of ``site``, ``symptom`` or ``absent``; what is somewhere present is not absent."""
        held = self._held[kind]
        if kind == "site" and _PENIS in held:
            return tuple(f for key, f in held.items() if key != "site:head")
        if kind == "absent":
            return tuple(f for key, f in held.items() if key not in self._held["symptom"])
        return tuple(held.values())

    def read(self, sentence: Sentence) -> None:
        """Take the findings of one sentence."""
        finds = sentence.finds
        denied, guessed = scopes(finds, self._tokens)
        for at, find in enumerate(finds):
            if not self._is_anothers(find):
                is_guessed = at in guessed or (sentence.mark == "?" and self._is_guessed(find))
                self._take_site(
                    find, is_denied=at in denied, whole=_is_whole(finds, at, self._tokens)
                )
                if not is_guessed:
                    self._take_signs(find, sentence, is_denied=at in denied)

    def _is_guessed(self, find: Find) -> bool:
        return any(ref.id in self._guessed_in_questions for ref in find[2].refs("symptom"))

    def _is_anothers(self, find: Find) -> bool:
        at = self._tokens[find[0]].start()
        return any(start <= at < end for start, end in self._others)

    def _take_site(self, find: Find, *, is_denied: bool, whole: bool) -> None:
        if not is_denied and not whole:
            self._add("site", find[2].refs("site"), find)

    def _take_signs(self, find: Find, sentence: Sentence, *, is_denied: bool) -> None:
        of_nails = _tells_of_nails_alone(sentence.finds)
        for kind in _SIGNS:
            refs = find[2].refs(kind)
            if refs and kind == "symptom":
                refs = tuple(self._meant(ref, find, of_nails=of_nails) for ref in refs)
                refs = tuple(
                    r for r in refs if r.id != _NAIL_COLOUR or of_nails or self._names_nail(find)
                )
                self._take_joined(find, is_denied=is_denied)
            self._add("absent" if is_denied else kind, refs, find)

    def _take_joined(self, find: Find, *, is_denied: bool) -> None:
        """The place within a sign's name: swollen lips are a swelling, and of the lips."""
        for ref in find[2].refs("symptom"):
            if ref.id in _JOINED and not is_denied:
                self._add("site", (self._places[_JOINED[ref.id][0]],), find)

    def _names_nail(self, find: Find) -> bool:
        return any("nail" in token[0].lower() for token in self._tokens[find[0] : find[1]])

    def _meant(self, ref: ConceptRef, find: Find, *, of_nails: bool) -> ConceptRef:
        """What a sign's name means here: "sore" the adjective is pain, "thick" said of a nail its thickening."""
        if ref.id == _SORE:
            return self._signs[_PAIN if self._is_adjective(find) else _ULCER]
        if ref.id in _JOINED:
            return self._signs[_JOINED[ref.id][1]]
        if of_nails and ref.id in _OF_NAILS:
            return self._signs[_OF_NAILS[ref.id]]
        return ref

    def _is_adjective(self, find: Find) -> bool:
        if self._tokens[find[0]][0].lower() != "sore" or find[1] - find[0] > 1:
            return False
        before = [token[0].lower() for token in self._tokens[max(0, find[0] - 1) : find[0]]]
        return _ARTICLES.isdisjoint(before)

    def _add(self, kind: str, refs: Iterable[ConceptRef], find: Find) -> None:
        for ref in refs:
            start, end = self._tokens[find[0]].start(), self._tokens[find[1] - 1].end()
            quote = Quote.of(self._text, start, end)
            self._held[kind].setdefault(ref.id, Finding(concept=ref, quote=quote))


def _tells_of_nails_alone(finds: tuple[Find, ...]) -> bool:
    sites = {ref.id for find in finds for ref in find[2].refs("site")}
    return any("nail" in site for site in sites) and all(
        "nail" in site or site in _ABOUT_NAILS for site in sites
    )


def scopes(finds: tuple[Find, ...], tokens: list[Token]) -> tuple[set[int], set[int]]:
    """The places in ``finds`` that stand under a denial, and those that are only guessed at."""
    denied: set[int] = set()
    guessed: set[int] = set()
    for at, find in enumerate(finds):
        if find[2].is_cue("deny"):
            denied.update(_after(finds, at, tokens))
        elif find[2].is_cue("guess"):
            guessed.update(_after(finds, at, tokens))
        elif find[2].is_cue("deny-before"):
            denied.update(_before(finds, at))
    return denied, guessed


def _after(finds: tuple[Find, ...], at: int, tokens: list[Token]) -> Iterator[int]:
    reached = finds[at][1]
    for later in range(at + 1, len(finds)):
        find = finds[later]
        if find[2].is_cue("use") or find[0] - reached > _REACH:
            return
        reached = find[1]
        if parts_clauses(find) or (
            mark_of(find) == "," and not _list_goes_on(finds, later, tokens)
        ):
            return
        if find[2].named:
            yield later


def _list_goes_on(finds: tuple[Find, ...], at: int, tokens: list[Token]) -> bool:
    """Whether the comma at ``at`` stands in a list that ends in "or": "no pain, itching or bleeding"."""
    start = finds[at][1]
    for find in finds[at + 1 :]:
        if parts_clauses(find) or find[2].is_cue("deny"):
            return False
        between = {token[0].lower() for token in tokens[start : find[0]]}
        if between & {"or", "nor"}:
            return True
        if len(between) > 1 or between & {"and"}:
            return False
        start = find[1]
    return tokens[start][0].lower() in {"or", "nor"} if start < len(tokens) else False


def _before(finds: tuple[Find, ...], at: int) -> Iterator[int]:
    for earlier in range(at - 1, -1, -1):
        if parts_clauses(finds[earlier]) or mark_of(finds[earlier]):
            return
        yield earlier


def _is_whole(finds: tuple[Find, ...], at: int, tokens: list[Token]) -> bool:
    """Whether the site is named only to say where another is: "back of my thigh", "soles of his feet"."""
    first, past, word = finds[at]
    site = word.refs("site")
    if not site:
        return False
    if site[0].id in _DIRECTIONS:
        later = next((f for f in finds[at + 1 :] if f[2].refs("site")), None)
        if later is not None and _of(tokens, past, later[0]):
            return True
    earlier = finds[at - 1] if at else None
    return (
        earlier is not None
        and any(ref.id not in _DIRECTIONS for ref in earlier[2].refs("site"))
        and _of(tokens, earlier[1], first)
    )


def _of(tokens: list[Token], start: int, end: int) -> bool:
    words = [token[0].lower() for token in tokens[start:end]]
    return 0 < len(words) <= 5 and "of" in words and _LINKS.issuperset(words)
