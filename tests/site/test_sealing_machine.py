"""Five specialists in any order of steps: nobody sees a trace of another's before they have signed. On the real pages."""

from __future__ import annotations

import os
import re

import pytest
from django.conf import settings as site_settings
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client, override_settings
from django.urls import reverse
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests import factories as make


FIVE = range(5)
WHO = st.sampled_from(FIVE)
# Each plants a word that nothing else on any page holds, and a treatment of their own that is read as a statement.
WORDS = ("Quillfeather", "Umbrageous", "Zanzibarite", "Vellichory", "Wuthersome")
TREATMENTS = ("minoxidil", "cryotherapy", "tacrolimus", "isotretinoin", "benzoyl peroxide")
PAGES = ("queue", "answer", "review")
# Few in the suite; MILIUM_SEALING_EXAMPLES=200 looks longer, thirty steps each.
MANY = int(os.environ.get("MILIUM_SEALING_EXAMPLES", "0"))


class Panel(RuleBasedStateMachine):
    """Drives the pages as five browsers would; ``words`` is what each has planted so far."""

    def __init__(self) -> None:
        super().__init__()
        self.point = transaction.atomic()
        self.point.__enter__()
        people = [make.specialist(f"Dr {word}") for word in WORDS]
        self.asked = make.open_case()
        self.key = self.asked.case.key
        self.clients = [Client() for _ in FIVE]
        for client, person in zip(self.clients, people, strict=True):
            client.force_login(person.user)
        self.asker = Client()
        self.signed: set[int] = set()
        self.withdrawn: set[int] = set()
        self.drafted: set[int] = set()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.point.__exit__(None, None, None)

    def url(self, name: str) -> str:
        return reverse(name, args=[] if name == "queue" else [self.key])

    def post(self, who: int, name: str, **values: str | list[str]) -> None:
        self.see(who, self.clients[who].post(self.url(name), values, follow=True))

    def version(self, who: int, name: str) -> str:
        html = self.clients[who].get(self.url(name)).content.decode()
        found = re.search(r'name="version" value="(\d+)"', html)
        return found[1] if found else "0"

    def see(self, who: int, response: HttpResponseBase) -> None:
        """What ``who`` gets, whatever it is, holds no trace of anybody else while they have not signed."""
        if who not in self.signed:
            text = getattr(response, "content", b"").decode()
            for other in FIVE:
                if other != who:
                    assert WORDS[other] not in text
                    assert TREATMENTS[other] not in text

    @rule(who=WHO)
    def draft(self, who: int) -> None:
        text = f"I think of {WORDS[who]}. I recommend {TREATMENTS[who]}."
        self.post(who, "answer", text=text, version=self.version(who, "answer"))
        self.drafted.add(who)

    @rule(who=WHO)
    def review(self, who: int) -> None:
        self.post(who, "review", version=self.version(who, "review"), keep_review="yes")

    @rule(who=WHO)
    def ask(self, who: int) -> None:
        self.post(who, "ask-asker", text="Does it bleed when you touch it?")

    @precondition(lambda self: self.drafted - self.signed)
    @rule(data=st.data())
    def sign(self, data: st.DataObject) -> None:
        who = data.draw(st.sampled_from(sorted(self.drafted - self.signed)))
        html = self.clients[who].get(self.url("review")).content.decode()
        names = re.findall(r'name="shown" value="([^"]+)"', html)
        version = self.version(who, "review")
        self.signed.add(who)
        self.post(who, "review", shown=names, keep=names, version=version, sign="yes")

    @precondition(lambda self: self.signed - self.withdrawn)
    @rule(data=st.data())
    def amend(self, data: st.DataObject) -> None:
        who = data.draw(st.sampled_from(sorted(self.signed - self.withdrawn)))
        text = f"On second thought {WORDS[who]}. I recommend {TREATMENTS[who]} at night."
        version = self.version(who, "amend")
        self.post(who, "amend", text=text, because=WORDS[who], version=version, review="yes")
        self.post(who, "amend-review", version=self.version(who, "amend-review"), sign="yes")

    @precondition(lambda self: self.signed - self.withdrawn)
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        who = data.draw(st.sampled_from(sorted(self.signed - self.withdrawn)))
        self.post(who, "withdraw", because=f"{WORDS[who]} was wrong")
        self.withdrawn.add(who)

    @rule(who=WHO)
    def reply(self, who: int) -> None:
        self.post(who, "reply", row=f"treatment/treatment:{TREATMENTS[who]}", text=WORDS[who])

    @rule(who=WHO, page=st.sampled_from(PAGES))
    def look(self, who: int, page: str) -> None:
        self.see(who, self.clients[who].get(self.url(page)))

    @rule()
    def asker_looks(self) -> None:
        html = self.asker.get(reverse("case", args=[self.asked.link])).content.decode()
        for who in FIVE:
            if who not in self.signed:
                assert TREATMENTS[who] not in html

    @invariant()
    def nobody_sealed_sees_another(self) -> None:
        for who in FIVE:
            if who not in self.signed:
                self.see(who, self.clients[who].get(self.url("answer")))


@pytest.mark.django_db
def test_no_order_of_steps_shows_a_sealed_specialist_anything_of_another() -> None:
    few = settings(
        max_examples=MANY or 3,
        stateful_step_count=30 if MANY else 8,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    assert len(FIVE) > site_settings.MILIUM_PANEL_SIZE
    with override_settings(MILIUM_PANEL_SIZE=len(FIVE)):
        run_state_machine_as_test(Panel, settings=few)


@pytest.mark.django_db
def test_the_machine_would_see_a_planted_leak() -> None:
    """The machine's own eyes: a page that holds another's word is noticed."""
    with override_settings(MILIUM_PANEL_SIZE=len(FIVE)):
        panel = Panel()
        try:
            panel.draft(0)
            leaked = panel.clients[0].get(panel.url("answer"))
            with pytest.raises(AssertionError):
                panel.see(1, leaked)
        finally:
            panel.teardown()
