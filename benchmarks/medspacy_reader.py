"""medSpaCy as a reader of answers: the same names, its own sentences, matcher and ConText with its own rules.

How its output becomes statements, as kindly as its categories allow:

- every name of the vocabulary, and its plural in -s, is a ``TargetRule`` whose category is kind and concept;
- an entity that ConText calls historical or of somebody else is no statement about this case;
- negated: a diagnosis is ``unlikely``, a treatment ``avoid``, a test ``unneeded``; a referral or an outlook is none;
- uncertain or hypothetical: ``possible``, ``option``, ``option``, ``conditional``;
- else the strongest: ``likely``, ``recommended``;
- of several on one concept the strongest stance is kept.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable
from typing import Any

from milium import api


KIND_OF = {
    "condition": "diagnosis",
    "treatment": "treatment",
    "test": "test",
    "specialty": "referral",
    "outlook": "outlook",
}
NEGATED = {"diagnosis": "unlikely", "treatment": "avoid", "test": "unneeded"}
UNCERTAIN = {
    "diagnosis": "possible",
    "treatment": "option",
    "test": "option",
    "referral": "conditional",
}
PLAIN = {
    "diagnosis": "likely",
    "treatment": "recommended",
    "test": "recommended",
    "referral": "recommended",
}
Key = tuple[str, str]


def names() -> list[tuple[str, str]]:
    """Every name that Milium's reader searches for, with kind and concept; one concept a name and kind."""
    found: dict[tuple[str, str], str] = {}
    for concept in api.vocabulary():
        if concept.kind in KIND_OF:
            for name in concept.searched_names:
                found.setdefault((name.lower(), KIND_OF[concept.kind]), concept.id)
    return [(name, f"{kind}|{concept}") for (name, kind), concept in found.items()]


def quiet() -> None:
    """Its sentence splitter logs each token by default; that costs it much and is nobody's wish."""
    from loguru import logger  # noqa: PLC0415 - there only with medSpaCy

    logger.disable("PyRuSH")
    warnings.filterwarnings("ignore")


def pipeline(*, sentences: str, plurals: bool = False) -> Any:  # noqa: ANN401 - untyped
    """``sentences`` is ``medspacy_pyrush``, its own splitter, or ``sentencizer``, spaCy's plain one."""
    import medspacy  # noqa: PLC0415 - slow to import, and there only in .venv-bench
    from medspacy.target_matcher import TargetRule  # noqa: PLC0415

    quiet()
    if sentences == "medspacy_pyrush":
        nlp = medspacy.load()
    else:
        nlp = medspacy.load(
            medspacy_enable=["medspacy_tokenizer", "medspacy_target_matcher", "medspacy_context"]
        )
        nlp.add_pipe(sentences, first=True)
    forms = [(name, label) for name, label in names()]
    if plurals:
        forms += [(f"{name}s", label) for name, label in forms if not name.endswith("s")]
    nlp.get_pipe("medspacy_target_matcher").add(
        [TargetRule(literal=name, category=label) for name, label in forms]
    )
    return nlp


def phrase_matcher() -> Callable[[Iterable[str]], int]:
    """spaCy's tokenizer and PhraseMatcher with the same names: matches only, no context at all."""
    import spacy  # noqa: PLC0415
    from spacy.matcher import PhraseMatcher  # noqa: PLC0415

    nlp = spacy.blank("en")
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    for name, label in names():
        matcher.add(label, [nlp.make_doc(name)])
    return lambda texts: sum(len(matcher(doc)) for doc in nlp.pipe(texts))


def statements(doc: Any) -> dict[Key, str | None]:  # noqa: ANN401 - untyped
    """Kind and concept with the stance, by the rules at the head of this file."""
    read: dict[Key, str | None] = {}
    for entity in doc.ents:
        kind, _, concept = entity.label_.partition("|")
        if entity._.is_historical or entity._.is_family:
            continue
        if entity._.is_negated and kind not in NEGATED:
            continue
        stance = _stance(entity, kind)
        order = api.STANCES[kind]  # type: ignore[index]
        key = kind, concept
        read[key] = max(read.get(key, stance), stance, key=order.index)  # type: ignore[arg-type]
    return read


def _stance(entity: Any, kind: str) -> str | None:  # noqa: ANN401 - untyped
    if entity._.is_negated:
        return NEGATED[kind]
    if entity._.is_uncertain or entity._.is_hypothetical:
        return UNCERTAIN.get(kind)
    return PLAIN.get(kind)
