"""Who the patient is: the asker or somebody the asker writes for, of which age and sex."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from milium.reading.history_numbers import NUMBER, value_of
from milium.statements import Sex


Owner = Literal["asker", "other", ""]

_FEMALE_KIN = (
    r"(?:step|grand|god)?(?:daughter|mother|mom|mum|mommy|mummy|ma)|wife|missus|grandma|granny|gran|nana|nan|sister|sis|"
    r"aunt|auntie|aunty|girlfriend|gf|niece|fianc[eé]e|housewife|dd"
)
_MALE_KIN = (
    r"(?:step|grand|god)?(?:son|father|dad|daddy|pa)|husband|hubby|grandpa|grandad|granddad|brother|uncle|boyfriend|bf|"
    r"nephew|fianc[eé]|ds|dh"
)
_ANY_KIN = (
    r"baby|babe|infant|newborn|toddler|child|kid|grandchild|little one|lo|partner|friend|flatmate|roommate|cousin|"
    r"spouse|twin|client|resident|neighbou?r|colleague"
)
_FEMALE_WORD = r"mrs|miss|widow|waitress|actress|policewoman|businesswoman|female|fem|woman|women|girl|lady|gal|lass|lassie"
_MALE_WORD = r"mr|widower|fisherman|postman|policeman|fireman|salesman|businessman|handyman|workman|tradesman|male|man|boy|gentleman|guy|lad|bloke|fella|dude|chap"
_KIN = rf"(?P<female>{_FEMALE_KIN}|{_FEMALE_WORD})|(?P<male>{_MALE_KIN}|{_MALE_WORD})|(?P<any>{_ANY_KIN})"
_CHILD = r"son|daughter|boy|girl|baby|infant|newborn|toddler|child|kid|lo|ds|dd|grandson|granddaughter|grandchild|niece|nephew|twin"

# "my wife", "our lovely little daughter": somebody of the asker's, who may be the patient.
_SOMEBODY = re.compile(
    r"(?:\b(?:my|our|his|her|their)\s+(?:(?!and\b|or\b|is\b|has\b|on\b|in\b|i\b)[\w/'’.-]+[\s,]+){0,4}?"
    r"|(?:^|[.!?\n])[ \t]{0,3}(?:(?:hi|hello|doc|doctor|the|a|please|help)[\s,]+){0,3}(?:\d[\w-]*\s+(?:\w+[\s-]+){0,2}?)?)"
    rf"\b(?:{_KIN})(?:s['’]|['’]?s)?(?!['’\w-])",
    re.IGNORECASE,
)
# Words before somebody that make him or her a bystander.
_BY = re.compile(
    r"(?<!wrong )(?<!problem )(?<!issue )(?<!trouble )(?<!up )(?<!on )(?<!happened )(?<!matter )(?<!happening )"
    r"\b(?:from|by|than|like|unlike|told|asked?|showed|with|thank|infect(?:ed|ing)?|to|near|holding|as|used|"
    r"using|borrowed|tried|caught|since|when|because|history of|does|did|if)\s+$",
    re.IGNORECASE,
)
# Words after somebody that make him or her one who speaks, gives, or has the same.
_SPEAKS = re.compile(
    r"\s*,?\s*(?:\([^)]{0,30}\)\s*)?(?:is\s+\d\d\s+and\s+)?(?:who\s+is\s+an?\s+\w+\s+)?(?:also\s+|just\s+|always\s+|both\s+|even\s+)*(?:"
    r"say|says|said|thinks?|thought|told|tells|reckons?|suggest\w*|insist\w*|bought|gave|lent|swears?|joke\w*|believes?|"
    r"wants? me|made me|makes me|keeps? (?:saying|telling|asking|nagging)|nags?|worr\w+|uses?|use[ds]? (?:it|to)|teases?|"
    r"(?:has|had|have|gets?|got)\s+(?:the same|similar)\b|does too|died|smokes?|works?|"
    r"is (?:a|an|also a)\s+(?:\w+\s+)?(?:nurse|doctor|gp|pharmacist|dermatologist|vet)|is (?:fine|ok|okay|not affected)|"
    r"recommend\w*|advise\w*|looked|does(?:n't| not) (?:have|itch)|hates?|loves?|finds?)",
    re.IGNORECASE,
)
# Somebody who sees a thing on the asker.
_SEES = re.compile(
    r"\s*(?:just\s+|first\s+)?(?:noticed|found|spotted|pointed|saw|sees|photographed)\b[^.!?\n]{0,60}?\b(?:my|me|i)\b",
    re.IGNORECASE,
)
_SAME = re.compile(r"[^.!?\n]{0,60}?\b(?:too|as well|the same)\b", re.IGNORECASE)
_WRITES_FOR = re.compile(
    r"\b(?:writing|asking|posting|enquiring|question|query|advice|here|message|ask)\s+(?:\w+\s+){0,2}?(?:for|about|on behalf of|regarding|concerning)\s+$",
    re.IGNORECASE,
)
_AM = re.compile(r"i\s*(?:['’]?m|\sam)\b", re.IGNORECASE)
_DISEASED = re.compile(
    r"\s*(?:both\s+)?(?:has|had|have|suffers? from|suffered from|got)\s+(?:a history of\s+|bad\s+|severe\s+)?"
    r"(?:psoriasis|eczema|melanoma|skin cancer|cancer|acne|vitiligo|rosacea|lupus|diabetes|asthma|hay fever|allergies)\b",
    re.IGNORECASE,
)
_BODY = (
    r"skin|face|hands?|arms?|forearms?|legs?|thighs?|calf|calves|shins?|foot|feet|toes?|fingers?|thumbs?|nails?|toenails?|"
    r"fingernails?|back|chest|neck|scalp|hair|head|body|lips?|nose|eyes?|eyelids?|ears?|cheeks?|chin|forehead|belly|tummy|"
    r"stomach|groin|bum|butt|buttocks?|penis|scrotum|vagina|vulva|breasts?|nipples?|armpits?|knees?|elbows?|ankles?|wrists?|"
    r"palms?|soles?|shoulders?|tongue|mouth|knuckles?|heels?|eczema|psoriasis|acne|rosacea|rash"
)
# The asker tells of his or her own body.
_MYSELF = re.compile(
    rf"\b(?<!not )(?:my\s+(?:own\s+|left\s+|right\s+|upper\s+|lower\s+|inner\s+|outer\s+|whole\s+|entire\s+|both\s+|big\s+|face and\s+)*(?:{_BODY})\b"
    rf"|i\s+(?:have|had|get|got|suffer|developed|itch|feel|woke|keep getting|keep scratching|broke out|break out)\b"
    rf"(?!\s+(?:(?!\bin\b|\bon\b)[\w'-]+\s+){{0,5}}(?:{_FEMALE_KIN}|{_MALE_KIN}|{_ANY_KIN}|boy|girl)\b)"
    rf"|i['’]?ve\s+(?:had|got|been having|developed|noticed)\b(?!\s+(?:[\w'-]+\s+){{0,4}}(?:{_FEMALE_KIN}|{_MALE_KIN}|{_ANY_KIN})\b)"
    r"|on me\b|itches me\b|i\s+(?:noticed|found|accidentally)\b(?!\s[^.!?\n]{0,50}\b(?:my|our|his|her)\b)"
    r"|i\s*(?:['’]?m|\sam)\s+(?:an?\s+|now\s+|only\s+|almost\s+)?\d\d\b)",
    re.IGNORECASE,
)

_MINE = re.compile(
    r"\b(?:(?P<female>i(?:['’]?m| am)(?: \d+ (?:weeks|months))? (?:pregnant|breastfeeding|menopausal|postmenopausal|post menopausal)|"
    r"i(?:['’]?m| am) an? (?:mother|mom|mum|mummy|nursing mother|housewife)|as a (?:mother|mom|mum|woman)|since i (?:am|was|became|got) pregnant|"
    r"my (?:period|periods|vagina|vulva|labia|menstruation|menstrual|breasts|boobs|pregnancy|husband|boyfriend|bra|uterus|ovar\w+|"
    r"menopause|c section|hysterectomy|pcos|clitoris)|i gave birth|i have pcos|(?:during|before|around) my period)"
    r"|(?P<male>my (?:penis|dick|cock|willy|knob|scrotum|foreskin|testicles?|testes|wife|girlfriend|balls|ballsack|nutsack|beard|glans|"
    r"prostate|bellend|moustache|shaft)|as a man))\b",
    re.IGNORECASE,
)
_PLACED = re.compile(r"^\s*(?:(?P<female>f|female)|(?P<male>m|male))\b\s*[,;/]", re.IGNORECASE)
_WORD = re.compile(rf"\b(?:(?P<female>{_FEMALE_WORD})|(?P<male>{_MALE_WORD}))\b", re.IGNORECASE)
_STRANGER = re.compile(
    r"\s*(?:at|from|in|behind|doctor|dermatologist|pharmacist|who sold|next)\b", re.IGNORECASE
)
_CALLED = re.compile(r"\b(?:oh|hey|the|thanks|thank you|another|some|this one)\s+$", re.IGNORECASE)
_PRONOUN = re.compile(
    r"\b(?:(?P<female>she|she['’]?s|her|herself|hers)|(?P<male>he|he['’]?s|him|his|himself))\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:doctor|dermatologist|physician|specialist|expert|nurse|director|professor|gp|pharmacist|he/she|his/her|him/her)\b",
    re.IGNORECASE,
)

_UNIT = r"(?:years?|yrs?|y|months?|mos?|mths?|mnths?|weeks?|wks?|days?)"
_AGES = r"(?:y(?:ears?|rs?)?\.?(?:\s*[-/]?\s*o(?:ld)?\b)?)"
_NO_MEASURE = (
    r"(?![\d.]*\d|\s*(?:[%°/]|mm|cm|mg|mcg|ml|kg|lbs?|stone|feet|foot|ft|inch|hours?|hrs?|days?|weeks?|wks?|months?|mths?|"
    r"minutes?|mins?|times?|x\b|or\b|to\b|and a half|of\b|years? (?:ago|now|back|later)|yrs? (?:ago|now|back)))"
)
_OLD = re.compile(
    rf"\b(?P<number>{NUMBER})[\s-]*(?P<unit>{_UNIT})?[\s.,/-]*(?:of[\s-]age|olds?\b|/?o\b|o/)",
    re.IGNORECASE,
)
_AGED = re.compile(
    rf"\b(?:aged?|age\s*(?:is|of|:|-|=)|turned|turning|turns|(?:he|she|who)(?:['’]?s| is))\s*(?:of\s*|about\s+|now\s+|only\s+|just\s+|nearly\s+|almost\s+)*"
    rf"(?P<number>\d{{1,3}}|{NUMBER})(?:[\s-]*(?P<unit>{_UNIT})\b(?!\s+(?:ago|now|later|back|into|pregnant)))?(?:\s*(?=[.,;)!?\n]|$|and\b|with\b|old\b|but\b)|{_NO_MEASURE}\b)",
    re.IGNORECASE,
)
_I_AM = re.compile(
    rf"(?:(?:^|[.!?,\n])[ \t]{{0,3}}(?=\d\d\s+here\b)|\b(?:i['’]?m|i am|me)[\s,(]+)(?:an?\s+|only\s+|now\s+|just\s+|nearly\s+|almost\s+|already\s+|about\s+)*(?P<number>\d{{2}}|{NUMBER})\b{_NO_MEASURE}",
    re.IGNORECASE,
)
# "grandmother (88", "woman 71 year", "son, six": the person, then the figure.
_PERSON_AGE = re.compile(
    rf"(?<!['’\w])(?P<person>{_FEMALE_KIN}|{_MALE_KIN}|{_ANY_KIN}|{_FEMALE_WORD}|{_MALE_WORD}|pt|patient|(?:mr|mrs|ms|miss)\.?\s+[a-z]+|[mf])\s*[,/:;(-]*\s*"
    rf"(?:['’]s\s+|is\s+|are\s+|aged?\s+|of\s+|who is\s+|who['’]s\s+|now\s+|only\s+)*(?P<number>\d{{1,3}}|(?!an?\b|one\b|couple|dozen|decade|zero){NUMBER}\b)(?:\s*{_AGES}\b(?!\s+(?:ago|now|later|back))|{_NO_MEASURE}\b)",
    re.IGNORECASE,
)
_CHILD_AGE = re.compile(
    rf"\b(?:(?<!for )(?P<number>{NUMBER})[\s-]*(?P<unit>{_UNIT})[\s-]+(?:(?!(?:my|our|your|his|her|their|the|a)\b)\w+\s+)?(?:{_CHILD})\b"
    rf"|(?:{_CHILD})\b\s*[,/(-]*\s*(?:is\s+|aged?\s+|now\s+|only\s+|just\s+)*(?P<number2>\d{{1,2}})\s*(?P<unit2>{_UNIT})\b(?!\s+(?:ago|now|later|back)))",
    re.IGNORECASE,
)
# "15 yr boy", "40, woman", "19 f", "34F": the figure, then the person.
_AGE_PERSON = re.compile(
    rf"(?<![\d.,/-])(?P<number>\d{{1,3}})\s*[,/-]?\s*(?:{_AGES}\s*[,/]?\s*)?(?P<person>{_FEMALE_WORD}|{_MALE_WORD}|[mf])(?!['’/\w-])",
    re.IGNORECASE,
)
_LONG = re.compile(
    r"\b(?:for|of|since|about|past|last|every|within|in|over|than|after|some|another|up to|next)\s+$",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"\b(?:since|when|until|till|was|were|at|from|aged? when|before)\s+(?:i|he|she|they|age|the age of|about|around|i was|he was|she was|was|\s)*$",
    re.IGNORECASE,
)
_MINE_BEFORE = re.compile(r"\b(?:i['’]?m|i am)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)


# "69 yr retired farmer", "Teacher, 47, with": a figure that can only be an age.
_WORK = (
    r"retired|pensioner|student|pupil|teacher|farmer|gardener|nurse|builder|plumber|chef|cook|hairdresser|mechanic|driver|"
    r"worker|labourer|engineer|cleaner|carer|smoker|diabetic|person|adult|teen|teenager|patient|caucasian|asian|black|white|"
    r"african|indian|hispanic|healthy|otherwise|fit|single|married|mum|mom|mother|dad|father|runner|swimmer|office"
)
_BARE = re.compile(
    rf"(?:^|[.,;(\n][ \t]{{0,3}})(?P<number>\d\d)\s*(?:{_AGES}\s*)?(?=[,)]|[.;]\s*(?:[a-z]|$)|\s*$|\n)"
    rf"|\b(?P<number2>\d\d)[\s-]*{_AGES}[\s-]+(?:{_WORK})\b|\b(?:{_WORK})\s*[,(]?\s*(?P<number3>\d\d)(?=\s*[,.;)]|\s*{_AGES}\b|\s*$)",
    re.IGNORECASE,
)
# What is old besides people.
_THING = re.compile(
    r"\s+(?:(?!with|ha[sd]|have|gets?|got)\w+\s+)?(?:rash|spots?|lump|scar|tattoo|wound|burn|lesion|bruise|bite|blister|mole|wart|cream|tube|dog|cat|puppy|kitten|ulcer|cut)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Age:
    start: int
    end: int
    years: float
    owner: Owner


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """The patient: the asker (``is_asker``) or somebody else, of whom the words may give the sex."""

    is_asker: bool
    sex: Sex | None = None


def patient(text: str) -> Person | None:
    """Whom the text is about, by the first words that tell; ``None`` where none do."""
    somebody = next((found for found in _SOMEBODY.finditer(text) if _is_patient(text, found)), None)
    myself = _MYSELF.search(text)
    if somebody is not None and _comes_first(text, somebody, myself):
        return Person(is_asker=False, sex=_sex_of(somebody))
    return Person(is_asker=True) if myself is not None else None


def _comes_first(text: str, somebody: re.Match[str], myself: re.Match[str] | None) -> bool:
    """Whether somebody else and not the asker is the patient."""
    if myself is None or _WRITES_FOR.search(text, max(0, somebody.start() - 40), somebody.start()):
        return True
    is_told_of = somebody.start() < myself.start() or _AM.match(myself[0]) is not None
    return is_told_of and not _DISEASED.match(text, somebody.end())


def _is_patient(text: str, found: re.Match[str]) -> bool:
    return not (
        _BY.search(text, max(0, found.start() - 24), found.start())
        or _SPEAKS.match(text, found.end(), found.end() + 80)
        or _SEES.match(text, found.end(), found.end() + 100)
        or _SAME.match(text, found.end(), found.end() + 80)
    )


def _sex_of(found: re.Match[str]) -> Sex | None:
    held = found.groupdict()
    if held.get("female"):
        return "female"
    return "male" if held.get("male") else None


_HAS = re.compile(
    r"\s*(?:who\s+|also\s+|both\s+|once\s+|used to\s+)*(?:has|had|have|gets?|got|suffers?|suffered|died of|is covered)\b",
    re.IGNORECASE,
)
_THEIRS_ENDS = re.compile(r"[.,;!?\n]|\b(?:but|and i|and my|my|i|mine)\b", re.IGNORECASE)


def told_of_others(text: str) -> list[tuple[int, int]]:
    """The places of ``text`` that tell what people have who are not the patient."""
    who = patient(text)
    places = []
    for found in _SOMEBODY.finditer(text):
        if not _HAS.match(text, found.end()):
            continue
        is_other = not _is_patient(text, found) or _DISEASED.match(text, found.end())
        if is_other or (who is not None and who.is_asker):
            end = _THEIRS_ENDS.search(text, found.end())
            places.append((found.end(), end.start() if end else len(text)))
    return places


def age(text: str) -> float | None:
    """The patient's age in years, a baby's to two decimals, or ``None``.

    The first age that is told as a present one and not as that of somebody who only writes, or is only named.
    """
    who = patient(text)
    asker: Owner = "asker" if who is not None and who.is_asker else "other"
    ages = [found for found in _ages(text) if who is None or found.owner in (asker, "")]
    ages = _of_people(ages) or list(_bare_ages(text))
    return min(ages, key=lambda found: found.start).years if ages else None


def _ages(text: str) -> Iterator[_Age]:
    for found in _OLD.finditer(text):
        told = found["unit"] or found["number"][0].isdigit()
        if told and not _is_past(text, found) and not _THING.match(text, found.end()):
            yield _age(found, _years(found["number"], found["unit"]), _owner(text, found))
    for found in _AGED.finditer(text):
        if not _is_past(text, found):
            yield _age(found, _years(found["number"], found["unit"]), "")
    for found in _I_AM.finditer(text):
        if value_of(found["number"]) >= 10:
            yield _age(found, value_of(found["number"]), "asker")
    yield from _ages_by_person(text)


def _ages_by_person(text: str) -> Iterator[_Age]:
    for found in _PERSON_AGE.finditer(text):
        if _is_tag(found) and not _is_past(text, found):
            yield _age(found, value_of(found["number"]), _owner_by_name(found["person"]))
    for found in _CHILD_AGE.finditer(text):
        number, unit = found["number"] or found["number2"], found["unit"] or found["unit2"]
        yield _age(found, _years(number, unit), "other")
    for found in _AGE_PERSON.finditer(text):
        if _is_tagged_age(text, found):
            yield _age(found, float(found["number"]), "")


def _bare_ages(text: str) -> Iterator[_Age]:
    for found in _BARE.finditer(text):
        number = found["number"] or found["number2"] or found["number3"]
        # "12 years" by itself is as well how long it has lasted.
        if found["number"] and "y" in found[0].lower() and int(number) < 25:
            continue
        yield _age(found, float(number), "")


def age_places(text: str) -> list[tuple[int, int]]:
    """Where in the text ages are told, the patient's or others'."""
    told = [(found.start, found.end) for found in _of_people(list(_ages(text)))]
    return told or [(found.start, found.end) for found in _bare_ages(text)]


def _of_people(ages: list[_Age]) -> list[_Age]:
    """Ages of days are a rash's where an age of years is told too."""
    is_grown = any(found.years >= 1 for found in ages)
    return [found for found in ages if not is_grown or found.years > 0.05]


