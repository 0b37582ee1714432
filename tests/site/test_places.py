"""Places on a panel: taking, passing on, losing and getting one back; the queue that offers them; who looks after them."""

from __future__ import annotations

import html as html_lib
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import Settings
from tests import factories as make

from milium_site.cases.actions import seat_somebody
from milium_site.cases.models import Case, CaseTopic, Seat
from milium_site.cases.topics import topic_of
from milium_site.config import periodic
from milium_site.moderation.actions import move_case as decide
from milium_site.opinions.actions import save_draft
from milium_site.opinions.models import Opinion, Phrase
from milium_site.opinions.seats.actions import pass_case_on, release_lapsed_seats, take_case
from milium_site.opinions.seats.queries import loads, times, waiting_too_long
from milium_site.opinions.seats.queue import Filters, Place, open_places
from milium_site.people.models import Specialist


pytestmark = pytest.mark.django_db


@pytest.fixture
def author(client: Client) -> Specialist:
    author = make.specialist("Dr Author")
    client.force_login(author.user)
    return author


@pytest.fixture
def case(author: Specialist) -> Case:
    return make.open_case().case


def url(name: str, case: Case) -> str:
    return reverse(name, args=[case.key])


def shown(client: Client, address: str) -> str:
    return html_lib.unescape(client.get(address).content.decode())


def lapse(case: Case, specialist: Specialist) -> None:
    """The specialist's time is over, and the sweep has seen it."""
    seat = case.seats.get(specialist=specialist)
    assert seat.lapses_at
    release_lapsed_seats(now=seat.lapses_at)


def test_whose_time_ran_out_is_told_and_can_take_the_case_again_with_their_draft(
    client: Client, case: Case, author: Specialist
) -> None:
    make.draft(case, author, "Half an answer")
    lapse(case, author)
    Seat.objects.filter(case=case).update(lapses_at=timezone.now() - timedelta(minutes=1))

    page = shown(client, url("answer", case))
    assert "Your place was given back" in page
    assert "Half an answer" in page
    assert case.question not in page

    client.post(url("take", case))
    assert "Half an answer</textarea>" in shown(client, url("answer", case))


def test_taking_twice_is_taking_once(client: Client, case: Case, author: Specialist) -> None:
    pass_case_on(case=case, specialist=author, because="away")

    answers = [client.post(url("take", case)) for _ in range(2)]

    assert [a.headers["Location"] for a in answers] == [url("answer", case)] * 2
    assert case.seats.count() == 1


def test_a_full_panel_says_that_somebody_was_quicker(
    client: Client, case: Case, author: Specialist, settings: Settings
) -> None:
    settings.MILIUM_PANEL_SIZE = 1
    client.force_login(make.specialist("Dr Late").user)

    html = client.post(url("take", case), follow=True).content.decode()

    assert "Every place" in html or "No place on this case is free now" in html
    assert case.seats.count() == 1


def hold(case: Case) -> None:
    moderator = make.user("Mo", is_moderator=True)
    case.refresh_from_db()
    decide(case=case, what="hold", by=moderator, reason="A name in it.", seen=case.state)


@pytest.mark.parametrize("before", ["", "Half an answer"])
def test_a_tab_that_is_stale_since_the_case_was_held_gives_every_word_back(
    before: str, client: Client, case: Case, author: Specialist
) -> None:
    if before:
        make.draft(case, author, before)
    version = 1 if before else 0
    hold(case)

    typed = f"{before} and the rest of it"
    late = client.post(url("answer", case), {"text": typed, "version": version})

    assert late.status_code == 409
    assert typed in late.content.decode()
    assert case.question not in late.content.decode()
    if before:
        assert Opinion.objects.get().text == typed


def test_a_held_case_is_signed_by_nobody(client: Client, case: Case, author: Specialist) -> None:
    make.draft(case, author)
    html = client.get(url("review", case)).content.decode()
    names = re.findall(r'name="shown" value="([^"]+)"', html)
    hold(case)

    client.post(url("review", case), {"shown": names, "keep": names, "version": "1", "sign": "yes"})

    assert Opinion.objects.get().state == "draft"


