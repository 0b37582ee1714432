"""Texts that nobody writes and a reader must bear, of any length."""

from __future__ import annotations

from benchmarks.texts import opinions


UNITS = {
    "sentences": "This is psoriasis. Use a topical retinoid at night, or try phototherapy if it fails. ",
    "no sentence end": "psoriasis or eczema and use a retinoid cream if it itches but not a steroid because ",
    "one list": "retinoid, steroid, laser, ",
    "negations": "no not never without ",
    "conditions": "if it itches unless when ",
    "one cue": "avoid ",
    "one name": "psoriasis ",
    "the start of names": "carbon dioxide basal cell ",
    "marks": ".,;:!?",
    "brackets": "(",
    "nested brackets": "(psoriasis [",
    "one word": "a",
    "digits": "7",
    "hyphens": "a-",
    "apostrophes": "a'",
    "quotation marks": '"',
    "lines": "\n",
    "lines with a word": "Acne\n",
    "blanks": " ",
    "dashes": " - ",
    "emoji": "🙂🏽‍⚕️ ",
    "right to left": "הצדפת הזו \u202eשלום\u202c ",
    "combining marks": "e\u0301\u0302\u0303",
    "no-break blanks": "\u00a0\u2003\u200b",
    "controls": "\x00\x1b[31m",
    "slips": "psoraisis eczmea retinoyd ",
}


def shaped(name: str, characters: int) -> str:
    unit = UNITS[name]
    return (unit * (characters // len(unit) + 1))[:characters]


def prose(characters: int) -> str:
    """Real opinions, one after the other."""
    text = " ".join(opinions()[0])
    return (text * (characters // len(text) + 1))[:characters]
