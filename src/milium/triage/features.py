"""What lay words amount to: fever, sores in the mouth, a new medicine; each said in many ways."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from milium.errors import BadData
from milium.notes.entries import Entry, load_object
from milium.triage.cues import Cues, Taken, load_cues
from milium.triage.patterns import Patterns, Span
from milium.triage.tokens import Tokens, tokenise
from milium.triage.words import load_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """``lasting`` things count when long past; those ``of_anyone`` count when they are somebody else's."""

    id: str
    means: str
    lasting: bool = False
    of_anyone: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One feature found in a text: where its words stand."""

    start: int
    end: int


class Features:
    """Every feature, and finding those a text asserts of the patient, now."""

    def __init__(self, features: Mapping[str, Feature], patterns: Patterns, cues: Cues) -> None:
        self.features, self.patterns, self.cues = features, patterns, cues

    def find(self, text: str) -> dict[str, tuple[Finding, ...]]:
        """The features a text asserts, each with its places, first to last."""
        tokens = tokenise(text, self.patterns.words)
        found = self.patterns.find(tokens)
        taken = self.cues.reach(tokens, found)
        asserted: dict[str, tuple[Finding, ...]] = {}
        for id_, feature in self.features.items():
            if id_ in found:
                kept = _standing(feature, found, taken)
                if kept:
                    asserted[id_] = tuple(_finding(tokens, span) for span in kept)
        return asserted


def _standing(feature: Feature, found: Mapping[str, list[Span]], taken: Taken) -> list[Span]:
    """The matches that nothing takes back: no cue at their first word, no exception over any word."""
    excepted = {place for span in found.get("!" + feature.id, ()) for place in range(*span)}
    return [
        span
        for span in found[feature.id]
        if _asserted(feature, span[0], taken) and excepted.isdisjoint(range(*span))
    ]


def _asserted(feature: Feature, first: int, taken: Taken) -> bool:
    if taken.denied[first] or (taken.past[first] and not feature.lasting):
        return False
    return feature.of_anyone or not taken.elsewhere[first]


def _finding(tokens: Tokens, span: Span) -> Finding:
    return Finding(tokens.starts[span[0]], tokens.ends[span[1] - 1])


def load_features(folder: Path) -> Features:
    """Read words, cues and features of ``folder``. Raises ``BadData`` naming file, entry and reason."""
    patterns = Patterns(load_words(folder / "words.json"))
    cues = load_cues(folder / "cues.json", patterns)
    features: dict[str, Feature] = {}
    path = folder / "features.json"
    for id_, fields in load_object(path).items():
        if not isinstance(fields, dict):
            raise BadData("must be an object", file=path.name, entry=id_)
        features[id_] = _feature(Entry(file=path.name, id=id_, fields=fields), patterns)
    return Features(features, patterns, cues)


def _feature(entry: Entry, patterns: Patterns) -> Feature:
    entry.closed(("means", "said"), ("except", "lasting", "of_anyone"))
    for name, said in (
        (entry.id, entry.words("said", at_least=1)),
        ("!" + entry.id, entry.words("except")),
    ):
        for pattern in said:
            try:
                patterns.add(name, pattern)
            except ValueError as error:
                raise entry.refuse(str(error)) from error
    return Feature(
        id=entry.id,
        means=entry.text("means"),
        lasting=entry.flag("lasting"),
        of_anyone=entry.flag("of_anyone"),
    )
