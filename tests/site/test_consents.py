"""Consent for each purpose: what is asked, and whose word counts."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from tests import factories as make

from milium_site.consents.actions import give_consent, withdraw_consent
from milium_site.consents.models import Consent
from milium_site.consents.queries import consents_of, has_consent, standing
from milium_site.consents.texts import CARE, PURPOSES, RESEARCH, WORDINGS, agreed, wording_of


# What somebody may have agreed to. A line is added here with a new wording and never changed.
AGREED = {
    "care-1": "5dbfe2495155406c",
    "care-2": "a08865ea10467abf",
    "archive_text-1": "a65b2aff62a38c9a",
    "archive_photos-1": "654ad353e3c0840d",
    "research-1": "30367cae2166637a",
}


def digest(key: str) -> str:
    wording = next(w for w in WORDINGS if w.key == key)
    words = "\n".join((wording.asks, wording.means, wording.ends))
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def test_no_wording_that_somebody_may_have_agreed_to_is_changed() -> None:
    assert {w.key: digest(w.key) for w in WORDINGS} == AGREED


@pytest.mark.parametrize("purpose", PURPOSES)
def test_the_latest_wording_of_a_purpose_is_asked_and_the_versions_count_up(purpose: str) -> None:
    versions = [w.version for w in WORDINGS if w.purpose == purpose]

    assert sorted(versions) == list(range(1, len(versions) + 1))
    assert wording_of(purpose).version == max(versions)


class WhoeverSpokeLast(TestCase):
    """In whatever order consents are given and taken back, the last word on each purpose counts."""

    @given(st.lists(st.tuples(st.sampled_from(PURPOSES), st.booleans()), max_size=12))
    def test_the_last_word_counts(self, said: list[tuple[str, bool]]) -> None:
        case = make.draft_case().case

        for purpose, yes in said:
            (give_consent if yes else withdraw_consent)(case=case, purpose=purpose)

        last = dict(said)
        assert {p: has_consent(case, p) for p in PURPOSES} == {
            p: last.get(p, False) for p in PURPOSES
        }
        assert set(standing(case)) == {p for p in PURPOSES if last.get(p)}


@pytest.mark.django_db
class TestGivingAndTakingBack:
    def test_given_twice_it_is_one_consent(self) -> None:
        case = make.draft_case().case

        first, second = (give_consent(case=case, purpose=RESEARCH) for _ in range(2))

        assert first == second
        assert len(consents_of(case)) == 1

    def test_what_was_agreed_to_and_when_it_ended_stays(self) -> None:
        case = make.draft_case().case
        give_consent(case=case, purpose=RESEARCH)

        assert [withdraw_consent(case=case, purpose=RESEARCH) for _ in range(2)] == [True, False]

        (kept,) = consents_of(case)
        assert agreed(kept.purpose, kept.version) == wording_of(RESEARCH)
        assert kept.ended_at is not None
        assert kept.ended_at >= kept.given_at

    def test_consent_to_an_older_wording_ends_when_the_newer_is_agreed_to(self) -> None:
        case = make.draft_case().case
        old = give_consent(case=case, purpose=RESEARCH)
        Consent.objects.filter(pk=old.pk).update(version=0)

        new = give_consent(case=case, purpose=RESEARCH)

        old.refresh_from_db()
        assert old.ended_at is not None
        assert standing(case) == {RESEARCH: new}

    @pytest.mark.parametrize("wrong", ["", "everything"])
    def test_nobody_agrees_to_what_nobody_is_asked(self, wrong: str) -> None:
        case = make.draft_case().case

        for action in (give_consent, withdraw_consent):
            with pytest.raises(KeyError):
                action(case=case, purpose=wrong)
        with pytest.raises(ValueError, match="nobody is asked"):
            has_consent(case, wrong)
        assert not has_consent(case, CARE)
