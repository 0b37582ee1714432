"""Reading answers and questions by rules; the readers are made once."""

from __future__ import annotations

from functools import lru_cache

from milium.api.terms import vocabulary
from milium.reading.answers import AnswerReader
from milium.reading.history import QuestionReader
from milium.reading.reader import BuiltInReader, Reader
from milium.statements import History, Statement


@lru_cache(maxsize=1)
def answer_reader() -> AnswerReader:
    """The reader of answers, over the vocabulary Milium carries."""
    return AnswerReader(vocabulary())


def read_answer(text: str) -> tuple[Statement, ...]:
    """What one specialist's ``text`` says of its case; every quote is an exact span of it."""
    return answer_reader().read(text)


@lru_cache(maxsize=1)
def _question_reader() -> QuestionReader:
    return QuestionReader(vocabulary())


def read_question(text: str) -> History:
    """What an asker's ``text`` tells of the problem and asks about it; every quote is an exact span of it."""
    return _question_reader().read(text)


def built_in_reader() -> Reader:
    """The reader that ``read_answer`` is, with its name and version."""
    return BuiltInReader(read_answer=read_answer)
