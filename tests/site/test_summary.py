"""The visit summary: exact words, who said them, and a PDF that can be read, searched and printed."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from tests import factories as make

from milium_site.casebook.summary import MOST_WORDS, Summary, first_words
from milium_site.casebook.typesetting import Picture, typeset
from milium_site.casebook.views.summary import _summary
from milium_site.cases.actions import About


pytestmark = pytest.mark.django_db
FIRST = (
    "This looks like contact dermatitis. I would do a patch test first. I recommend an emollient twice a day. "
    "Hydrocortisone is an option. Avoid fragrances."
)
SECOND = (
    "Most likely contact dermatitis, possibly psoriasis. Tacrolimus is an option when the steroid fails. "
    "You should see a dermatologist. It may come back."
)
PIECES = [*"#$*_\\@<>`\"' aé—\n", "laser ", "biopsy ", "I recommend ", "avoid "]
HOSTILE = '#panic("x") $1/0$ \\ *bold* _it_ @ref <label> `raw` https://evil.example #include "/etc/passwd"'


def asked_of(number: int, *answers: str, text: str = make.QUESTION) -> make.Asked:
    """A case that as many specialists, some of very long names, have answered."""
    names = [
        f"Professor Dr Maximiliana Wolfeschlegelsteinhausenbergerdorff {n}" for n in range(number)
    ]
    authors = [make.specialist(name) for name in names]
    asked = make.open_case(text, about=About(sex="female", age=40, place="Maine", country="US"))
    for n, author in enumerate(authors):
        make.signed(asked.case, author, answers[n % len(answers)])
    return asked


def pdf_of(asked: make.Asked, client: Client) -> PdfReader:
    response = client.get(f"/c/{asked.link}/summary.pdf")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(response.content))


def flat(text: str) -> str:
    """Text without the breaks of lines and pages."""
    return "".join(text.split())


def text_of(reader: PdfReader) -> str:
    return flat("".join(page.extract_text() for page in reader.pages))


@pytest.fixture
def panel_of_two(settings: object) -> make.Asked:
    return asked_of(2, FIRST, SECOND)


def test_the_page_and_the_pdf_say_what_was_told_what_was_tried_and_who_said_what(
    panel_of_two: make.Asked, client: Client
) -> None:
    page = client.get(f"/c/{panel_of_two.link}/summary/").content.decode()
    printed = text_of(pdf_of(panel_of_two, client))

    for said in (
        "For your next appointment",
        "itchy rash on my neck",
        "Professor Dr Maximiliana",
        "I would do a patch test",
        "Do first",
        "Tacrolimus",
        "Questions to ask there",
        "Not a diagnosis",
    ):
        assert said in page
        assert flat(said) in printed
    assert printed.index("Dofirst") < printed.index("Theproblem,astold")


def test_every_quote_is_an_exact_span_of_its_author_s_answer(panel_of_two: make.Asked) -> None:
    summary = _summary(panel_of_two.case)
    texts = {o.credential["name"]: o.text for o in panel_of_two.case.opinions.all()}

    quotes = [
        (voice.name, quote)
        for part in (summary.first, *summary.parts)
        if part
        for entry in part.entries
        for voice in entry.spoken
        for quote in voice.quotes
    ]

    assert len(quotes) > 5
    assert all(quote in texts[name] for name, quote in quotes)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answer=st.lists(st.sampled_from(PIECES), min_size=5, max_size=30).map("".join))
def test_whatever_an_answer_holds_its_quotes_stay_spans_and_the_page_is_set(answer: str) -> None:
    text = f"I recommend an emollient. {answer}"
    asked = asked_of(1, text)

    summary = _summary(asked.case)

    for part in filter(None, (summary.first, *summary.parts)):
        for entry in part.entries:
            assert all(q in text for voice in entry.spoken for q in voice.quotes)
    assert typeset(summary).startswith(b"%PDF")


@pytest.mark.parametrize("number", [1, 2, 3, 5])
def test_it_is_paged_well_for_one_to_five_answers(
    number: int, client: Client, settings: object
) -> None:
    settings.MILIUM_PANEL_SIZE = 5  # type: ignore[attr-defined]
    reader = pdf_of(asked_of(number, FIRST, SECOND), client)

    assert len(reader.pages) <= 2 + (number > 3)
    for page in reader.pages:
        assert "Notadiagnosis" in flat(page.extract_text())


def test_the_pdf_has_a_title_a_language_and_tags(panel_of_two: make.Asked, client: Client) -> None:
    reader = pdf_of(panel_of_two, client)
    root = reader.trailer["/Root"]

    assert reader.metadata
    assert reader.metadata.title == "For your next appointment"
    assert root["/Lang"] == "en"  # type: ignore[index]
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    fonts = [
        font["/DescendantFonts"][0]["/FontDescriptor"]
        for page in reader.pages
        for font in (f.get_object() for f in page["/Resources"]["/Font"].values())
    ]  # type: ignore[index, attr-defined]
    assert fonts
    assert all("/FontFile3" in font or "/FontFile2" in font for font in fonts)


def test_what_somebody_wrote_is_never_read_as_markup(client: Client) -> None:
    text = f"I have an itchy rash on my neck. {HOSTILE}"
    asked = asked_of(1, f"I recommend an emollient {HOSTILE}.", text=text)

    assert flat(HOSTILE) in text_of(pdf_of(asked, client))
    page = client.get(f"/c/{asked.link}/summary/").content.decode()
    assert "<label>" not in page.replace("<label><input", "")


def test_before_anybody_answered_it_says_so(client: Client) -> None:
    asked = make.open_case()

    assert "Nobodyhasansweredyet" in text_of(pdf_of(asked, client))
    assert b"Nobody has answered yet" in client.get(f"/c/{asked.link}/summary/").content


def test_a_case_that_was_not_sent_has_none(client: Client) -> None:
    asked = make.draft_case()

    assert client.get(f"/c/{asked.link}/summary/").status_code == 302
    assert client.get(f"/c/{asked.link}/summary.pdf").status_code == 302


@given(words=st.text(max_size=3000))
def test_what_is_shown_of_the_asker_s_words_is_their_exact_start(words: str) -> None:
    shown = first_words(words)

    assert words.strip().startswith(shown)
    assert len(shown) <= MOST_WORDS
    assert bool(shown) == bool(words.strip())


def test_photos_stand_in_the_pdf_with_their_words(panel_of_two: make.Asked) -> None:
    from PIL import Image  # noqa: PLC0415 (this test alone draws)

    pictures = []
    for shade in (90, 130, 170, 210):
        drawn = io.BytesIO()
        Image.new("RGB", (640, 480), (shade, 150, 130)).save(drawn, "WEBP")
        pictures.append(Picture(content=drawn.getvalue(), alt=f"The neck, close up {shade}"))
    summary: Summary = _summary(panel_of_two.case)

    made = typeset(summary, pictures)

    reader = PdfReader(io.BytesIO(made))
    assert sum(len(page.images) for page in reader.pages) == 4
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index]
