"""Age, sex and duration, from the wording of numbers and persons."""

from __future__ import annotations

import re
from collections.abc import Iterator

from milium.statements import Sex


_WORDS = {
    word: number
    for number, words in enumerate(
        "zero,one a an,two,three,four,five,six,seven,eight,nine,ten,eleven,twelve,thirteen,fourteen,fifteen,"
        "sixteen,seventeen,eighteen,nineteen,twenty".split(",")
    )
    for word in words.split()
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "couple": 2, "dozen": 12, "decade": 10}
_NUM = rf"(?:\d{{1,3}}(?:\.\d)?|{'|'.join(_WORDS)})"
_UNIT = r"(?:years?|yrs?|y(?=\b)|months?|mos?|mths?|weeks?|wks?|days?|decades?)"
_ABOUT = (
    r"(?:about|around|approximately|approx\.?|over|more than|nearly|almost|at least|roughly|close to|some|only|just|"
    r"the (?:past|last)|past|last|the|another|a good|up to|less than|under|well over|like|another)"
)
_SPAN = (
    rf"(?:(?P<half>half(?: an?)?)|(?P<number>{_NUM})(?:\s*(?:-|–|to|or)\s*{_NUM})?)(?P<more>\s*(?:\+|plus|and a half|or so|or more)?)"
    rf"(?:\s+of)?[\s-]*(?P<unit>{_UNIT})\b(?P<tail>\s+and\s+a\s+half)?"
)
_FOR = re.compile(
    rf"\b(?:for|over|during|within|in|since|lasting|lasted|persisted|persisting|been|history of|course of|"
    rf"duration(?: of)?:?|disease course:?|onset:?|past|last|of)\s+(?:{_ABOUT}\s+)*{_SPAN}",
    re.IGNORECASE,
)
_AGO = re.compile(
    rf"\b(?:{_ABOUT}\s+)*{_SPAN}\s+(?:ago|back|before|earlier|prior)\b", re.IGNORECASE
)
_HISTORY = re.compile(
    rf"\b{_SPAN}\s+(?:history|duration|course|now|already|so far)\b", re.IGNORECASE
)
_LAST = re.compile(r"\b(yesterday|last night|last week|last month|last year)\b", re.IGNORECASE)
_LAST_ISO = {
    "yesterday": "P1D", "last night": "P1D", "last week": "P1W", "last month": "P1M", "last year": "P1Y",
}  # fmt: skip

# Words before a span that make it the length of something else, and words that make it the complaint's.
_ELSE = re.compile(
    r"(?:\b(?:use|used|using|appl\w+|taking|taken|took|takes|tak(?:e|ing) (?:it|them)|treat\w*|after|every|per|within|"
    r"prescribed|diabetes|hypertension|pregnan\w+|smok\w+|medication|therapy|drink\w*|married|work\w*|once|twice|"
    r"infection|cough|rhinitis|asthma|hepatitis|kidney|heart|cold|lasts?|subsides? in|disappears? (?:in|after)|"
    r"each|self-medicated)\b[^.;!?\n]{0,45})$",
    re.IGNORECASE,
)
_COMPLAINT = re.compile(
    r"\b(?:ha[sd]|have|had|having|been|appear\w*|start\w*|began|begin\w*|notic\w+|develop\w*|suffer\w*|experienc\w+|"
    r"present\w*|persist\w*|recur\w*|rash\w*|itch\w*|lesion\w*|lump\w*|bump\w*|spot\w*|patch\w*|erythema|disease|"
    r"condition|symptom\w*|skin|onset|fell ill|occurr\w*|grow\w*|grew|history|blister\w*|nodule\w*|papule\w*|pain\w*|"
    r"plaque\w*|ulcer\w*|going on|it's|its|there|red|acne|wart\w*|mole\w*)\b",
    re.IGNORECASE,
)
_SIGN = re.compile(
    r"\b(?:rash|itch|lesion|lump|bump|spot|patch|erythema|blister|nodule|papule|plaque|scal)\w*",
    re.IGNORECASE,
)
# What a span before it does not tell of the complaint.
_AFTER = re.compile(
    r"[^.;!?\n]{0,40}\b(?:fever|cold|cough|went to|visited|saw a|surgery|accident)\b", re.IGNORECASE
)
_BEFORE = 90

