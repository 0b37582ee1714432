"""The asker's page: where the case stands, and the comparison of what was signed."""

from __future__ import annotations

import html as html_lib
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as date
from tests import factories as make

from milium.api import (
    STANCES,
    Comparison,
    ConceptRef,
    Difference,
    Note,
    Position,
    Quote,
    Row,
    Source,
    Tried,
    evidence_for,
    text_of,
)
from milium_site.cases.actions import About, about_of
from milium_site.opinions.forms import STANCE_WORDS
from milium_site.opinions.models import Opinion
from milium_site.opinions.presenters import MARKS, TOPICS, Line, Notes, SideBySide, side_by_side
from milium_site.opinions.queries import comparison_of, conditions_named
from milium_site.people.policies import a_year_after


pytestmark = pytest.mark.django_db

FIRST = (
    "This is contact dermatitis. I recommend an emollient. Avoid perfume. You need a patch test."
)
SECOND = "Contact dermatitis is possible. An emollient is an option. It is benign."


def page(client: Client, asked: make.Asked) -> str:
    response = client.get(reverse("case", args=[asked.link]))
    assert response.status_code == 200
    return html_lib.unescape(response.content.decode())


@pytest.fixture
def asked() -> make.Asked:
    authors = [make.specialist("Dr First"), make.specialist("Dr Second")]
    asked = make.open_case()
    for author, text in zip(authors, (FIRST, SECOND), strict=True):
        make.signed(asked.case, author, text)
    asked.case.refresh_from_db()
    return asked


def test_before_any_answer_it_says_who_has_the_case_and_gives_the_link(client: Client) -> None:
    make.specialist("Dr First")
    asked = make.open_case()

    html = page(client, asked)

    assert "Your case is with 1 specialist." in html
    assert "Dr First" in html
    assert f"http://testserver/c/{asked.link}/" in html
    assert "Side by side" not in html


def test_without_a_free_specialist_it_says_so(client: Client) -> None:
    assert "No specialist is free yet" in page(client, make.open_case())


def test_every_quote_on_the_page_stands_in_an_answer(client: Client, asked: make.Asked) -> None:
    html = page(client, asked)

    quotes = re.findall(r"<summary><q>([^<]+)</q>", html)

    assert len(quotes) >= 5
    assert all(quote in FIRST or quote in SECOND for quote in quotes)


def test_each_quote_opens_inside_the_whole_answer(client: Client, asked: make.Asked) -> None:
    html = page(client, asked)

    opened = re.findall(
        r'<summary><q>([^<]+)</q></summary><div class="whole">(.*?)</div>', html, re.DOTALL
    )

    assert opened
    for quote, whole in opened:
        assert f"<mark>{quote}</mark>" in whole
        assert re.sub(r"</?mark>", "", whole) in {FIRST, SECOND}


def test_the_parts_stand_in_the_order_of_safety(client: Client, asked: make.Asked) -> None:
    html = page(client, asked)

    places = [
        html.index(f'id="{part}"')
        for part in ("do-first", "may-be", "options", "avoid", "expect", "differ")
    ]

    assert places == sorted(places)


def test_silence_is_not_mentioned_never_no(client: Client, asked: make.Asked) -> None:
    html = page(client, asked)

    assert "not mentioned" in html
    assert not re.search(r"<td[^>]*>\s*</td>", html)


def test_the_head_of_a_column_says_who_and_what_was_checked(
    client: Client, asked: make.Asked
) -> None:
    html = page(client, asked)

    assert "Dr First" in html
    assert (
        f"Register checked by a moderator of this site on {date(timezone.localdate(), 'j F Y')}"
        in html
    )
    assert f"valid until {date(a_year_after(timezone.localdate()), 'j F Y')}" in html
    assert "Sells or is paid for: nothing stated" in html


def test_what_was_known_of_an_author_when_they_signed_stays(
    client: Client, asked: make.Asked
) -> None:
    first = Opinion.objects.order_by("pk").first()
    assert first
    first.specialist.name = "Dr Married-Since"
    first.specialist.save()

    assert "Dr First" in page(client, asked)