def _age(found: re.Match[str], years: float, owner: Owner) -> _Age:
    return _Age(start=found.start(), end=found.end(), years=years, owner=owner)


def _is_past(text: str, found: re.Match[str]) -> bool:
    return _WHEN.search(text, max(0, found.start() - 30), found.start()) is not None


def _is_tag(found: re.Match[str]) -> bool:
    """Whether ``f 19`` or ``M, 40`` is a person, and not a letter of a word or a list."""
    return len(found["person"]) > 1 or value_of(found["number"]) >= 10 or found["person"].isupper()


def _is_tagged_age(text: str, found: re.Match[str]) -> bool:
    if len(found["person"]) > 1:
        return int(found["number"]) > 3 or bool(re.search("y", found[0], re.IGNORECASE))
    is_long = _LONG.search(text, max(0, found.start() - 10), found.start()) is not None
    return found["person"].isupper() or (int(found["number"]) >= 10 and not is_long)


def _owner(text: str, found: re.Match[str]) -> Owner:
    if _MINE_BEFORE.search(text, max(0, found.start() - 24), found.start()):
        return "asker"
    after = re.match(
        rf"[\s,-]*(?:\w+\s+)?(?:{_FEMALE_KIN}|{_MALE_KIN}|{_ANY_KIN})\b",
        text[found.end() : found.end() + 40],
        re.IGNORECASE,
    )
    return "other" if after else ""


