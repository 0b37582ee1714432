"""The vocabulary: concepts, their names, and finding them in text."""

from __future__ import annotations

from milium.vocabulary.concept import KINDS, Code, Concept, Kind
from milium.vocabulary.finding import NUMBER, SCAN, STRANGE, Finder, Mention, NameTree, Words
from milium.vocabulary.loading import load_vocabulary
from milium.vocabulary.naming import TOKEN, normal_name, normal_word
from milium.vocabulary.vocabulary import Vocabulary


__all__ = [
    "KINDS",
    "NUMBER",
    "SCAN",
    "STRANGE",
    "TOKEN",
    "Code",
    "Concept",
    "Finder",
    "Kind",
    "Mention",
    "NameTree",
    "Vocabulary",
    "Words",
    "load_vocabulary",
    "normal_name",
    "normal_word",
]