def test_the_first_line_says_that_everybody_has_answered(client: Client, asked: make.Asked) -> None:
    assert "Everybody on the panel has answered." in page(client, asked)


def test_a_country_decides_which_notes_apply() -> None:
    author = make.specialist()
    text = "Oral etretinate is an option."
    found = {}
    for country in ("US", "JP"):
        asked = make.open_case(about=About(country=country))
        make.signed(asked.case, author, text)
        opinions = list(asked.case.opinions.all())
        found[country] = {
            note.id
            for note in comparison_of(asked.case, opinions).notes
            if note.kind == "withdrawn"
        }

    assert found["US"]
    assert not found["JP"]


# The presenter, on a comparison that holds everything.
NOTE = Note(
    id="n1", kind="withdrawn", statement="Not sold here.", concepts=("treatment:etretinate",),
    sources=(Source(url="https://example.org/n1", title="A register"),), reviewed="2026-11-22",
)  # fmt: skip


def position(opinion: Opinion, stance: str, words: str) -> Position:
    start = opinion.text.index(words)
    return Position(
        opinion=str(opinion.pk), stance=stance, route=None, condition=None,  # type: ignore[arg-type] # drawn by hand below
        quote=Quote.of(opinion.text, start, start + len(words)),
    )  # fmt: skip


@pytest.fixture
def side(asked: make.Asked) -> SideBySide:
    first, second = asked.case.opinions.order_by("pk")
    emollient = ConceptRef(id="treatment:emollient", name="emollient")
    patch = ConceptRef(id="test:patch-test", name="patch test")
    comparison = Comparison(
        case="x",
        opinions=(str(first.pk), str(second.pk)),
        do_first=(
            Row(
                kind="test",
                concept=patch,
                positions=(position(first, "recommended", "patch test"),),
            ),
        ),
        options=(
            Row(
                kind="treatment",
                concept=emollient,
                positions=(
                    position(first, "recommended", "emollient"),
                    position(second, "option", "emollient"),
                ),
                tried=Tried(
                    concept=emollient, response="none", quote=Quote(text="it", start=0, end=2)
                ),
                notes=("n1", "unknown"),
            ),
        ),
        differences=(
            Difference(kind="test", concept=patch, opinions=(str(first.pk),)),
            Difference(
                kind="treatment",
                concept=emollient,
                opinions=(str(first.pk), str(second.pk)),
                reason="stance",
            ),
        ),
        notes=(NOTE,),
        questions_to_ask=("Which?",),
    )
    return side_by_side(comparison, [first, second])


def test_the_sentence_on_top_counts_and_links_to_what_it_counted(side: SideBySide) -> None:
    assert [f"{c.number} {c.rest}" for c in side.counts] == [
        "2 specialists answered.",
        "Both name emollient.",
        "One names a test to do first: patch test.",
    ]
    anchors = {line.id for section in side.sections for line in section.lines} | {"answers"}
    assert all(count.href.removeprefix("#") in anchors for count in side.counts)


def test_a_row_holds_what_was_tried_and_its_notes(side: SideBySide) -> None:
    line = side.sections[1].lines[0]

    assert line.tried == "emollient: did not help"
    assert line.notes == Notes(open=(NOTE,))
    assert [[s.word for s in cell.said] for cell in line.cells] == [["recommended"], ["option"]]


def test_differences_are_told_apart_from_what_only_one_names(side: SideBySide) -> None:
    assert [p.name for p in side.partings] == ["emollient"]
    assert side.partings[0].views == (("Dr First", "recommended"), ("Dr Second", "option"))
    assert [(o.who, [name for name, _ in o.items]) for o in side.only] == [
        ("Dr First", ["patch test"])
    ]


def test_who_is_silent_stands_in_one_line(side: SideBySide) -> None:
    patch, emollient = side.sections[0].lines[0], side.sections[1].lines[0]

    assert patch.silent == "Dr Second"
    assert emollient.silent == ""


