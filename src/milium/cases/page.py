"""A plain page: title, question, a line on the asker (``F, Maine``), then the answers.

Answers are told apart by what marks them off: a heading such as ``Answer 2`` or ``Dr A, dermatologist``, or a rule
such as ``---``. Where nothing does, one sign in the text is strong enough: an answer has closed with whom to see,
and the next paragraph introduces the condition of the title afresh. Anything less is taken as one answer, since two
columns made of one specialist's words would show an agreement that nobody voiced. The case's remarks say what was done.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import cast

from milium.cases.limits import check_length
from milium.errors import UnusableInput
from milium.statements import Asker, Case, Opinion, Sex


_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")
_RULE = re.compile(r"[-–—=*_~#•· ]{3,}")
_ASKER = re.compile(
    r"""(?:(?P<age1>\d{1,3})\s*(?:years?\s*old|yo|y/o)?[\s,/]*)?
        (?P<sex>f|m|female|male|woman|man)\b
        (?:[\s,/]*(?P<age2>\d{1,3}))?
        (?:\s*,\s*(?P<place>[^\d\n.?!]{2,60}))?""",
    re.VERBOSE | re.IGNORECASE,
)
_HEADING = re.compile(
    r"""(?:(?:answer|reply|response|opinion|specialist|expert|doctor)\s*(?:\#?\s*\d+|\b[A-Z]\b)?)
        (?:\s*(?:by|from|:|-|–|—)\s*(?P<who>[^\n]{2,70}?))?\s*:?
      | (?P<signed>(?:Dr\.?|Prof\.?|Doctor)\s[^\n.?!]{1,60}|[^\n.?!]{3,50},\s*(?:MD|M\.D\.|DO|D\.O\.|FAAD)\b[^\n.?!]{0,30})
        (?:\s+(?:wrote|answered|answers|replied|says))?\s*:?""",
    re.VERBOSE | re.IGNORECASE,
)
_CLOSES = re.compile(
    r"""\b(?:my\ advice|i\ (?:would\ |strongly\ )*(?:encourage|advise|recommend|suggest|urge)|please|you\ (?:should|need\ to)
          |see|consult|schedule|meet\ with|visit|make\ an\ appointment)\b
        .*\b(?:dermatologist|doctor|physician|surgeon|specialist|appointment|clinic|office)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")
_SEXES = {
    "f": "female",
    "female": "female",
    "woman": "female",
    "m": "male",
    "male": "male",
    "man": "male",
}


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph of the page, and how many empty lines stand before it."""

    start: int
    end: int
    text: str
    gap: int


def parse_page(text: str, *, name: str = "page", source: str | None = None) -> Case:
    """The case on a plain page; ``name`` becomes its id. Raises ``UnusableInput`` when no answer can be told from the question."""
    check_length(text, "the page", source=source)
    blocks = _blocks(text)
    if not blocks:
        raise UnusableInput("is empty; there is nothing to read", source=source)
    asker_at = next((n for n, block in enumerate(blocks) if n and _asker(block.text)), None)
    first = _first_answer(blocks, asker_at)
    if first is None:
        raise UnusableInput(
            "nothing shows where the question ends and the answers begin; "
            "put a line such as 'F, Maine' or 'Answer' between them",
            source=source,
        )
    asked = blocks[: first if asker_at is None else asker_at]
    opinions, how = _opinions(text, blocks[first:], title=_title(asked))
    if not opinions:
        raise UnusableInput(
            "the page has no answers, so there is nothing to compare", source=source
        )
    question = asked[1:] if _title(asked) else asked
    return Case(
        id=name,
        title=_title(asked),
        question=text[question[0].start : question[-1].end] if question else "",
        asker=_asker(blocks[asker_at].text) or Asker() if asker_at is not None else Asker(),
        opinions=opinions,
        remarks=(how,),
    )


def _blocks(text: str) -> list[_Block]:
    unified = text.replace("\r\n", " \n").replace("\r", "\n")  # as long as before, so offsets hold
    blocks, end = [], 0
    for match in _PARAGRAPH.finditer(unified):
        for start, stop in _lines_apart(unified, match.start(), match.end()):
            lead = len(unified[start:stop]) - len(unified[start:stop].lstrip())
            piece = text[start:stop].strip()
            begin = start + lead
            gap = unified.count("\n", end, begin) - 1
            blocks.append(_Block(begin, begin + len(piece), piece, max(gap, 0)))
            end = begin + len(piece)
    return blocks


def _lines_apart(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The paragraph, with a first or last line that is a heading or a rule as a piece of its own."""
    spans, at = [], start
    for line in re.finditer(r"[^\n]+", text[start:end]):
        begin, stop = start + line.start(), start + line.end()
        if _is_mark(text[begin:stop].strip()):
            if text[at:begin].strip():
                spans.append((at, begin))
            spans.append((begin, stop))
            at = stop
    if text[at:end].strip():
        spans.append((at, end))
    return spans


def _is_mark(line: str) -> bool:
    return bool(_RULE.fullmatch(line) or _HEADING.fullmatch(line))


def _asker(text: str) -> Asker | None:
    match = _ASKER.fullmatch(text)
    if not match:
        return None
    age = match["age1"] or match["age2"]
    return Asker(
        sex=cast("Sex", _SEXES[match["sex"].lower()]),
        age=float(age) if age else None,
        place=match["place"].strip() if match["place"] else None,
    )


def _first_answer(blocks: list[_Block], asker_at: int | None) -> int | None:
    if asker_at is not None:
        return asker_at + 1
    marked = (n for n, block in enumerate(blocks) if n and _is_mark(block.text))
    gapped = (n for n, block in enumerate(blocks) if n > 1 and block.gap > 1)
    return next(marked, next(gapped, None))


def _title(asked: list[_Block]) -> str:
    first = asked[0].text
    return first if len(asked) > 1 and "\n" not in first and len(first) <= 150 else ""


def _opinions(text: str, blocks: list[_Block], *, title: str) -> tuple[tuple[Opinion, ...], str]:
    marked = any(_is_mark(block.text) for block in blocks)
    if marked:
        parts = _by_marks(blocks)
        how = f"The page's answers were told apart by its headings and rules: {len(parts)} found."
    else:
        parts, how = _by_restart(blocks, title)
    opinions = tuple(
        replace(_signed(head), id=_letter(number), text=text[part[0].start : part[-1].end])
        for number, (head, part) in enumerate(parts)
    )
    return opinions, how


def _by_marks(blocks: list[_Block]) -> list[tuple[str, list[_Block]]]:
    parts: list[tuple[str, list[_Block]]] = [("", [])]
    for block in blocks:
        if _is_mark(block.text):
            parts.append((block.text, []))
        else:
            parts[-1][1].append(block)
    return [(head, part) for head, part in parts if part]


def _by_restart(blocks: list[_Block], title: str) -> tuple[list[tuple[str, list[_Block]]], str]:
    parts: list[list[_Block]] = [[]]
    for block in blocks:
        if parts[-1] and _restarts(block, parts[-1], title):
            parts.append([])
        parts[-1].append(block)
    if not blocks:
        return [], ""
    return [("", part) for part in parts], _told(parts)


def _restarts(block: _Block, before: list[_Block], title: str) -> bool:
    introduces = rf"\b{re.escape(title)}\b\s*(?:\([^)]*\)\s*)?,?\s*(?:is|are|refers\s+to)\s"
    spoken_of = any(title.lower() in earlier.text.lower() for earlier in before)
    opening = _SENTENCE_END.split(block.text)[0]
    closing = _SENTENCE_END.split(before[-1].text)[-1]
    return bool(
        title
        and spoken_of
        and re.search(introduces, opening, re.IGNORECASE)
        and _CLOSES.search(closing)
    )


def _told(parts: list[list[_Block]]) -> str:
    if len(parts) == 1:
        return (
            "The page does not mark off its answers from one another, and nothing in them shows where one ends: "
            "they were read as one."
        )
    openings = " and ".join(f"“{' '.join(part[0].text.split()[:6])} …”" for part in parts[1:])
    return (
        f"The page does not mark off its answers from one another. {len(parts)} were told apart: a new one was taken "
        f"to begin at {openings}, where the words before close with whom to see and the condition is introduced "
        "afresh. Check this against the page."
    )


def _signed(head: str) -> Opinion:
    match = _HEADING.fullmatch(head)
    who = (match["who"] or match["signed"] or "").strip() if match else ""
    name, _, specialty = who.partition(",")
    return Opinion(
        id="", text="", specialist=name.strip() or None, specialty=specialty.strip() or None
    )


def _letter(number: int) -> str:
    return chr(ord("A") + number) if number < 26 else str(number + 1)
