from __future__ import annotations

import json
from typing import Any

import pytest

from milium import api
from milium.errors import UnusableInput


ANSWER = {
    "@type": "Answer",
    "text": "Looks like ringworm.<br>Use clotrimazole &amp; keep it dry.",
    "author": {"@type": "Person", "name": "Dr One", "jobTitle": "dermatologist"},
}
QUESTION = {
    "@type": "Question",
    "name": "Ring on arm",
    "text": "<p>Round patch.</p><p>What is it?</p>",
    "acceptedAnswer": ANSWER,
    "suggestedAnswer": [
        ANSWER,
        {"@type": "Answer", "text": "Nummular eczema?", "author": "Dr Two"},
    ],
}


def _json_page(data: Any) -> str:  # noqa: ANN401 - any JSON
    block = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    return f"<!doctype html><html><head>{block}</head><body><p>x</body></html>"


MICRODATA = """<html itemscope itemtype="https://schema.org/QAPage"><body>
<div itemprop="mainEntity" itemscope itemtype="https://schema.org/Question"><h1 itemprop="name">Ring on arm</h1>
<div itemprop="text"><p>Round patch.</p><p>What is it?</p></div>
<div itemprop="suggestedAnswer acceptedAnswer" itemscope itemtype="https://schema.org/Answer">
<div itemprop="text"><ul><li>Ringworm.</li><li>Use <b>clotrimazole</b> cream.</li></ul><script>x()</script></div>
<span itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">Dr Two</span></span>
</div></div></body></html>"""


@pytest.mark.parametrize(
    "data",
    [
        QUESTION,
        {"@type": "QAPage", "mainEntity": QUESTION},
        {
            "@context": "https://schema.org",
            "@graph": [{"@type": "WebPage"}, {"mainEntity": [QUESTION]}],
        },
        [{"@type": ["QAPage"], "mainEntity": {**QUESTION, "@type": ["Question"]}}],
    ],
)
def test_a_marked_up_question_is_a_case(data: object) -> None:
    case = api.parse_html(_json_page(data), name="ring")

    assert (case.id, case.title) == ("ring", "Ring on arm")
    assert case.question == "Round patch.\n\nWhat is it?"
    assert [(o.specialist, o.specialty) for o in case.opinions] == [
        ("Dr One", "dermatologist"),
        ("Dr Two", None),
    ]
    assert case.opinions[0].text == "Looks like ringworm.\n\nUse clotrimazole & keep it dry."
    assert "2 answers were taken from the page's JSON-LD" in case.remarks[0]


def test_microdata_is_read_too() -> None:
    case = api.parse_html(MICRODATA)

    assert case.title == "Ring on arm"
    assert [(o.specialist, o.text) for o in case.opinions] == [
        ("Dr Two", "Ringworm.\n\nUse clotrimazole cream.")
    ]


def test_a_broken_block_does_not_hide_a_good_one() -> None:
    page = _json_page(QUESTION).replace(
        "<head>", '<head><script type="application/ld+json">{broken</script>'
    )

    assert api.parse_html(page).title == "Ring on arm"


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("<p>no question here", "holds no question"),
        (_json_page({"@type": "Article", "name": "x"}), "holds no question"),
        (_json_page({"@type": "Question", "name": "x"}), "has no answers"),
        (
            _json_page({**QUESTION, "acceptedAnswer": {"text": ""}, "suggestedAnswer": 5}),
            "has no answers",
        ),
    ],
)
def test_a_page_without_a_question_or_answers_is_refused(page: str, reason: str) -> None:
    with pytest.raises(UnusableInput) as caught:
        api.parse_html(page, source="p.html")

    assert str(caught.value).startswith("p.html: ")
    assert reason in str(caught.value)


def test_a_page_nested_without_end_is_refused() -> None:
    page = MICRODATA.replace("<p>Round patch.</p>", "<div>" * 4_000)

    with pytest.raises(UnusableInput, match="nested too deeply"):
        api.parse_html(page)