def test_passing_on_asks_for_a_reason_and_keeps_what_was_written(
    client: Client, case: Case, author: Specialist
) -> None:
    make.draft(case, author, "Half an answer")
    colleague = make.specialist("Dr Colleague")
    refused = client.post(url("pass-on", case), {"because": " ", "to": str(colleague.pk)})
    assert refused.status_code == 422
    assert case.seats.count() == 1

    client.post(url("pass-on", case), {"because": "Not my field.", "to": str(colleague.pk)})

    seat = case.seats.get(specialist=author)
    assert (seat.left_because, seat.left_note) == ("passed", "Not my field.")
    assert case.seats.filter(specialist=colleague, left_at=None).exists()
    assert "Half an answer" in shown(client, url("answer", case))


def test_a_signed_case_cannot_be_passed_on(client: Client, case: Case, author: Specialist) -> None:
    make.specialist("Dr Colleague")
    make.signed(case, author)

    html = client.post(url("pass-on", case), {"because": "x"}, follow=True).content.decode()

    assert "cannot be passed on now" in html


def test_the_place_stays_while_its_holder_writes(case: Case, author: Specialist) -> None:
    opinion = make.draft(case, author)
    case.seats.update(lapses_at=timezone.now() + timedelta(minutes=5))

    save_draft(opinion=opinion, text="Still writing", version=opinion.version)

    assert case.seats.get().lapses_at > timezone.now() + timedelta(minutes=50)


def test_the_clock_gives_places_back_and_lets_cases_go_that_have_an_answer(
    case: Case, author: Specialist, settings: Settings
) -> None:
    make.specialist("Dr Free")
    waiting = make.open_case().case
    make.signed(case, author)
    long_ago = timezone.now() - timedelta(hours=settings.MILIUM_ANSWER_HOURS, minutes=1)
    Case.objects.filter(pk=case.pk).update(opened_at=long_ago)
    waiting.seats.update(lapses_at=timezone.now() - timedelta(minutes=1))
    case.refresh_from_db()
    assert case.state == "open"

    periodic.lapses()

    case.refresh_from_db()
    assert case.state == "answered"
    assert set(waiting.seats.values_list("left_because", flat=True)) == {"lapsed"}


def test_a_phrase_is_kept_put_in_and_dropped(
    client: Client, case: Case, author: Specialist
) -> None:
    other = make.specialist("Dr Other")
    for _ in range(2):
        client.post(reverse("phrases"), {"text": "Use it at night."})
    phrase = Phrase.objects.get()
    assert client.post(reverse("phrases"), {"text": " "}).status_code == 422

    client.post(url("answer", case), {"text": "First.", "version": "0", "phrase": str(phrase.pk)})
    assert Opinion.objects.get().text == "First.\n\nUse it at night."

    stranger = Client()
    stranger.force_login(other.user)
    stranger.post(reverse("phrases"), {"drop": str(phrase.pk)})
    assert Phrase.objects.exists()
    client.post(reverse("phrases"), {"drop": str(phrase.pk)})
    assert not Phrase.objects.exists()


def test_anothers_phrase_is_put_into_no_answer(client: Client, case: Case) -> None:
    other = make.specialist("Dr Other")
    theirs = Phrase.objects.create(specialist=other, text="Quillfeather", at=timezone.now())

    client.post(url("answer", case), {"text": "First.", "version": "0", "phrase": str(theirs.pk)})

    assert Opinion.objects.get().text == "First."


# The queue.


INTERESTS = [f"condition:c{n}" for n in range(3)]
CASES = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.integers(0, 3),
        st.sets(st.sampled_from(INTERESTS)),
        st.integers(0, 2),
        st.sampled_from(["rash", "spot"]),
    ),
    min_size=1,
    max_size=12,
)


@given(made=CASES, size=st.integers(1, 5), urgency=st.sampled_from([None, 3]))
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_page_after_page_the_queue_is_the_order_that_it_promises(
    made: list[tuple[int, int, set[str], int, str]],
    size: int,
    urgency: int | None,
    author: Specialist,
) -> None:
    """The oracle sorts the cases by hand."""
    Case.objects.all().delete()
    author.interests = INTERESTS
    now = timezone.now()
    expected = []
    for number, (rank, days, topics, seconds, problem) in enumerate(made):
        sent = now - timedelta(days=days, seconds=seconds)
        row = Case.objects.create(
            key=f"k{number}", link_digest=f"{number}", state="open", text="x", question="x",
            history_read={}, history={}, urgency_rank=rank, problem=problem, has_place=True,
            started_at=sent, submitted_at=sent, opened_at=sent, queued_on=sent.date(),
        )  # fmt: skip
        CaseTopic.objects.bulk_create(CaseTopic(case=row, topic=topic_of(t)) for t in topics)
        if urgency in {None, rank}:
            expected.append((rank, sent.date(), -len(topics), sent, row.pk))

    found: list[int] = []
    place: Place | None = None
    while True:
        page = open_places(
            author, now=now, filters=Filters(urgency=urgency), after=place, size=size
        )
        found += page.fits
        if page.next is None:
            break
        assert Place.read(str(page.next)) == page.next
        place = page.next

    assert found == [row[-1] for row in sorted(expected)]


