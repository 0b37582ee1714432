"""What a composed name is made of: route, strength and form around a medicine, `test` behind what is measured.

Language composes such names without end ("topical hydrocortisone cream"), so they are taken apart, not listed.
Words are normal words; see ``naming``.
"""

from __future__ import annotations

from collections.abc import Iterator

from milium.vocabulary.concept import Kind
from milium.vocabulary.naming import normal_name


_FORMS = (
    "cream ointment lotion gel foam solution spray shampoo wash cleanser soap tablet capsule pill syrup injection drop"
    " powder patch paste oil balm serum treatment therapy medication medicine drug agent application use supplement"
    " product exposure consumption intake procedure surgery course"
)
_STRENGTHS = (
    "topical oral systemic intravenous iv intramuscular intralesional injected injectable local prescription regular"
    " daily generic potent mild moderate strong weak frequent excessive gentle additional further prophylactic"
)
_BEFORE_TEXT: dict[Kind, str] = {
    "treatment": _STRENGTHS,
    "test": "blood serum repeat annual diagnostic regular routine further skin",
    "condition": "acute chronic mild moderate severe localized generalized early suspected possible recurrent"
    " simple secondary primary infected idiopathic typical active benign skin cutaneous",
    "specialty": "certified board local experienced consultant qualified specialist private nearby",
    "site": "left right both bilateral inner outer upper lower",
    "symptom": "mild moderate severe intense slight occasional chronic skin",
}
_BEHIND_TEXT: dict[Kind, str] = {
    "treatment": _FORMS,
    "test": "test testing level measurement examination exam study screen screening assay panel titer",
    "condition": "disease disorder syndrome lesion rash infection reaction condition skin",
    "specialty": "specialist doctor clinic consultation review appointment referral physician department",
    "site": "area region skin",
    "symptom": "sensation sign symptom feeling",
}
_BEFORE = {kind: frozenset(normal_name(words)) for kind, words in _BEFORE_TEXT.items()}
_BEHIND = {kind: frozenset(normal_name(words)) for kind, words in _BEHIND_TEXT.items()}
# "allergy to nickel" is "nickel allergy", "infection of the nail" is "nail infection".
_TURNED = {"to", "of"}
_ARTICLES = {"the", "a", "an"}
_AVOIDING = {"avoidance", "avoiding", "avoid"}


def parts(words: tuple[str, ...], kind: Kind) -> Iterator[tuple[str, ...]]:
    """Simpler names that ``words`` of that kind may stand for, nearest first; linear in the number of words squared.

    >>> list(parts(("topical", "hydrocortisone", "cream"), "treatment"))
    [('hydrocortisone', 'cream'), ('topical', 'hydrocortisone'), ('hydrocortisone',)]
    """
    waiting, seen = [words], {words}
    while waiting:
        for simpler in _one_step(waiting.pop(0), kind):
            if simpler not in seen:
                seen.add(simpler)
                waiting.append(simpler)
                yield simpler


def _one_step(words: tuple[str, ...], kind: Kind) -> Iterator[tuple[str, ...]]:
    if len(words) < 2:
        return
    if words[0] in _BEFORE.get(kind, ()):
        yield words[1:]
    if words[-1] in _BEHIND.get(kind, ()):
        yield words[:-1]
    yield from _unavoided(words)
    yield from _turned(words)


def _unavoided(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The thing to avoid is a concept; that it is avoided is a stance."""
    if words[0] in _AVOIDING:
        yield words[2:] if words[1] == "of" and len(words) > 2 else words[1:]
    if words[-1] in _AVOIDING:
        yield words[:-1]


def _turned(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for at in range(1, len(words) - 1):
        if words[at] in _TURNED:
            behind = tuple(word for word in words[at + 1 :] if word not in _ARTICLES)
            if behind:
                yield (*behind, *words[:at])
            return
