"""A specialist answers while a check of their register entry counts, and not a moment longer."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings
from tests import factories as make

from milium_site.config.periodic import credentials
from milium_site.notices.models import Notice
from milium_site.people.actions import check_credential, withdraw_credentials
from milium_site.people.models import Specialist
from milium_site.people.policies import a_year_after, may_answer
from milium_site.people.presenters import credential_card
from milium_site.people.queries import answering_specialists, specialist_of
from milium_site.people.registers import (
    WrongNumber,
    has_npi_check_digit,
    register_of,
    registers,
    registers_in,
)


NINE_DIGITS = st.integers(min_value=100_000_000, max_value=299_999_999).map(str)


@pytest.mark.parametrize(
    ("npi", "fits"),
    [
        ("1993999998", True),
        ("1234567893", True),
        ("2345678900", True),
        ("1234567890", False),
        ("1993999989", False),
    ],
)
def test_the_check_digit_of_an_npi(npi: str, *, fits: bool) -> None:
    assert has_npi_check_digit(npi) is fits


@given(NINE_DIGITS)
def test_exactly_one_last_digit_fits(nine: str) -> None:
    assert sum(has_npi_check_digit(f"{nine}{last}") for last in range(10)) == 1


@given(NINE_DIGITS, st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(nine: str, place: int, by: int) -> None:
    right = next(f"{nine}{d}" for d in range(10) if has_npi_check_digit(f"{nine}{d}"))
    digits = [int(digit) for digit in right]
    digits[place] = (digits[place] + by) % 10

    assert not has_npi_check_digit("".join(map(str, digits)))


@given(NINE_DIGITS)
def test_the_check_digit_follows_from_the_constant_24_as_well(nine: str) -> None:
    doubled = sum(sum(divmod(int(d) * 2, 10)) for d in nine[::2])
    expected = -(24 + doubled + sum(int(d) for d in nine[1::2])) % 10

    assert has_npi_check_digit(f"{nine}{expected}")


@pytest.mark.parametrize(
    ("register", "typed", "kept"),
    [
        ("us-npi", "123 456 7893", "1234567893"),
        ("gb-gmc", "1234567", "1234567"),
        ("gb-gmc", "123-4567", "1234567"),
        ("au-ahpra", "med 0000932846", "MED0000932846"),
        ("ca-province", " 12 / 345 ", "12 / 345"),
        ("other", "RPPS 10001234567", "RPPS 10001234567"),
    ],
)
def test_a_number_is_kept_as_its_register_writes_it(register: str, typed: str, kept: str) -> None:
    assert register_of(register).checked(typed) == kept


@pytest.mark.parametrize(
    ("register", "typed"),
    [
        ("us-npi", "3234567893"),
        ("us-npi", "123456789"),
        ("us-npi", "1234567890"),
        ("us-npi", ""),
        ("gb-gmc", "123456"),
        ("gb-gmc", "12345678"),
        ("gb-gmc", "١٢٣٤٥٦٧"),
        ("au-ahpra", "0000932846"),
        ("other", "   "),
    ],
)
def test_a_number_that_a_register_cannot_have_given_is_refused(register: str, typed: str) -> None:
    with pytest.raises(WrongNumber):
        register_of(register).checked(typed)


def test_every_register_has_sources_and_every_country_has_a_register() -> None:
    assert all(register.sources for register in registers().values())
    assert [r.id for r in registers_in("GB")] == ["gb-gmc"]
    assert [r.id for r in registers_in("FR")] == ["other"]


def test_a_number_cannot_leave_its_place_in_the_address() -> None:
    assert register_of("us-npi").address_of("1/../x?y").endswith("/1%2F..%2Fx%3Fy")


@pytest.mark.parametrize(
    ("day", "later"),
    [(date(2026, 11, 22), date(2027, 11, 22)), (date(2028, 2, 29), date(2029, 2, 28))],
)
def test_a_check_counts_for_a_year(day: date, later: date) -> None:
    assert a_year_after(day) == later


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("zone", "last_moment"),
    [
        ("UTC", datetime(2027, 3, 1, 23, 59, 59, 999_999, tzinfo=UTC)),
        ("Pacific/Auckland", datetime(2027, 3, 1, 10, 59, 59, 999_999, tzinfo=UTC)),
    ],
)
def test_a_check_ends_with_its_last_day_at_the_instant(
    zone: str, last_moment: datetime, settings: Settings
) -> None:
    settings.TIME_ZONE = zone
    specialist = make.specialist(checked=False)
    check_credential(
        specialist=specialist, checked_on=date(2026, 3, 1), expires_on=date(2027, 3, 1)
    )

    for now, counts in (
        (last_moment, True),
        (last_moment + timedelta(microseconds=1), False),
    ):
        assert may_answer(specialist, now=now) is counts
        assert (specialist_of(specialist.user, now=now) is not None) is counts
        assert answering_specialists(now=now).filter(pk=specialist.pk).exists() is counts
        assert credential_card(specialist, now=now).is_valid is counts


@pytest.mark.django_db
def test_a_renewal_counts_beside_what_expired() -> None:
    specialist = make.specialist(checked=False)
    check_credential(specialist=specialist, checked_on=date(2024, 1, 1))
    assert credential_card(specialist).standing == "expired"
    assert specialist_of(specialist.user) is None

    check_credential(specialist=specialist, checked_on=timezone.localdate())

    assert credential_card(specialist).standing == "valid"
    assert specialist_of(specialist.user) == specialist


@pytest.mark.django_db
def test_withdrawing_ends_every_check_at_once_and_keeps_the_rows() -> None:
    specialist = make.specialist()
    check_credential(specialist=specialist, checked_on=timezone.localdate())

    ended = withdraw_credentials(specialist=specialist, because="struck off")

    assert ended == specialist.credentials.count() == 2
    assert specialist_of(specialist.user) is None
    assert not answering_specialists().exists()
    assert credential_card(specialist).standing == "withdrawn"


def told(specialist: Specialist) -> list[str]:
    return [n.event for n in Notice.objects.filter(subscriber__about=f"user:{specialist.user_id}")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("days", "events"),
    [
        (31, []),
        (30, ["soon"]),
        (0, ["soon"]),
        (-1, ["ended"]),
    ],
)
def test_people_are_told_a_month_before_their_check_ends_and_when_it_has_each_once(
    days: int, events: list[str]
) -> None:
    specialist, today = make.specialist(checked=False), timezone.localdate()
    check = check_credential(
        specialist=specialist,
        checked_on=today - timedelta(days=100),
        expires_on=today + timedelta(days=days),
    )

    for _ in range(2):
        credentials()

    names = {"soon": f"credential-{check.pk}-soon", "ended": f"credential-{check.pk}"}
    assert told(specialist) == [names[event] for event in events]


@pytest.mark.django_db
@pytest.mark.parametrize("days", [-1, 10])
def test_whoever_was_checked_again_is_told_nothing(days: int) -> None:
    specialist, today = make.specialist(), timezone.localdate()
    check_credential(
        specialist=specialist,
        checked_on=today - timedelta(days=100),
        expires_on=today + timedelta(days=days),
    )

    credentials()

    assert told(specialist) == []