def _owner_by_name(person: str) -> Owner:
    kin = rf"{_FEMALE_KIN}|{_MALE_KIN}|{_ANY_KIN}"
    return "other" if re.fullmatch(kin, person, re.IGNORECASE) else ""


def _years(number: str, unit: str | None) -> float:
    per_year = {"m": 12, "w": 52, "d": 365}.get((unit or "year")[0].lower(), 1)
    return round(value_of(number) / per_year, 2)


def sex(text: str) -> Sex | None:
    """The patient's sex as the text tells it, or ``None``."""
    placed = _PLACED.search(text)
    if placed is not None:
        return _sex_of(placed)
    who = patient(text)
    if who is not None and who.sex is not None:
        return who.sex
    told = _by_words(text)
    if told is not None:
        return told
    if who is None or who.is_asker:
        mine = _MINE.search(text)
        if mine is not None or who is not None:
            return _sex_of(mine) if mine is not None else None
    return _by_pronouns(text)


def _by_words(text: str) -> Sex | None:
    tags = [found for found in _WORD.finditer(text) if not _is_stranger(text, found)]
    for pattern in (_PERSON_AGE, _AGE_PERSON):
        tags += [found for found in pattern.finditer(text) if _tells_sex(text, found)]
    first = min(tags, key=lambda found: found.start(), default=None)
    if first is None:
        return None
    return _sex_of(first) or ("female" if first["person"].lower() == "f" else "male")


def _tells_sex(text: str, found: re.Match[str]) -> bool:
    if len(found["person"]) > 1:
        return False
    return _is_tag(found) if found.re is _PERSON_AGE else _is_tagged_age(text, found)


def _is_stranger(text: str, found: re.Match[str]) -> bool:
    before = max(0, found.start() - 24)
    return bool(
        _BY.search(text, before, found.start())
        or _CALLED.search(text, before, found.start())
        or _STRANGER.match(text, found.end(), found.end() + 20)
        or _SPEAKS.match(text, found.end(), found.end() + 40)
    )


def _by_pronouns(text: str) -> Sex | None:
    told: set[Sex] = set()
    for sentence in re.split(r"[.!?\n]", text):
        if not _OTHERS.search(sentence):
            told.update(sex for found in _PRONOUN.finditer(sentence) if (sex := _sex_of(found)))
    return next(iter(told)) if len(told) == 1 else None
