"""What a case is about, kept so that it can be matched with what specialists chose and read by nobody.

A concept's id in clear would say which condition somebody has. Kept is a keyed digest of it: equal concepts give equal
numbers, and without the installation's secret a number names nothing. docs/adr/0035 says what it does not hide.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.crypto import salted_hmac

from milium.api import History, vocabulary


# 62 bits: a positive number in the database's own integer column on every database.
BITS = 62


def topic_of(concept_id: str) -> int:
    """The number that stands for a concept in this installation."""
    digest = salted_hmac("milium.cases.topic", concept_id, algorithm="sha256").digest()
    return int.from_bytes(digest[:8], "big") >> (64 - BITS)


def topics_of(history: History, question: str) -> frozenset[int]:
    """The topics of a case: its sites, signs and the conditions it names, each with what is above it.

    Somebody who chose "hand" is then found for a finger.
    """
    named = (m.concepts[0] for m in vocabulary().mentions(question))
    concepts = {
        *(finding.concept.id for finding in (*history.sites, *history.symptoms)),
        *(id_ for id_ in named if id_.startswith("condition:")),
    }
    return topics_of_concepts(
        concepts.union(*(vocabulary().ancestors(id_) for id_ in concepts if id_ in vocabulary()))
    )


def topics_of_concepts(concept_ids: Iterable[str]) -> frozenset[int]:
    """The numbers of several concepts."""
    return frozenset(map(topic_of, concept_ids))
