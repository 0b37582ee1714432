"""A text as words: normal forms, with the place of each in the text as given."""

from __future__ import annotations

import re
from dataclasses import dataclass

from milium.triage.words import Words


_PIECE = re.compile(
    r"(?P<number>\d+(?:[.,]\d{1,2}(?!\d))?)"
    r"|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)"
    r"|(?P<stop>[.!?;]+|\n\s*\n)"
    r"|(?P<comma>,|\(|\)| - |\u2013|\u2014)"
)
_APOSTROPHES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "`": "'", "\u00b4": "'"})
_CONTRACTED = frozenset(
    "it he she that there what who here let how where when everything something".split()
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """Parallel lists, one place a word. ``sentence`` numbers sentences, ``comma`` tells of a comma before."""

    words: list[str]
    keys: list[tuple[str, ...]]
    starts: list[int]
    ends: list[int]
    sentence: list[int]
    comma: list[bool]

    def __len__(self) -> int:
        return len(self.words)


def tokenise(text: str, words: Words) -> Tokens:
    """Cut a text into words. Offsets are Python string indices into the text as given."""
    tokens = Tokens([], [], [], [], [], [])
    sentence, comma = 0, False
    for piece in _PIECE.finditer(folded(text)):
        kind = piece.lastgroup
        if kind == "stop":
            sentence += 1
        elif kind == "comma":
            comma = True
        else:
            raw = piece.group()
            word = raw.replace(",", ".") if kind == "number" else words.normal(_bare(raw))
            tokens.words.append(word)
            tokens.keys.append(words.keys(word))
            tokens.starts.append(piece.start())
            tokens.ends.append(piece.end())
            tokens.sentence.append(sentence)
            tokens.comma.append(comma)
            comma = False
    return tokens


def folded(text: str) -> str:
    """Lower case with straight apostrophes, every character in its old place."""
    low = text.translate(_APOSTROPHES)
    lower = low.lower()
    if len(lower) == len(low):
        return lower
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in low)


def _bare(word: str) -> str:
    if "'" not in word:
        return word
    stem, _, end = word.rpartition("'")
    if end == "s" and stem not in _CONTRACTED:
        return stem.replace("'", "")
    return word.replace("'", "")