_AGE = re.compile(
    rf"\b(?P<number>{_NUM}|[a-z]+ty[- ](?:one|two|three|four|five|six|seven|eight|nine))[\s-]*"
    r"(?P<unit>years?|yrs?|y|months?|mos?|mths?|weeks?|days?)?[\s.,/-]*(?:of[\s-]age|old|/?o\b|o/)",
    re.IGNORECASE,
)
_AGED = re.compile(
    r"\b(?:aged?|age\s*(?:is|:|-|=)|turned|turning)\s*(?:of\s*)?(?P<number>\d{1,3})(?!\s*(?:%|mm|cm|mg|hour|day|week|month))\b",
    re.IGNORECASE,
)
_SHORT = re.compile(
    r"(?:\b(?P<sex1>[MF]|male|female)\s*[,/:;(-]?\s*(?P<age1>\d{1,2})(?!\d|\s*(?:mm|cm|mg|days?|weeks?|months?|times|%|\.|/\d))\b"
    r"|\b(?P<age2>\d{1,2})\s*[,/]?\s*(?:y(?:ears?|rs?)?\.?\s*)?(?P<sex2>[MF]|male|female|fem|man|woman|guy|girl|boy|lady)\b)",
    re.IGNORECASE,
)
_I_AM = re.compile(
    r"\b(?:i'?m|i am|he is|she is|he's|she's)\s+(?:only\s+|now\s+|just\s+)?(?P<number>\d{1,2})\b(?!\s*(?:%|weeks?|months?|days?|kg|lb|cm|feet|times))",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"\b(?:since|when|until|was|were|at|from)\s+(?:i|he|she|they|age|the age of|about|around|i was|he was|she was|\s)*$",
    re.IGNORECASE,
)

_FEMALE = r"female|woman|girl|lady|wife|daughter|mother|mom|mum|grandmother|grandma|sister|aunt|girlfriend|granddaughter|niece|housewife|f"
_MALE = r"male|man|boy|gentleman|husband|son|father|dad|grandfather|grandpa|brother|uncle|boyfriend|grandson|nephew|guy|m"
_PERSON = re.compile(rf"\b(?:(?P<female>{_FEMALE})|(?P<male>{_MALE}))\b", re.IGNORECASE)
_PLACED = re.compile(r"^\s*(?:(?P<female>f|female)|(?P<male>m|male))\b\s*[,;/]", re.IGNORECASE)
_OWN = re.compile(
    r"\b(?:(?P<female>i(?:'m| am)(?: \d+ (?:weeks|months))? pregnant|my (?:period|vagina|vulva|labia|menstruation|menstrual|breasts|boobs|pregnancy|"
    r"husband|boyfriend)|i gave birth|i(?:'m| am) (?:breastfeeding|a mother|a mom)|my uterus|my ovar\w+)|(?P<male>my (?:penis|scrotum|foreskin|testicles?|"
    r"wife|girlfriend|balls|beard|glans)))\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"\b(?:(?P<female>she|her|herself)|(?P<male>he|him|his|himself))\b", re.IGNORECASE
)
_OTHERS = re.compile(
    r"\b(?:doctor|dermatologist|physician|specialist|expert|nurse|director|professor|he/she|his/her|him/her)\b",
    re.IGNORECASE,
)
# The asker is the patient, so that he or she is somebody else.
_SELF = re.compile(
    r"\b(?:i have|i've|i had|i noticed|i got|my (?:skin|face|hand|arm|leg|foot|feet|back|chest|neck|scalp|body|lip|thigh|nose|eye)\w*|"
    r"i am|i'm|i suffer|on me|itches me|i found|i accidentally)\b",
    re.IGNORECASE,
)
# Relatives that stand in a text without being the patient.
_ALSO = re.compile(r"\b(?:my|his|her|the|and)\s+$", re.IGNORECASE)
_RELATIVE = frozenset(
    "mother mom mum father dad sister brother aunt uncle husband wife boyfriend girlfriend grandmother grandma "
    "grandfather grandpa son daughter".split()
)
_PATIENT = re.compile(
    r"^\W*(?:also\s+|recently\s+|now\s+|now\s+also\s+)*(?:is|has|had|'s|who|suffer|was|got|get|develop|experienc|feel|still|started|noticed|,|\d|\(|year|skin|body|face|hand|arm|leg|back|neck|head|foot|feet|scalp|this)",
    re.IGNORECASE,
)


def age(text: str) -> float | None:
    """The patient's age in years, or ``None``: the first age that is told as the present one."""
    ages = sorted(_ages(text), key=lambda found: found[0])
    return ages[0][1] if ages else None


def _ages(text: str) -> Iterator[tuple[int, float]]:
    for found in _AGE.finditer(text):
        if (found["unit"] or found["number"][0].isdigit()) and not _WHEN.search(
            text, max(0, found.start() - 30), found.start()
        ):
            yield found.start(), _years(found["number"], found["unit"] or "year")
    for pattern in (_AGED, _I_AM):
        for found in pattern.finditer(text):
            yield found.start(), float(found["number"])
    for found in _SHORT.finditer(text):
        number = found["age1"] or found["age2"]
        if (
            not (found["sex1"] or found["sex2"]).islower()
            or len(found["sex1"] or found["sex2"]) > 1
        ):
            yield found.start(), float(number)