def test_only_what_is_gravest_stays_unfolded_and_every_note_is_there_once(
    asked: make.Asked,
) -> None:
    asked = make.open_case(about=about_of(asked.case))
    author = asked.case.seats.first().specialist
    make.signed(asked.case, author, "Topical retinoids, tretinoin or oral etretinate are options.")
    opinions = list(asked.case.opinions.all())
    comparison = comparison_of(asked.case, opinions)

    side = side_by_side(comparison, opinions)
    lines = [line for s in side.sections for line in s.lines]

    every = [line.notes for line in lines] + [side.notes]
    shown = [note.id for notes in every for note in (*notes.open, *notes.folded)]
    assert side.notes.folded  # on the hydrocortisone they use, which nobody speaks of
    assert sorted(shown) == sorted({note.id for note in comparison.notes})
    assert {note.kind for line in lines for note in line.notes.open} == {"withdrawn"}
    assert {note.kind for note in comparison.notes} <= set(TOPICS)
    assert any("pregnancy" in line.notes.topics for line in lines)


MILIA = (
    "This is milia en plaque. Cryotherapy is an option, and so is a topical retinoid. "
    "Tretinoin is an option. So is a carbon dioxide laser."
)


def milia_lines(client: Client, text: str, question: str) -> tuple[str, dict[str, Line]]:
    author = make.specialist("Dr Reader")
    asked = make.open_case(question)
    make.signed(asked.case, author, text)
    asked.case.refresh_from_db()
    opinions = list(asked.case.opinions.all())
    side = side_by_side(
        comparison_of(asked.case, opinions), opinions, named=conditions_named(asked.case)
    )
    return page(client, asked), {line.name: line for s in side.sections for line in s.lines}


def test_what_was_published_stands_under_the_condition_and_its_treatments(client: Client) -> None:
    html, lines = milia_lines(client, MILIA, make.QUESTION)

    every = lines["Milia en plaque"].evidence
    frozen = lines["Cryotherapy"].evidence
    assert every
    assert set(every.reports) == set(evidence_for("condition:milia-en-plaque"))
    assert frozen
    assert frozen.reports == evidence_for("condition:milia-en-plaque", "treatment:cryotherapy")
    assert f"{len(every.reports)} published reports on milia en plaque" in html
    assert all(
        html_lib.escape(report.sources[0].url) in html_lib.escape(html) for report in every.reports
    )
    assert lines["Carbon dioxide laser"].evidence is None


def test_a_report_on_a_member_is_not_told_again_under_its_class(client: Client) -> None:
    _, lines = milia_lines(client, MILIA, make.QUESTION)

    own, members = lines["Retinoid"].evidence, lines["Tretinoin"].evidence
    assert members
    assert own
    assert not set(own.reports) & set(members.reports)


def test_the_condition_the_asker_named_counts_unless_it_was_rejected(client: Client) -> None:
    asks = "I have milia en plaque behind my ear. What can I do?"

    _, named = milia_lines(client, "Cryotherapy is an option.", asks)
    _, unnamed = milia_lines(client, "Cryotherapy is an option.", make.QUESTION)
    _, rejected = milia_lines(
        client, "This is not milia en plaque. Cryotherapy is an option.", asks
    )

    assert named["Cryotherapy"].evidence
    assert unnamed["Cryotherapy"].evidence is None
    assert rejected["Cryotherapy"].evidence is None


def test_the_name_of_a_row_opens_what_it_is(client: Client) -> None:
    html, lines = milia_lines(client, MILIA, make.QUESTION)

    text = text_of("treatment:cryotherapy")
    assert text
    assert lines["Cryotherapy"].what
    assert 'href="#word-treatment-cryotherapy">Cryotherapy</a></th>' in html
    assert (
        f'<li id="word-treatment-cryotherapy"><p><strong>Cryotherapy</strong></p><p>{text.text}</p>'
        in html
    )
    assert reverse("about-word", args=["treatment", "cryotherapy"]) in html


def test_every_stance_has_a_word_and_a_shape() -> None:
    stances = {stance for kind in STANCES.values() for stance in kind}

    assert set(MARKS) == set(STANCE_WORDS) == stances
