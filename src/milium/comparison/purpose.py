"""What a test is to find or rule out, in the words of the sentence that asks for it."""

from __future__ import annotations

import re

from milium.statements import Quote


_AIM = re.compile(
    r"\bto\s+(?:help\s+)?(?:rule\s+out|exclude|check\s+for|look\s+for|find\s+out|confirm|make\s+sure|be\s+sure|be\s+certain"
    r"|see\s+if|see\s+whether|tell\s+apart|distinguish|differentiate|determine|establish|detect)\b[^.;?!\n]*",
    re.IGNORECASE,
)
_END = re.compile(r"[.?!]\s|\n\s*\n")


def purpose_of(text: str, quote: Quote) -> Quote | None:
    """The span of ``text`` that says what the test at ``quote`` is for; None where its sentence says nothing of it."""
    start = max((end.end() for end in _END.finditer(text, 0, quote.start)), default=0)
    following = _END.search(text, quote.end - 1)
    aims = list(_AIM.finditer(text, start, following.start() + 1 if following else len(text)))
    after = [aim for aim in aims if aim.start() >= quote.start] or aims
    if not after:
        return None
    begin, end = after[0].span()
    if (
        end > quote.start > begin
    ):  # "To rule out a tumour, have a biopsy": the aim ends where the test begins
        end = max(text.rfind(",", begin, quote.start), begin)
    words = text[begin:end].rstrip(" ,.;:)-")
    return Quote.of(text, begin, begin + len(words)) if words else None
