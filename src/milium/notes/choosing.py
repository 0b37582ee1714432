"""Which notes an asker needs beside what specialists suggest, and what to ask a specialist before signing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from milium.notes.places import Place
from milium.notes.safety import SafetyNote
from milium.statements import Note, Sex, Statement
from milium.vocabulary import Vocabulary


_FERTILE = (9, 56)  # years between which a pregnancy is thought of
_DARKER_SKIN = 3  # Fitzpatrick type from which colour change after a procedure matters most


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of the asker. ``age`` is in years, ``skin_type`` is Fitzpatrick's 1 to 6, ``uses`` are concept ids."""

    sex: Sex | None = None
    age: float | None = None
    place: Place | None = None
    pregnant: bool | None = None
    breastfeeding: bool | None = None
    skin_type: int | None = None
    uses: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """A question to a specialist before signing: what they suggest, and the note they may want a line about."""

    concept: str
    kind: str
    question: str
    note: str


def notes_for(
    statements: Iterable[Statement],
    facts: Facts,
    notes: Sequence[SafetyNote],
    vocabulary: Vocabulary,
) -> tuple[Note, ...]:
    """The notes on what is suggested and on what the asker uses beside it; each names the concepts it is shown for.

    What specialists advise against needs no warning, except that it is withdrawn.
    """
    statements = tuple(statements)
    around = frozenset(s.concept.id for s in statements) | facts.uses
    chosen = []
    for safety in _nearest(notes, facts.place):
        about = [s.concept.id for s in statements if _is_about(safety, s, vocabulary)]
        about += [id_ for id_ in sorted(facts.uses) if _covers(safety, id_, vocabulary)]
        if about and _matters(safety, facts, around, vocabulary):
            concepts = dict.fromkeys((*about, *safety.note.concepts))
            chosen.append(replace(safety.note, concepts=tuple(concepts)))
    return tuple(chosen)


def prompts_for(
    statements: Iterable[Statement],
    text: str,
    facts: Facts,
    notes: Sequence[SafetyNote],
    vocabulary: Vocabulary,
) -> tuple[Prompt, ...]:
    """Questions to the specialist on warnings their ``text`` leaves out; a note never changes their words."""
    statements = tuple(statements)
    said = text.casefold()
    prompts: dict[tuple[str, str], Prompt] = {}
    for note in notes_for(statements, replace(facts, uses=frozenset()), notes, vocabulary):
        words = _SPOKEN_OF.get(note.kind)
        if words is None or any(word in said for word in words):
            continue
        for statement in statements:
            if statement.concept.id in note.concepts and statement.stance != "avoid":
                key = (statement.concept.id, note.kind)
                prompts.setdefault(key, _prompt(statement, note, facts))
    return tuple(prompts.values())


_SPOKEN_OF = {
    "pregnancy": (
        "pregnan",
        "contracepti",
        "birth control",
        "teratogen",
        "conceiv",
        "breastfe",
        "breast-fe",
        "breast fe",
        "childbearing",
    ),
    "withdrawn": (
        "withdrawn",
        "not available",
        "no longer",
        "discontinued",
        "off the market",
        "not sold",
    ),
    "skin-tone": (
        "pigment",
        "colour change",
        "color change",
        "dark mark",
        "skin type",
        "skin tone",
        "darker skin",
    ),
}
_MISSING = {
    "pregnancy": "nothing is said about pregnancy",
    "withdrawn": "it is not said that it may not be sold where the asker lives",
    "skin-tone": "nothing is said about lasting colour change",
}


def _prompt(statement: Statement, note: Note, facts: Facts) -> Prompt:
    asker = _asker(facts)
    question = f"You suggest {statement.concept.name}; {_MISSING[note.kind]}{asker}: add a line?"
    return Prompt(concept=statement.concept.id, kind=note.kind, question=question, note=note.id)


def _asker(facts: Facts) -> str:
    known = [f"{facts.age:g}"] if facts.age is not None else []
    known += [facts.sex] if facts.sex else []
    known += ["pregnant"] if facts.pregnant else []
    known += [f"in {facts.place.name}"] if facts.place else []
    return f"; the asker is {', '.join(known)}" if known else ""


def _nearest(notes: Sequence[SafetyNote], place: Place | None) -> list[SafetyNote]:
    """Notes of the asker's own country; those of other countries where it has none of that kind on the concept.

    What counts only elsewhere (a withdrawal, a rule for blood donors) is left out, as it is when no place is known.
    """
    if place is None:
        return [s for s in notes if not s.only_there]
    local = [s for s in notes if place.counts(s.note.jurisdictions)]
    told = {(s.note.kind, c) for s in local if s.note.jurisdictions for c in s.note.concepts}
    foreign = (s for s in notes if not (s.only_there or place.counts(s.note.jurisdictions)))
    return local + [
        s for s in foreign if not any((s.note.kind, c) in told for c in s.note.concepts)
    ]


def _is_about(safety: SafetyNote, statement: Statement, vocabulary: Vocabulary) -> bool:
    if statement.kind != "treatment":
        return False
    if statement.stance == "avoid" and safety.note.kind != "withdrawn":
        return False
    if statement.route and safety.routes and statement.route not in safety.routes:
        return False
    return _covers(safety, statement.concept.id, vocabulary)


def _covers(safety: SafetyNote, id_: str, vocabulary: Vocabulary) -> bool:
    """Is the concept one of the note's, or a member of a class of the note's?"""
    return id_ in vocabulary and any(vocabulary.is_a(id_, c) for c in safety.note.concepts)


def _matters(
    safety: SafetyNote, facts: Facts, around: frozenset[str], vocabulary: Vocabulary
) -> bool:
    if safety.with_any and around.isdisjoint(safety.with_any):
        return False
    if safety.conditions and not any(
        id_ in vocabulary and vocabulary.is_a(id_, c) for id_ in around for c in safety.conditions
    ):
        return False
    if safety.below_age is not None and (facts.age is None or facts.age >= safety.below_age):
        return False
    if safety.note.kind == "skin-tone":
        return facts.skin_type is None or facts.skin_type >= _DARKER_SKIN
    return safety.note.kind != "pregnancy" or _may_be_pregnant(safety, facts)


def _may_be_pregnant(safety: SafetyNote, facts: Facts) -> bool:
    if facts.pregnant or facts.breastfeeding:
        return True
    if facts.age is not None and not _FERTILE[0] <= facts.age < _FERTILE[1]:
        return False
    return facts.sex != "male" or safety.any_sex