def _years(number: str, unit: str) -> float:
    value = _value(number)
    per_year = {"m": 12, "w": 52, "d": 365}.get(unit[0].lower(), 1)
    return round(value / per_year, 2)


def _value(number: str) -> float:
    lower = number.lower()
    if lower[0].isdigit():
        return float(lower)
    if lower in _WORDS:
        return float(_WORDS[lower])
    tens, _, ones = lower.replace("-", " ").partition(" ")
    return float(_TENS.get(tens, 0) + _WORDS.get(ones, 0))


_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}  # fmt: skip


def sex(text: str) -> Sex | None:
    """The patient's sex as the text tells it, or ``None``."""
    placed = _PLACED.search(text)
    if placed is not None:
        return _sex_of(placed)
    for found in _PERSON.finditer(text):
        if _is_patient(text, found):
            return _sex_of(found)
    own = _OWN.search(text)
    if own is not None or _SELF.search(text):
        return _sex_of(own) if own is not None else None
    return _by_pronouns(text)


def _is_patient(text: str, found: re.Match[str]) -> bool:
    word = found[0].lower()
    if len(word) == 1:
        return (
            found[0].isupper()
            and _SHORT.search(text, max(0, found.start() - 6), found.end() + 6) is not None
        )
    if word in _RELATIVE:
        return bool(_ALSO.search(text, max(0, found.start() - 6), found.start())) and bool(
            _PATIENT.match(text[found.end() : found.end() + 40])
        )
    return True


def _by_pronouns(text: str) -> Sex | None:
    count = {"female": 0, "male": 0}
    for sentence in re.split(r"[.!?\n]", text):
        if not _OTHERS.search(sentence):
            for found in _PRONOUN.finditer(sentence):
                count["female" if found["female"] else "male"] += 1
    if bool(count["female"]) == bool(count["male"]):
        return None
    return "female" if count["female"] else "male"


def _sex_of(found: re.Match[str]) -> Sex:
    return "female" if found["female"] else "male"


def duration(text: str) -> str | None:
    """How long the complaint has lasted, in ISO 8601 (``P2M``), or ``None``.

    Of several spans that one which stands nearest to words for the complaint, then the first.
    """
    best: tuple[int, int, str] | None = None
    for start, weight, iso in _spans(text):
        if best is None or (weight, -start) > (best[0], best[1]):
            best = (weight, -start, iso)
    return best[2] if best is not None and best[0] > 0 else None


def _spans(text: str) -> Iterator[tuple[int, int, str]]:
    for base, pattern in ((3, _FOR), (2, _AGO), (3, _HISTORY)):
        for found in pattern.finditer(text):
            if re.match(r"[\s-]*old\b", text[found.end() : found.end() + 5], re.IGNORECASE):
                continue
            before = text[max(0, found.start() - _BEFORE) : found.start()]
            told = (
                -6 if _AFTER.match(text, found.end(), found.end() + 60) else _told(before, found[0])
            )
            yield found.start(), base + told, _iso(found)
    for found in _LAST.finditer(text):
        before = text[max(0, found.start() - _BEFORE) : found.end() + 60]
        yield found.start(), 1 + _told("", before) // 2, _LAST_ISO[found[0].lower()]


def _told(before: str, span: str) -> int:
    sentence = re.split(r"[.!?;\n]", before)[-1]
    if _ELSE.search(sentence):
        return -6
    if _SIGN.search(sentence.rsplit(",", 1)[-1]):
        return 3
    return 2 if _COMPLAINT.search(sentence) or _COMPLAINT.search(span) else 0


def _iso(found: re.Match[str]) -> str:
    unit = found["unit"][0].upper()
    if found["unit"].lower().startswith("decade"):
        return f"P{int(10 * _value(found['number'] or 'one'))}Y"
    if found["half"]:
        return {"Y": "P6M", "M": "P15D", "W": "P4D"}.get(unit, "P1D")
    value = _value(found["number"])
    if found["tail"] or "half" in (found["more"] or "") or value != int(value):
        return _halved(int(value), unit)
    return f"P{int(value)}{unit}"


def _halved(value: int, unit: str) -> str:
    if unit == "Y":
        return f"P{value}Y6M"
    return f"P{value * 30 + 15}D" if unit == "M" else f"P{value}{unit}"
