"""Taking out of a text what could tell who wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from milium.deidentification.rules import Rule, load_rules, words
from milium.vocabulary import Vocabulary


_WORD = re.compile(r"\w[\w'’.\-]*")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NEXT = re.compile(r"(?:['’]s)?[\s\-]+(\w+)")
_POSSESSIVE = re.compile(r"['’]s?$")
# A birth date loses its year too: with the place it would name a person.
_WHOLE = frozenset({"birth-date"})


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskedSpan:
    """``original[start:end]`` was taken out by ``rule`` as a ``kind`` of identifier; ``shown`` stands in its place."""

    start: int
    end: int
    kind: str
    rule: str
    shown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Masked:
    """A text with identifying words replaced by what they were, and the spans of the original that went."""

    text: str
    spans: tuple[MaskedSpan, ...]


def deidentify(text: str, vocabulary: Vocabulary) -> Masked:
    """Mask names, contacts, places below state or region, dates finer than the year, ages over 89 and numbers
    that name a person. What is uncertain is masked; the medical names of ``vocabulary`` are kept.
    """
    spans = _merged(_found(text, vocabulary), text)
    pieces, at = [], 0
    for span in spans:
        pieces += [text[at : span.start], span.shown]
        at = span.end
    return Masked(text="".join((*pieces, text[at:])), spans=tuple(spans))


def _found(text: str, vocabulary: Vocabulary) -> Iterator[tuple[int, int, Rule]]:
    medical = [(mention.start, mention.end) for mention in vocabulary.mentions(text)]
    for rule in load_rules():
        group = "x" if "x" in rule.pattern.groupindex else 0
        for match in rule.pattern.finditer(text):
            span = _fitted(rule, text, *match.span(group))
            if span and not (rule.weak and _is_medical(text, *span, medical)):
                yield (*span, rule)


def _fitted(rule: Rule, text: str, start: int, end: int) -> tuple[int, int] | None:
    """The part of a match that the rule's conditions leave; nothing when they fail."""
    found = [(start + w.start(), start + w.end()) for w in _WORD.finditer(text[start:end])]
    names = [_bare(text[a:b]) for a, b in found]
    while names and names[0] in rule.trim_first:
        del names[0], found[0]
    while names and names[-1] in rule.unless:
        del names[-1], found[-1]
    if rule.prefix_of is not None:
        kept = _listed(text, found, rule.prefix_of)
        names, found = names[:kept], found[:kept]
    if not names or not _allowed(rule, names, text[found[-1][1] :]):
        return None
    untouched = len(found) == len(_WORD.findall(text[start:end]))
    return (start, end) if untouched else (found[0][0], found[-1][1])


def _allowed(rule: Rule, names: Sequence[str], rest: str) -> bool:
    if names[0] in rule.unless or any(name in rule.unless_any for name in names):
        return False
    if rule.trim_first and len(names) < 2:
        return False
    if rule.only_first is not None and names[0] not in rule.only_first:
        return False
    if rule.only_last is not None and names[-1] not in rule.only_last:
        return False
    return rule.followed_by is None or _begins_with(rest, rule.followed_by)


def _listed(text: str, found: Sequence[tuple[int, int]], names: frozenset[str]) -> int:
    """How many of the words, from the first on, make the longest listed name."""
    for count in range(len(found), 0, -1):
        if _bare(text[found[0][0] : found[count - 1][1]]) in names:
            return count
    return 0


def _begins_with(rest: str, names: frozenset[str]) -> bool:
    following = _WORD.findall(rest[:60])[:3]
    return any(" ".join(following[:n]).rstrip(".").lower() in names for n in range(1, 4))


def _bare(word: str) -> str:
    return _POSSESSIVE.sub("", word.rstrip(".")).lower()


def _is_medical(text: str, start: int, end: int, medical: Sequence[tuple[int, int]]) -> bool:
    """Whether every word of the span belongs to a medical name, or a word such as "disease" follows it."""
    after = _NEXT.match(text, end)
    if after and after[1].lower() in words("heads"):
        return True
    return all(
        any(a <= start + w.start() and start + w.end() <= b + 2 for a, b in medical)
        for w in _WORD.finditer(text[start:end])
    )


def _merged(found: Iterator[tuple[int, int, Rule]], text: str) -> list[MaskedSpan]:
    """Overlapping finds become one span, of the kind of the longest."""
    spans: list[tuple[int, int, Rule, int]] = []
    for start, end, rule in sorted(found, key=lambda f: (f[0], -f[1])):
        if spans and start < spans[-1][1]:
            first, past, held, length = spans[-1]
            longer = held.id not in _WHOLE and (end - start > length or rule.id in _WHOLE)
            spans[-1] = (first, max(past, end), rule if longer else held, max(length, end - start))
        else:
            spans.append((start, end, rule, end - start))
    return [
        MaskedSpan(start=a, end=b, kind=rule.kind, rule=rule.id, shown=_shown(rule, text[a:b]))
        for a, b, rule, _ in spans
    ]


def _shown(rule: Rule, masked: str) -> str:
    kind = rule.kind.replace("_", " ")
    if rule.kind == "date" and rule.id not in _WHOLE and (year := _YEAR.search(masked)):
        return f"[{kind}, {year[0]}]"
    return f"[{kind}]"
