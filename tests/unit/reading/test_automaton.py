"""The machine against the plainest way of doing the same."""

from __future__ import annotations

from milium.reading.automaton import Automaton
from milium.reading.phrases import choices, wordings
from milium.vocabulary import SCAN, normal_word


PHRASES = (
    "keep (it|the area)? (very)? dry",
    "dry skin",
    "keep",
    "(no|not) (very)? dry skin at all",
)


def machine() -> Automaton[str]:
    made: Automaton[str] = Automaton("+".join)
    for phrase in PHRASES:
        made.add_phrase(choices(phrase), phrase)
    made.close()
    return made


def plainly(text: str) -> list[tuple[int, int]]:
    spelled = {words for phrase in PHRASES for words in wordings(phrase)}
    words = [normal_word(token[0]) for token in SCAN.finditer(text)]
    found, at = [], 0
    while at < len(words):
        past = max((at + len(w) for w in spelled if tuple(words[at : at + len(w)]) == w), default=0)
        if past:
            found.append((at, past))
        at = past or at + 1
    return found


def test_it_finds_what_spelling_everything_out_finds() -> None:
    text = "keep it very dry skin, no dry skin at keep the area dry, not very dry skin at all keep"
    assert [(first, past) for first, past, _ in machine().scan(text)[1]] == plainly(text)


def test_a_run_of_words_that_fits_several_phrases_has_all_their_payloads() -> None:
    made: Automaton[str] = Automaton("+".join)
    made.add_name(("dry", "skin"), "name")
    made.add_phrase(choices("dry (skin|lip)"), "phrase")
    made.close()
    assert made.scan("dry skin")[1] == [(0, 2, "name+phrase")]


def test_a_number_fits_its_place() -> None:
    made: Automaton[str] = Automaton(lambda payloads: payloads[0])
    made.add_phrase(choices("for # weeks"), "course")
    made.close()
    assert made.scan("for 6 weeks")[1] == [(0, 3, "course")]
    assert made.scan("for six weeks")[1] == []


def test_the_states_met_stay_few_however_long_the_text() -> None:
    made = machine()
    made.scan("keep it very dry skin " * 10)
    few = made.size
    made.scan("keep it very dry skin no keep not very dry " * 1000)
    assert made.size <= few + 10
