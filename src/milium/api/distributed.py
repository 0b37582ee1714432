"""Reading and comparing more than one machine holds, on a Dask cluster: the same functions, the same results.

A bag is Dask's collection of items kept in parts; each part is read where it lies. Nothing is computed before the
bag's ``compute`` or ``to_textfiles``. Needs the extra ``cluster``.

>>> import dask.bag
>>> bag = read_answers(dask.bag.from_sequence(["Use a retinoid."]))
>>> [[s.concept.name for s in said] for said in bag.compute(scheduler="synchronous")]
[['retinoid']]
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from milium.api.comparing import compare
from milium.api.reading import read_answer, read_question
from milium.statements import Case, Comparison, History, Statement


if TYPE_CHECKING:
    from dask.bag import Bag


__all__ = ["compare_cases", "read_answers", "read_questions"]


def read_answers(texts: Bag[str]) -> Bag[tuple[Statement, ...]]:
    """What each answer says, in the order of ``texts``, as ``read_answer`` reads it."""
    return texts.map(read_answer)


def read_questions(texts: Bag[str]) -> Bag[History]:
    """What each question tells, in the order of ``texts``, as ``read_question`` reads it."""
    return texts.map(read_question)


def compare_cases(cases: Bag[Case], *, country: str | None = None) -> Bag[Comparison]:
    """The comparison of each case, in the order of ``cases``, as ``compare`` makes it."""
    return cases.map(partial(compare, country=country))
