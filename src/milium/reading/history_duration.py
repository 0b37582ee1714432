"""How long the complaint has lasted, from the wording of spans of time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from milium.reading.history_numbers import NUMBER, value_of
from milium.reading.history_person import age, age_places


_UNIT = r"(?:years?|yrs?|y|months?|mos?|mths?|mnths?|fortnights?|weeks?|wks?|days?|nights?|summers?|winters?|hours?|hrs?|decades?|(?<=\d)[dwm])"
_ABOUT = (
    r"(?:about|around|approximately|approx\.?|over|more than|nearly|almost|at least|roughly|close to|some|only|just|"
    r"the (?:past|last)|past|last|the|these|this|another|a good|up to|less than|under|well over|like|now|maybe|perhaps|"
    r"probably|abt|ish|~|a whole|coming up (?:to|on|for)|going on(?: for)?|on and off|off and on)"
)
_SPAN = (
    rf"(?:(?P<half>half(?: an?| of an?)?)|(?P<number>{NUMBER})(?:\s*(?:-|–|to|or)\s*{NUMBER})?(?:[\s-]odd)?)"
    rf"(?P<more>\s*(?:\+|plus|and a half|or so|or more|½|1/2)?)"
    rf"(?:\s+of)?[\s-]*(?P<unit>{_UNIT})\b(?P<tail>\s+and\s+a\s+half)?"
)
_FOR = re.compile(
    rf"\b(?:for|over|during|within|in|since|lasting|lasted|persisted|persisting|been|history of|course of|"
    rf"duration(?: of)?:?|disease course:?|onset:?|past|last|of|these|there|had (?:it|this|them|these|that)|"
    rf"have (?:it|this|them|these)|has (?:it|this|them|these)|got (?:it|this|them|these)|having (?:it|this|them)|going on|x|from|on and off|off and on|"
    rf"coming up (?:to|on|for))(?:\s+|(?<=\bx)(?=\d))(?:{_ABOUT}\s+)*{_SPAN}",
    re.IGNORECASE,
)
_AGO = re.compile(
    rf"\b(?:{_ABOUT}\s+)*{_SPAN}\s+(?:ago|back|before|earlier|prior)\b", re.IGNORECASE
)
_HISTORY = re.compile(
    rf"\b{_SPAN}\s+(?:old\s+)?(?:history|hx|h/o|duration|course|now|already|so far|running|on and off|off and on"
    r"|(?:of\s+)?(?:\w+\s+){0,2}?(?:itch|rash|scal|pain|spots|blister|lump|hives|swelling|swollen|redness|lesion)\w*)\b",
    re.IGNORECASE,
)
# A span that is a clause by itself: "Itchy ring on the arm, 2 wks."
_ALONE = re.compile(
    rf"(?:^|[.;!?\n,(])[ \t]*(?:(?:{_ABOUT}|for)\s+)*{_SPAN}(?:\s+(?:now|already|so far|total|on and off|off and on))?[ \t]*(?=$|[.;!?\n,)])",
    re.IGNORECASE,
)
# Any span at all, the least sure sign: "Itching hands 5 months".
_PLAIN = re.compile(
    rf"(?<!every )(?<!each )(?<!per )(?<!next )(?<!age )(?<!aged )(?<!than )\b(?=\d|[b-z]){_SPAN}(?!\s*(?:ago|back|before|later|earlier|prior|old|a day|a week|apart))",
    re.IGNORECASE,
)
_BIRTH = re.compile(
    r"\b(?:since birth|from birth|born with|(?:all|whole) (?:of )?(?:my|his|her) life|since (?:he|she|i) was born|present at birth)\b",
    re.IGNORECASE,
)
_RANKS = {
    word: number
    for number, word in enumerate(
        "second third fourth fifth sixth seventh eighth ninth tenth".split(), start=2
    )
}
_RANK = re.compile(
    rf"(?<!every )(?<!each )\b(?:(?P<figure>\d{{1,2}})(?:st|nd|rd|th)|(?P<rank>{'|'.join(_RANKS)}))\s+(?P<unit>day|week|month|year)\b"
    r"|\bday\s+(?P<day>\d{1,2})\b",
    re.IGNORECASE,
)
# Clinical shorthand: 3/7 are three days, 2/52 two weeks, 6/12 six months.
_FRACTION = re.compile(
    r"\b(?:x|for|hx|history(?: of)?|past|last|since)\s*(?P<a>\d{1,2})/(?P<b>7|52|12)\b|\b(?P<a2>\d{1,2})/(?P<b2>7|52|12)\s+(?:hx|history|h/o|ago|of)\b",
    re.IGNORECASE,
)
_PARTS = {"7": "D", "52": "W", "12": "M"}
_SINCE_AGE = re.compile(
    r"\bsince\s+(?:(?:i|he|she)\s+(?:was|turned)|(?:the\s+)?age(?:\s+of)?)\s+(?:about\s+|around\s+|only\s+)?(?P<age>\d{1,2})\b(?!\s*(?:weeks|months|days|kg))",
    re.IGNORECASE,
)
_LAST = re.compile(
    r"\b(?:(?:the|this|these) (?:past|last)|all) (?P<unit>week|month|year)\b|\b(?:yesterday|last night|last week|last month|last year)\b",
    re.IGNORECASE,
)
_LAST_ISO = {
    "yesterday": "P1D", "last night": "P1D", "last week": "P1W", "last month": "P1M", "last year": "P1Y",
}  # fmt: skip

# Words before a span that make it the length of something else, and words that make it the complaint's.
_ELSE = re.compile(
    r"(?:\b(?:use|used|using|appl\w+|taking|taken|took|takes|tak(?:e|ing) (?:it|them)|treat\w*|after|every|per|within|"
    r"prescribed|diabetes|hypertension|pregnan\w+|smok\w+|medication|therapy|drink\w*|married|work\w*|once|twice|"
    r"infection|cough|rhinitis|asthma|hepatitis|kidney|heart|cold|lasts?|subsides? in|disappears? (?:in|after)|"
    r"each|self-medicated|gave|given|tried|course|tablets?|cream|ointment|on (?:it|them)|helped|worked|improved|better|"
    r"appointment|wait(?:ing)?(?: list)?|holiday|until|till|moved|retired|quit|stopped|came off|due)\b[^.;!?\n]{0,45})$",
    re.IGNORECASE,
)
_COMPLAINT = re.compile(
    r"\b(?:ha[sd]|have|had|having|been|appear\w*|start\w*|began|begin\w*|notic\w+|develop\w*|suffer\w*|experienc\w+|"
    r"present\w*|persist\w*|recur\w*|rash\w*|itch\w*|lesion\w*|lump\w*|bump\w*|spot\w*|patch\w*|erythema|disease|"
    r"condition|symptom\w*|skin|onset|fell ill|occurr\w*|grow\w*|grew|history|blister\w*|nodule\w*|papule\w*|pain\w*|"
    r"plaque\w*|ulcer\w*|going on|it's|its|there|red|acne|wart\w*|mole\w*|came up|popped up|got|broke out|sore\w*|"
    r"burn\w*|swollen|swelling|peel\w*|flak\w*|ring\w*|not clos\w+|won'?t heal|not heal\w*|vanish\w*|lost|fell out)\b",
    re.IGNORECASE,
)
_SIGN = re.compile(
    r"\b(?:rash|itch|lesion|lump|bump|spot|patch|erythema|blister|nodule|papule|plaque|scal)\w*",
    re.IGNORECASE,
)
# What a span before it does not tell of the complaint.
_AFTER = re.compile(
    r"[^.;!?\n]{0,40}\b(?:fever|cold|cough|went to|visited|saw a|surgery|accident)\b"
    r"|\s+(?:after|into|pregnant|gestation|apart|later|each|at a time|post|of pregnancy|postpartum|old)\b",
    re.IGNORECASE,
)
# A span that opens its sentence is told of by what follows: "For 3 weeks I have had ...".
_OPENS = re.compile(
    r"\s*,?\s*(?:now,?\s+)?(?:i|we|he|she|they|it|(?:my|our|his|her)\s+\w+)(?:['’](?:s|ve)|\s+(?:have|has|had))\b"
    r"(?!\s+(?:used|tried|taken|applied|been\s+(?:using|taking|on|putting|applying)))",
    re.IGNORECASE,
)
_BEGUN = re.compile(
    r"\b(?:since|start\w*|appear\w*|began|begin\w*|notic\w+|came|come|popped|develop\w*|broke|got|found|saw|first|from|happened|grew|spotted)\b",
    re.IGNORECASE,
)
_TOLD_BY = re.compile(
    r"\b(?:doc|doctor|gp|dermatologist|nurse|diagnos\w+|said|told)\b", re.IGNORECASE
)
_CLAUSE = re.compile(r"[.;!?\n]|,\s|\b(?:but|now)\b", re.IGNORECASE)
_OPENING = ".;!?\n,( \t"
_BEFORE = 90
_NEVER = -9


def duration(text: str, treated: Sequence[tuple[int, int]] = ()) -> str | None:
    """How long the complaint has lasted, in ISO 8601 (``P2M``), or ``None``.

    Of several spans that one which stands nearest to words for the complaint, then the first. ``treated`` are the
    places of treatments' names in ``text``, in order: a span beside one tells how long that was used.
    """
    beside, aged = _Treatments(text, treated), age_places(text)
    best: tuple[int, int, str] | None = None
    for start, end, weight, iso in _spans(text):
        is_other = beside.holds(start, end) or any(a < end and start < b for a, b in aged)
        weighed = _NEVER if is_other else weight
        if best is None or (weighed, -start) > (best[0], best[1]):
            best = (weighed, -start, iso)
    return best[2] if best is not None and best[0] > 0 else None


class _Treatments:
    """Where treatments are named, to tell which spans are theirs."""

    def __init__(self, text: str, treated: Sequence[tuple[int, int]]) -> None:
        self._text, self._treated = text, treated

    def holds(self, start: int, end: int) -> bool:
        """Whether the span is said of a treatment: one before it in its clause, or "2 weeks of" one after it."""
        before = self._text[max(0, start - _BEFORE) : start + 1]
        clause = start + 1 - len(_CLAUSE.split(before)[-1])
        if not before[-1:].isalnum() and clause > start:
            clause = start
        return any(
            (clause <= first and past <= start)
            or (end <= first <= end + 25 and self._is_of(end, first))
            for first, past in self._treated
            if start - _BEFORE <= first <= end + 25
        )

    def _is_of(self, end: int, first: int) -> bool:
        return re.match(r"\s+(?:of|on)\b(?!\s+and\b)", self._text[end:first]) is not None


def _spans(text: str) -> Iterator[tuple[int, int, int, str]]:
    """Start, end, weight and duration of each span of time told."""
    for base, pattern in ((3, _FOR), (2, _AGO), (3, _HISTORY), (1, _ALONE), (0, _PLAIN)):
        for found in pattern.finditer(text):
            if re.match(r"[\s-]*old\b", text[found.end() : found.end() + 5], re.IGNORECASE):
                continue
            start = found.end() - len(found[0].lstrip(_OPENING))
            yield (
                start,
                found.end(),
                base + _weight(text, start, found.end(), found[0]),
                _iso(found),
            )
    yield from _ranks(text)
    for found in _LAST.finditer(text):
        around = text[max(0, found.start() - _BEFORE) : found.end() + 60]
        before = _sentence(text[max(0, found.start() - _BEFORE) : found.start()])
        begun = _BEGUN.search(around) and not _TOLD_BY.search(before)
        weight = 1 + _told("", around) // 2 if begun or found["unit"] else _NEVER
        iso = f"P1{found['unit'][0].upper()}" if found["unit"] else _LAST_ISO[found[0].lower()]
        yield found.start(), found.end(), weight, iso


def _ranks(text: str) -> Iterator[tuple[int, int, int, str]]:
    """Spans told by a rank ("4th day"), by clinical shorthand ("2/52"), or by the age at the outset."""
    for found in _RANK.finditer(text):
        number = found["figure"] or found["day"] or _RANKS[found["rank"].lower()]
        weight = _weight(text, found.start(), found.end(), "") + 1
        yield found.start(), found.end(), weight, f"P{number}{(found['unit'] or 'day')[0].upper()}"
    for found in _FRACTION.finditer(text):
        number, part = found["a"] or found["a2"], found["b"] or found["b2"]
        yield found.start(), found.end(), 5, f"P{int(number)}{_PARTS[part]}"
    yield from _lived(text)


def _lived(text: str) -> Iterator[tuple[int, int, int, str]]:
    """What has lasted since an age or since birth, where the age now is told too."""
    outset = _SINCE_AGE.search(text) or _BIRTH.search(text)
    now = age(text) if outset else None
    if outset is None or now is None:
        return
    years = now - int(outset.groupdict().get("age") or 0)
    if years >= 1:
        yield outset.start(), outset.end(), 4, f"P{int(years)}Y"
    elif years > 0:
        weeks, months = round(years * 52), round(years * 12)
        iso = f"P{months}M" if abs(months / 12 - years) < 0.005 else f"P{weeks}W"
        yield outset.start(), outset.end(), 4, iso


def _weight(text: str, start: int, end: int, span: str) -> int:
    if _AFTER.match(text, end, end + 60):
        return -6
    before = text[max(0, start - _BEFORE) : start]
    if not _sentence(before).strip(_OPENING) and _OPENS.match(text, end, end + 40):
        return 3
    return _told(before, span)


def _told(before: str, span: str) -> int:
    sentence = _sentence(before)
    if _ELSE.search(sentence):
        return -6
    if _SIGN.search(sentence.rsplit(",", 1)[-1]):
        return 3
    return 2 if _COMPLAINT.search(sentence) or _COMPLAINT.search(span) else 0


def _sentence(before: str) -> str:
    return re.split(r"[.!?;\n]", before)[-1]


def _iso(found: re.Match[str]) -> str:
    name = found["unit"].lower()
    unit = name[0].upper()
    unit = {"N": "D", "S": "Y"}.get(unit, "Y" if name.startswith("winter") else unit)
    if name.startswith("decade"):
        return f"P{int(10 * value_of(found['number'] or 'one'))}Y"
    if name.startswith("fortnight"):
        return "P1W" if found["half"] else f"P{int(2 * value_of(found['number']))}W"
    if name.startswith("h"):
        return "PT30M" if found["half"] else f"PT{int(value_of(found['number']))}H"
    if found["half"]:
        return {"Y": "P6M", "M": "P15D", "W": "P4D"}.get(unit, "P1D")
    value = value_of(found["number"])
    if found["tail"] or re.search("half|½|1/2", found["more"] or "") or value != int(value):
        return _halved(int(value), unit)
    return f"P{int(value)}{unit}"


def _halved(value: int, unit: str) -> str:
    if unit == "Y":
        return f"P{value}Y6M"
    return f"P{value * 30 + 15}D" if unit == "M" else f"P{value}{unit}"
