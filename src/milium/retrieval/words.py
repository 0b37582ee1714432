"""The words of a text as the index keeps them: spelling variants folded, then stemmed."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from milium.errors import UnusableInput
from milium.vocabulary import normal_word


if TYPE_CHECKING:
    import tantivy

DATA = Path(__file__).with_name("data")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# Longer strings of letters are no words, and would only swell the index.
_LONGEST = 48


@lru_cache(maxsize=1)
def analyzer() -> tantivy.TextAnalyzer:
    """What turns normal words into the terms of the index."""
    engine = load_engine()
    builder = engine.TextAnalyzerBuilder(engine.Tokenizer.whitespace())
    for step in (
        engine.Filter.remove_long(_LONGEST),
        engine.Filter.ascii_fold(),
        engine.Filter.stemmer("english"),
    ):
        builder = builder.filter(step)
    made: tantivy.TextAnalyzer = builder.build()
    return made


def load_engine() -> ModuleType:
    """The package ``tantivy``; raises ``UnusableInput`` that says how to install it."""
    try:
        import tantivy  # noqa: PLC0415 - the package is optional, and slow to load
    except ModuleNotFoundError:
        raise UnusableInput(
            "searching needs the package tantivy; install it with: pip install 'milium[search]'"
        ) from None
    return tantivy


def normal_words(text: str) -> list[str]:
    """Every word of the text in its normal form, marks left out.

    >>> normal_words("Naevi, behind the ears!")
    ['nevus', 'behind', 'the', 'ear']
    """
    return [normal_word(word) for word in _WORD.findall(text)]


@lru_cache(maxsize=131072)
def term(word: str) -> str:
    """The index's term for a word as written; empty when the index keeps none.

    >>> term("itching") == term("itchy")
    False
    """
    return "".join(analyzer().analyze(normal_word(word)))


def spans(text: str) -> list[re.Match[str]]:
    """Where the words of the text stand."""
    return list(_WORD.finditer(text))


@lru_cache(maxsize=1)
def stop_terms() -> frozenset[str]:
    """The terms that say nothing of what is looked for."""
    lines = (DATA / "stopwords.txt").read_text("utf-8").splitlines()
    return frozenset(term(w) for line in lines if not line.startswith("#") for w in line.split())


def says_nothing(text: str) -> bool:
    """Whether a text holds stop words only.

    >>> says_nothing("if"), says_nothing("IF test")
    (True, False)
    """
    return all(term(word) in stop_terms() for word in normal_words(text))
