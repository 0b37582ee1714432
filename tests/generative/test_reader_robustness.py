"""Whatever the text: the reader does not fall over, quotes exactly, and says the same thing each time."""

from __future__ import annotations

import resource
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

import pytest
from benchmarks.shapes import UNITS, shaped
from hypothesis import find, given, settings
from hypothesis import strategies as st

from milium import api
from milium.reading.history_clauses import sentences as question_sentences
from milium.reading.history_lexicon import HistoryLexicon, load_history_lexicon
from milium.reading.lexicon import Lexicon, load_lexicon
from milium.reading.sentences import sentences as answer_sentences


NAMES = st.sampled_from(
    sorted({name for concept in api.vocabulary() for name in concept.searched_names})
)
CUES = st.sampled_from(
    """no|not|never|without|avoid|stop|don't|do not|rule out|looks like|consistent with|could be|may be|
    most likely|consider|if|unless|when|until|in case|if it persists|or|and|and/or|,|either|rather than|
    instead of|such as|like|e.g.|for example|apply|use|take|start|try|I would|you should|you need to|
    can help|best|topical|oral|injected|intralesional|cream|tablets|as needed|PRN|twice a day|
    for 2 weeks|you have tried|previously|she used|is caused by|are common in|refer to|see a|
    in my opinion|however|but|although|because|which|?|!|...|:|;|(|)|[|]|{|}|"|“|”|'|’|-|–|—|/|&|+|%|*|
    \n|\n\n|\r\n|\t|1.|2)|•|<b>|&nbsp;|http://x.y/z|@|#""".replace("\n    ", "").split("|")
)
STRANGE = st.sampled_from(
    [
        *("🙂", "👩🏽\u200d⚕️", "\u202eשלום\u202c", "الصدفية", "湿疹", "\u200b", "\u00ad", "\ufeff"),
        *("e\u0301", "İ", "ß", "ﬁ", "Ⅷ", "٣", "²", "ſ", "ʼ", "\x00", "\ud800", "\U0010ffff"),
        *("a" * 300, "9" * 50),
    ]
)
BLANKS = st.sampled_from([" ", " ", " ", "", "  ", "\n", "\u00a0"])


@st.composite
def mixtures(draw: st.DrawFn) -> str:
    """Names, cues and strange marks in any order, more or less apart."""
    parts = draw(st.lists(st.one_of(NAMES, CUES, STRANGE, st.text(max_size=6)), max_size=40))
    return "".join(part + draw(BLANKS) for part in parts)


@st.composite
def nested(draw: st.DrawFn) -> str:
    """Brackets within brackets, closed or not."""
    opening, closing = draw(st.sampled_from(["()", "[]", "{}", "“”", '""', "<>"]))
    depth, closed = draw(st.integers(0, 1000)), draw(st.integers(0, 1000))
    return opening * depth + draw(mixtures()) + closing * closed


@st.composite
def run_together(draw: st.DrawFn) -> str:
    """A short run repeated: no sentence end in sight, or nothing but them."""
    return draw(mixtures()) * draw(st.integers(1, 30))


TEXTS = st.one_of(mixtures(), nested(), run_together(), st.text())


@given(text=TEXTS)
def test_every_statement_is_sound_whatever_the_text(text: str) -> None:
    statements = api.read_answer(text)

    for statement in statements:
        quote = statement.quote
        assert text[quote.start : quote.end] == quote.text
        assert quote.text.strip()
        assert statement.condition is None or statement.condition in text
        assert statement.route is None or statement.kind == "treatment"
        assert statement.concept.id in api.vocabulary()
    keys = [(statement.kind, statement.concept.id) for statement in statements]
    assert len(keys) == len(set(keys))


@given(text=TEXTS, other=TEXTS)
def test_what_was_read_before_changes_nothing(text: str, other: str) -> None:
    first = api.read_answer(text)
    api.read_answer(other)

    assert api.read_answer(text) == first


@given(text=TEXTS)
def test_a_question_of_any_kind_is_read_with_exact_quotes(text: str) -> None:
    history = api.read_question(text)

    for finding in (*history.sites, *history.symptoms, *history.absent, *history.tried):
        quote = finding.quote
        assert text[quote.start : quote.end] == quote.text
    assert api.read_question(text) == history


@pytest.mark.parametrize("kind", api.STATEMENT_KINDS)
def test_the_generated_texts_do_reach_statements_of_every_kind(kind: str) -> None:
    """Guards the tests above: of a reader that reads nothing they would hold too."""
    patient = settings(max_examples=3000, database=None, derandomize=True)

    text = find(mixtures(), lambda text: any_of(kind, text), settings=patient)

    assert any_of(kind, text)


def any_of(kind: str, text: str) -> bool:
    return any(statement.kind == kind for statement in api.read_answer(text))


@lru_cache(maxsize=1)
def lexicons() -> tuple[Lexicon, HistoryLexicon]:
    return load_lexicon(api.vocabulary()), load_history_lexicon(api.vocabulary())


@pytest.mark.parametrize("name", UNITS)
def test_no_sentence_grows_with_the_text(name: str) -> None:
    """What a sentence costs by its length squared must not become the text's."""
    answer, question = lexicons()
    text = shaped(name, 20_000)

    read = answer_sentences(*answer.tree.scan(text))
    asked = question_sentences(*question.findings.scan(text))

    assert max(sentence.past_hit - sentence.first_hit for sentence in read) <= 250
    assert max(len(sentence.finds) for sentence in asked) <= 80


# Far beyond what linear work takes, far below what squared work would; benchmarks/reading_scaling.py measures it.
MOST_PROCESSOR_SECONDS = 30
READ_ALL = """
from benchmarks.shapes import UNITS, shaped
from milium import api
for name in UNITS:
    print(name, flush=True)
    text = shaped(name, 60_000)
    for statement in api.read_answer(text):
        quote = statement.quote
        assert text[quote.start:quote.end] == quote.text
    api.read_question(text[:8_000])
"""


def limit_processor() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_PROCESSOR_SECONDS, MOST_PROCESSOR_SECONDS))


def test_no_shape_of_text_makes_the_work_explode() -> None:
    root = Path(__file__).resolve().parents[2]

    done = subprocess.run(
        [sys.executable, "-c", READ_ALL],
        cwd=root,
        env={"PYTHONPATH": f"{root / 'src'}:{root}"},
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limit_processor,
    )

    shapes = done.stdout.splitlines()
    assert done.returncode == 0, f"stopped at {shapes[-1:]}: {done.stderr[-500:]}"
