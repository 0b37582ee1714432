"""At the same instant: exactly one outcome, and nobody's text is lost. Real threads on a real database."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings
from tests import factories as make

from milium_site.cases.actions import move_case
from milium_site.cases.models import Case
from milium_site.cases.workflow import CLOSED, HELD
from milium_site.foundation.workflow import IllegalMove
from milium_site.moderation.actions import move_case as decide
from milium_site.moderation.models import Decision
from milium_site.opinions.actions import (
    open_amendment,
    save_amendment,
    sign_amendment,
    sign_opinion,
    withdraw_opinion,
)
from milium_site.opinions.models import Opinion
from milium_site.opinions.policies import NoPlace, Refused
from milium_site.opinions.review import Review
from milium_site.opinions.seats.actions import pass_case_on, release_lapsed_seats, take_case


pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _a_file_that_threads_share(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """SQLite as a site has it: a file. The tests' own is in memory, where threads lock each other's tables."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    memory, name = connection.connection, connection.settings_dict["NAME"]
    with sqlite3.connect(tmp_path / "race.sqlite3") as file:
        memory.backup(file)
    file.close()
    connection.settings_dict["NAME"] = str(tmp_path / "race.sqlite3")
    connection.connection = None
    yield
    connection.close()
    connection.settings_dict["NAME"] = name
    connection.connection = memory


def at_once(*calls: Callable[[], object]) -> list[object]:
    """Runs every call in a thread and connection of its own, started together; what each gave or raised."""
    start, outcomes = threading.Barrier(len(calls)), [None] * len(calls)

    def run(number: int, call: Callable[[], object]) -> None:
        start.wait()
        try:
            outcomes[number] = call()
        except (Refused, IllegalMove) as reason:
            outcomes[number] = reason
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def sign(opinion: Opinion) -> Callable[[], object]:
    return lambda: sign_opinion(opinion=opinion, review=Review(), version=opinion.version)


def test_two_who_sign_at_the_same_instant_both_sign_and_the_case_is_answered_once() -> None:
    people = [make.specialist("Dr One"), make.specialist("Dr Two")]
    case = make.open_case().case
    drafts = [make.draft(case, person) for person in people]

    at_once(*map(sign, drafts))

    case.refresh_from_db()
    assert [o.state for o in case.opinions.all()] == ["signed", "signed"]
    assert case.state == "answered"
    assert case.events.filter(what="answered").count() == 1


def test_a_double_click_signs_once() -> None:
    person = make.specialist()
    case = make.open_case().case
    draft = make.draft(case, person)

    first, second = at_once(sign(draft), sign(draft))

    assert isinstance(first, Opinion)
    assert isinstance(second, Opinion)
    assert first.signed_at == second.signed_at


def test_who_signs_while_the_case_is_closed_has_signed_or_keeps_every_word() -> None:
    person = make.specialist()
    case = make.open_case().case
    draft = make.draft(case, person)
    make.specialist("Dr Still-To-Come")

    signed, _ = at_once(sign(draft), lambda: move_case(case=case, to=CLOSED))

    draft.refresh_from_db()
    case.refresh_from_db()
    assert case.state == CLOSED
    assert draft.text == make.ANSWER
    assert draft.state == ("signed" if isinstance(signed, Opinion) else "draft")


def test_who_signs_while_a_moderator_holds_the_case_has_signed_or_keeps_every_word() -> None:
    person, moderator = make.specialist(), make.user("Mo", is_moderator=True)
    make.specialist("Dr Still-To-Come")
    case = make.open_case().case
    draft = make.draft(case, person)

    def hold() -> object:
        return decide(case=case, what="hold", by=moderator, reason="A name in it.", seen="open")

    signed, decision = at_once(sign(draft), hold)

    draft.refresh_from_db()
    case.refresh_from_db()
    assert isinstance(decision, Decision)
    assert case.state == HELD
    assert draft.text == make.ANSWER
    assert draft.state == ("signed" if isinstance(signed, Opinion) else "draft")
    assert isinstance(signed, Opinion | Refused)


def test_a_double_click_takes_one_place_and_amends_once() -> None:
    person = make.specialist()
    case = make.open_case().case
    pass_case_on(case=case, specialist=person, because="away")
    other = make.specialist("Dr Other")

    at_once(*(lambda: take_case(case=case, specialist=other) for _ in range(2)))

    assert case.seats.filter(left_at__isnull=True).count() == 1
    opinion = make.signed(case, other)
    amendment = save_amendment(
        amendment=open_amendment(opinion=opinion), text="Other words.", because="why", version=0
    )
    at_once(
        *(
            lambda: sign_amendment(amendment=amendment, review=Review(), version=amendment.version)
            for _ in range(2)
        )
    )
    opinion.refresh_from_db()
    assert (opinion.state, opinion.text) == ("amended", "Other words.")
    assert opinion.earlier.count() == 1


def test_of_two_who_take_the_last_place_one_gets_it_and_the_other_is_told(
    settings: Settings,
) -> None:
    settings.MILIUM_PANEL_SIZE = 1
    first = make.specialist("Dr Invited")
    case = make.open_case().case
    rivals = [make.specialist("Dr Quick"), make.specialist("Dr Quicker")]
    pass_case_on(case=case, specialist=first, because="not my field")

    outcomes = at_once(*(lambda p=p: take_case(case=case, specialist=p) for p in rivals))  # type: ignore[misc]

    case.refresh_from_db()
    assert sum(isinstance(o, NoPlace) for o in outcomes) == 1
    assert case.seats.filter(left_at__isnull=True).count() == 1
    assert not case.has_place


def test_a_place_that_lapses_while_its_holder_signs_is_signed_or_given_back_not_both() -> None:
    person = make.specialist()
    make.specialist("Dr Other")
    case = make.open_case().case
    draft = make.draft(case, person)
    seat = case.seats.get(specialist=person)
    after = seat.lapses_at
    assert after

    at_once(sign(draft), lambda: release_lapsed_seats(now=after))

    draft.refresh_from_db()
    seat.refresh_from_db()
    assert draft.state == "signed"
    assert (seat.left_at, seat.lapses_at) == (None, None)


def test_withdrawing_twice_at_the_same_instant_keeps_the_first_reason() -> None:
    person = make.specialist()
    case = Case.objects.get(pk=make.open_case().case.pk)
    opinion = make.signed(case, person)

    at_once(*(lambda why=w: withdraw_opinion(opinion=opinion, because=why) for w in ("one", "two")))  # type: ignore[misc]

    opinion.refresh_from_db()
    assert opinion.state == "withdrawn"
    assert opinion.because in {"one", "two"}
    assert opinion.text == make.ANSWER
