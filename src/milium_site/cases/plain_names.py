"""Signs and places as people call them, for the title of a case. Pure.

A name that is not here is shown as the vocabulary has it.
"""

from __future__ import annotations

from collections.abc import Sequence


# What is seen comes before what is felt: a title names the thing.
SEEN: dict[str, str] = {
    "papule": "bumps",
    "plaque": "raised patches",
    "macule": "flat spots",
    "patch": "patches",
    "nodule": "lumps",
    "vesicle": "small blisters",
    "bulla": "large blisters",
    "pustule": "spots with pus",
    "wheal": "hives",
    "erythema": "redness",
    "scale": "scaly skin",
    "cyst": "cysts",
    "comedo": "blackheads",
    "crust": "crusts",
    "ulcer": "an open sore",
    "erosion": "raw skin",
    "mole": "a mole",
    "scar": "scars",
    "rash": "a rash",
    "cracking": "cracked skin",
    "skin thickening": "thick skin",
    "hyperpigmentation": "dark patches",
    "hypopigmentation": "pale patches",
    "hair loss": "hair loss",
    "swelling": "swelling",
    "dry skin": "dry skin",
}
FELT: dict[str, str] = {
    "itch": "itching",
    "pain": "pain",
    "tenderness": "soreness",
    "burning sensation": "burning",
    "induration": "hard skin",
}
PLACES: dict[str, str] = {
    "postauricular region": "behind the ear",
    "hairline": "along the hairline",
    "occiput": "at the back of the head",
    "groin": "in the groin",
    "axilla": "in the armpit",
    "skin fold": "in the skin folds",
    "in front of the ear": "in front of the ear",
    "nostril": "in the nostril",
    "mouth": "in the mouth",
    "scalp": "on the scalp",
    "periorbital area": "around the eyes",
    "perioral area": "around the mouth",
    "elbow crease": "in the bend of the elbow",
    "popliteal fossa": "behind the knee",
}
MOST = 2


def headline_of(signs: Sequence[str], sites: Sequence[str]) -> str:
    """What is seen, or else felt, and where; at most two of each.

    >>> headline_of(["itch", "papule"], ["postauricular region", "hairline"])
    'Bumps behind the ear and along the hairline'
    """
    seen = [SEEN[sign] for sign in signs if sign in SEEN]
    other = [FELT.get(sign, sign) for sign in signs]
    what = _and((seen or other)[:MOST])
    where = _and([PLACES.get(site, f"on the {site}") for site in sites[:MOST]])
    where = where.replace("and on the ", "and ") if where.startswith("on the ") else where
    text = " ".join(filter(None, (what or ("a skin question" if where else ""), where)))
    return (text[:1].upper() + text[1:]) or "A skin question"


def _and(words: Sequence[str]) -> str:
    return " and ".join(dict.fromkeys(words))
