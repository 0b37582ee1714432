"""The tables of legal moves, and that the code can reach every state in them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests import factories as make

from milium_site.archive.workflow import PUBLICATION
from milium_site.cases import workflow as case_workflow
from milium_site.cases.models import Case
from milium_site.cases.workflow import CASE
from milium_site.foundation.workflow import IllegalMove, Workflow
from milium_site.opinions.workflow import OPINION


DOCUMENT = Path(__file__).parents[2] / "docs" / "site" / "workflows.md"


@pytest.mark.parametrize("workflow", [CASE, OPINION, PUBLICATION])
def test_every_state_can_be_reached_from_the_start(workflow: Workflow) -> None:
    reached, frontier = {workflow.start}, [workflow.start]
    while frontier:
        new = workflow.moves[frontier.pop()] - reached
        reached |= new
        frontier += new

    assert reached == set(workflow.moves)


@pytest.mark.parametrize("workflow", [CASE, OPINION, PUBLICATION])
def test_a_move_that_is_not_in_the_table_is_refused(workflow: Workflow) -> None:
    for state, ends in workflow.moves.items():
        for to in workflow.moves:
            if to in ends:
                workflow.check(state, to)
            else:
                with pytest.raises(IllegalMove, match=state):
                    workflow.check(state, to)


def test_a_case_can_be_withdrawn_from_anywhere() -> None:
    assert all("withdrawn" in ends for state, ends in CASE.moves.items() if state != "withdrawn")


def test_every_constant_is_a_state_of_the_table() -> None:
    constants = {v for k, v in vars(case_workflow).items() if k.isupper() and isinstance(v, str)}

    assert constants == set(CASE.moves)


def test_a_table_with_a_state_that_has_no_row_is_refused() -> None:
    with pytest.raises(ValueError, match="nowhere"):
        Workflow(name="bad", start="a", moves={"a": frozenset({"nowhere"})})


@pytest.mark.parametrize("workflow", [CASE, OPINION, PUBLICATION])
def test_the_diagram_in_the_documents_is_the_table(workflow: Workflow) -> None:
    assert workflow.mermaid() in DOCUMENT.read_text(encoding="utf-8")


@pytest.mark.django_db
def test_the_record_of_a_case_holds_each_move_in_order() -> None:
    make.specialist()
    asked = make.continued_case()

    moves = list(asked.case.events.values_list("what", flat=True))

    assert moves == ["submitted", "stopped", "dealt_with", "screening", "open"]
    for state, to in zip(
        ["draft", *(m for m in moves if m in CASE.moves)],
        ["submitted", "stopped", "screening", "open"],
        strict=False,
    ):
        CASE.check(state, to)


@pytest.mark.django_db
def test_a_case_is_answered_when_every_seat_has_signed() -> None:
    first, second = make.specialist(), make.specialist()
    case = make.open_case().case

    make.signed(case, first)
    assert Case.objects.get(pk=case.pk).state == "open"

    make.signed(case, second)
    assert Case.objects.get(pk=case.pk).state == "answered"
