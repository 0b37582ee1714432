"""When two spellings are the same name: case, plural, British and American, hyphens.

The normal form of a word is a key, not a word to be shown: what matters is that variants meet in it
and different words do not.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain


# A word, with an apostrophe inside it, or one mark. White space and hyphens part words and are no tokens;
# other marks are tokens, so that no name is found across a comma or a full stop.
TOKEN = re.compile(r"[^\W\d_]&[^\W\d_]s?(?![^\W_])|[^\W_]+(?:['’][^\W_]+)*|[^\w\s\-‐‑–]|_")

_IRREGULAR = {
    "nevi": "nevus",
    "naevi": "naevus",
    "fungi": "fungus",
    "viruses": "virus",
    "calluses": "callus",
    "sinuses": "sinus",
    "diagnoses": "diagnosis",
    "biopses": "biopsy",
    "feet": "foot",
    "teeth": "tooth",
    "lice": "louse",
    "mice": "mouse",
    "children": "child",
    "women": "woman",
    "men": "man",
    "knives": "knife",
    "calves": "calf",
    "comedos": "comedo",
    "lentigines": "lentigo",
}
# Words in -s that are no plurals.
_SINGULAR = frozenset(
    "scabies rabies herpes diabetes series species caries gas lens pus feces rubeosis aids its this was has "
    "does yes plus thus less always perhaps besides sometimes menses hives shingles".split()
)
# Where 's is a verb, not a possessive.
_CONTRACTIONS = frozenset("it's that's this's there's here's what's he's she's let's who's".split())
_BRITISH = tuple(
    (re.compile(pattern), american)
    for pattern, american in (
        ("oedema", "edema"),
        ("haem", "hem"),
        ("aemi", "emi"),
        ("paed", "ped"),
        ("anaesth", "anesth"),
        ("oesoph", "esoph"),
        ("oestr", "estr"),
        ("rrhoea", "rrhea"),
        ("naev", "nev"),
        ("foet", "fet"),
        ("faec", "fec"),
        ("caes", "ces"),
        ("gynaec", "gynec"),
        ("coeli", "celi"),
        ("(col|tum|od|hum|vap|fav|behavi|neighb|lab)our", r"\1or"),
        ("fibre", "fiber"),
        ("centre", "center"),
        ("grey", "gray"),
        ("mould", "mold"),
        ("sulph", "sulf"),
        ("ceph", "cef"),
        ("aluminium", "aluminum"),
        ("is(e|ed|er|ing|ation)$", r"iz\1"),
        ("yse(d|r)?$", r"yze\1"),
    )
)
# One search decides for most words that no rule applies.
_ANY_BRITISH = re.compile("|".join(f"(?:{pattern.pattern})" for pattern, _ in _BRITISH))


@lru_cache(maxsize=65536)
def normal_word(word: str) -> str:
    """The key under which spelling variants of one word meet.

    >>> normal_word("Haemangiomas"), normal_word("Biopsies"), normal_word("Moisturisers")
    ('hemangioma', 'biopsy', 'moisturizer')
    """
    lower = word.lower().replace("’", "'")
    if lower in _CONTRACTIONS:
        return lower
    stem = lower.removesuffix("'s").removesuffix("'")
    return american(singular(stem))


def singular(word: str) -> str:
    """The word without its plural ending.

    >>> [singular(w) for w in ("patches", "keratoses", "bullae", "psoriasis", "virus")]
    ['patch', 'keratosis', 'bulla', 'psoriasis', 'virus']
    """
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 4 or word in _SINGULAR:
        return word
    if word.endswith("ae"):
        return word[:-1]
    if word.endswith("itides"):
        return word[:-5] + "is"
    return _without_s(word) if word.endswith("s") else word


def _without_s(word: str) -> str:
    if word.endswith(("ss", "us", "is", "'s")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("oses") and len(word) > 6:
        return word[:-2] + "is"
    if word.endswith(("sses", "xes", "ches", "shes", "zzes")):
        return word[:-2]
    return word[:-1]


def american(word: str) -> str:
    """The word in American spelling, where a rule knows it."""
    if _ANY_BRITISH.search(word):
        for pattern, replacement in _BRITISH:
            word = pattern.sub(replacement, word)
    return word


def normal_name(name: str) -> tuple[str, ...]:
    """The normal words of a name, marks left out.

    >>> normal_name("Wood's lamp"), normal_name("CO2-laser (fractional)")
    (('wood', 'lamp'), ('co2', 'laser', 'fractional'))
    """
    return tuple(chain.from_iterable(map(chunk_words, name.split())))


@lru_cache(maxsize=65536)
def chunk_words(chunk: str) -> tuple[str, ...]:
    """The normal words of a piece of a name that stands between spaces; names share most of their pieces."""
    return tuple(normal_word(token) for token in TOKEN.findall(chunk) if token[0].isalnum())