@pytest.mark.parametrize(
    "after", ["", "x", "1.2.3", "9.9999999999.0.0.0", "3.1.-1.0.0", "٣.1.1.1.1"]
)
def test_a_place_that_is_none_shows_the_first_page(
    after: str, client: Client, case: Case, author: Specialist
) -> None:
    pass_case_on(case=case, specialist=author, because="x")
    client.force_login(make.specialist("Dr Other").user)

    page = client.get(reverse("queue"), {"after": after, "urgency": "9", "days": "x"})

    assert page.status_code == 200
    assert "Take this case" in page.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [("urgency=3", True), ("urgency=1", False), ("days=3", False), ("photos=on", False)],
)
def test_the_queue_is_narrowed_as_asked(
    query: str,
    found: bool,  # noqa: FBT001 (a parameter of the test)
    client: Client,
    case: Case,
    author: Specialist,
) -> None:
    pass_case_on(case=case, specialist=author, because="x")
    client.force_login(make.specialist("Dr Other").user)

    assert ("Take this case" in shown(client, f"{reverse('queue')}?{query}")) is found


# The coordinator.


def test_the_coordinators_figures_are_what_was_measured(case: Case, author: Specialist) -> None:
    colleague = make.specialist("Dr Colleague")
    second = make.open_case().case
    make.signed(case, author)
    opened = timezone.now() - timedelta(hours=10)
    Case.objects.filter(pk=case.pk).update(opened_at=opened)
    case.seats.filter(specialist=author).update(taken_at=opened + timedelta(hours=2))
    Opinion.objects.update(signed_at=opened + timedelta(hours=5))
    pass_case_on(case=second, specialist=colleague, because="away")

    now = timezone.now()
    measured = times(now, sealed_for=None)
    rows = {row.specialist.name: row for row in loads(now, sealed_for=None)}

    assert (measured.allocation, measured.allocated) == (timedelta(hours=2), 1)
    assert (measured.answer, measured.answered) == (timedelta(hours=5), 1)
    assert (measured.writing, measured.written) == (timedelta(hours=3), 1)
    assert (rows["Dr Author"].waiting, rows["Dr Author"].signed) == (1, 1)
    assert (rows["Dr Colleague"].waiting, rows["Dr Colleague"].passed) == (0, 1)


@pytest.mark.parametrize(
    ("hours", "taken", "late"),
    [(3, False, False), (5, False, True), (5, True, False), (25, True, True)],
)
def test_a_case_waits_too_long_untaken_or_unanswered(
    hours: int,
    taken: bool,  # noqa: FBT001 (a parameter of the test)
    late: bool,  # noqa: FBT001 (a parameter of the test)
    case: Case,
    author: Specialist,
) -> None:
    if taken:
        take_case(case=case, specialist=author)
    now = timezone.now()
    Case.objects.filter(pk=case.pk).update(opened_at=now - timedelta(hours=hours))

    assert (waiting_too_long(now, sealed_for=None) == [case]) is late


def test_a_moderator_who_still_has_to_answer_sees_nothing_of_that_case(
    client: Client, case: Case
) -> None:
    both = make.specialist("Dr Both")
    both.user.is_moderator = True
    both.user.save()
    seat_somebody(case=case, specialist_id=both.pk, now=timezone.now())
    Case.objects.filter(pk=case.pk).update(opened_at=timezone.now() - timedelta(days=2))
    other = Client()
    other.force_login(make.user("Mo", is_moderator=True))
    client.force_login(both.user)

    assert case.key in shown(other, reverse("panel"))
    assert case.key not in shown(client, reverse("panel"))
