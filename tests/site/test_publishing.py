"""A case's way into the archive and out of it."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import factories as make

from milium.api import parse_html
from milium_site.archive.actions import mask, refuse, take_out, unmask, unpublish_case
from milium_site.archive.changes.actions import note_change
from milium_site.archive.importing import Origin
from milium_site.archive.keeper import keeper
from milium_site.archive.masking import Wishes, covered
from milium_site.archive.models import PublishedCase, PublishedOpinion, Tag
from milium_site.archive.pages.actions import derive, import_case
from milium_site.archive.policies import NotNow
from milium_site.archive.queries import publication_of
from milium_site.casebook.actions import erase_case, withdraw_consent
from milium_site.consents.texts import ARCHIVE_TEXT
from milium_site.foundation.values import quote_from


pytestmark = pytest.mark.django_db
NAMED = "Hello, my name is Anna Petrova. For 2 months I have had an itchy rash on my neck."


def found(client: Client, query: str) -> str:
    return client.get(reverse("search"), {"q": query}).content.decode()


def test_a_published_case_is_found_by_its_words_and_gone_once_it_is_taken_back(
    client: Client,
) -> None:
    page = make.published(make.specialist())
    address = page.get_absolute_url()
    assert client.get(address).status_code == 200
    assert address in found(client, "itchy neck")
    assert address in client.get(reverse("archive-feed")).content.decode()
    assert address in client.get(reverse("sitemap")).content.decode()

    assert page.publication
    unpublish_case(case=page.publication.case, because="asker")

    assert client.get(address).status_code == 410
    assert address not in found(client, "itchy neck")
    assert address not in client.get(reverse("archive-feed")).content.decode()
    assert address not in client.get(reverse("sitemap")).content.decode()
    assert not PublishedCase.objects.exists()


@pytest.mark.parametrize("way", ["consent", "erased"])
def test_taking_back_the_consent_or_erasing_the_case_takes_the_page_away(
    way: str, client: Client
) -> None:
    page = make.published(make.specialist())
    assert page.publication
    assert client.get(page.get_absolute_url()).status_code == 200

    if way == "consent":
        withdraw_consent(case=page.publication.case, purpose=ARCHIVE_TEXT)
    else:
        erase_case(case=page.publication.case)

    assert client.get(page.get_absolute_url()).status_code == 410


def test_nothing_is_published_that_the_asker_has_not_seen() -> None:
    early, late = make.specialist("Dr Early"), make.specialist("Dr Late")
    asked = make.agreed(early)
    make.signed(asked.case, late, "I recommend an ointment that nobody has seen.")

    page = make.approved(asked)

    assert [o.credential["name"] for o in page.opinions.all()] == ["Dr Early"]


def test_a_name_is_masked_and_every_cell_still_has_its_words() -> None:
    page = make.published(make.specialist(), text=NAMED)

    assert "Petrova" not in json.dumps([page.title, page.question, page.history])
    for part in ("sites", "symptoms", "absent", "tried"):
        for item in page.history[part]:
            quote = quote_from(item["quote"])
            assert page.question[quote.start : quote.end] == quote.text
    for opinion in page.opinions.all():
        assert opinion.reading
        for item in opinion.reading:
            quote = quote_from(item["quote"])
            assert opinion.text[quote.start : quote.end] == quote.text


@given(words=st.lists(st.sampled_from(make.ANSWER.split()), max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_quote_is_moved_to_its_own_words_or_dropped(words: list[str]) -> None:
    text = covered(make.ANSWER, Wishes(taken_out=tuple(words)))

    for statement in make.read_answer(make.ANSWER):
        moved = text.moved(statement.quote)
        if moved is not None:
            assert text.text[moved.start : moved.end] == statement.quote.text
        else:
            quote = statement.quote
            assert any(c.start < quote.end and quote.start < c.end for c in text.covers)


def test_the_asker_and_the_moderator_mask_more_and_what_the_asker_took_out_stays_out() -> None:
    asked = make.agreed(make.specialist(), text=NAMED)
    publication = publication_of(asked.case)
    assert publication
    refuse(publication=publication)
    take_out(publication=publication, words="2 months")
    make.agree_to(asked)
    mask(publication=publication, words="neck")
    unmask(publication=publication, words="2 months")

    page = make.approved(asked)

    assert "2 months" not in page.question
    assert "neck" not in page.question
    assert not any(item["concept"]["name"] == "neck" for item in page.history["sites"])


def test_how_long_it_has_lasted_goes_with_the_words_that_told_it() -> None:
    asked, other = make.agreed(make.specialist()), make.published(make.specialist())
    publication = publication_of(asked.case)
    assert publication
    assert other.history["duration"] == "P2M"
    mask(publication=publication, words="2 months")

    assert make.approved(asked).history["duration"] is None


def test_a_page_of_a_concept_counts_who_is_against_it_and_every_link_leads_somewhere(
    client: Client,
) -> None:
    answer = "This looks like psoriasis. Eczema is unlikely. Avoid scratching. See a dermatologist."
    case = make.published(make.specialist(), answer=answer).get_absolute_url()
    against = client.get("/treatments/scratching/").content.decode()
    assert "advised against" in against
    seen, left = set(), {case, "/conditions/psoriasis/"}
    while left:
        page = left.pop()
        seen.add(page)
        response = client.get(page)
        assert response.status_code == 200, page
        kinds = r'href="(/(?:conditions|treatments|tests|specialties|cases|about)/[^"#?]*)"'
        left |= {*re.findall(kinds, response.content.decode())} - seen

    assert {"/treatments/scratching/", "/specialties/dermatology/"} <= seen
    assert "/conditions/eczema/" not in seen


def test_cases_can_be_narrowed_by_skin_type_in_the_order_of_the_types(client: Client) -> None:
    pages = [make.published(make.specialist()) for _ in range(3)]
    for page, skin in zip(pages, "531", strict=True):
        page.skin_type = skin
        page.save()
        derive(page=page)
        note_change(key=page.key)

    shown = found(client, "itchy neck")
    narrowed = client.get(reverse("search"), {"q": "itchy", "skin": "3"}).content.decode()

    types = re.findall(r">(I{1,3}|IV|VI?), [^<]+</a>", shown)
    assert types == ["I", "III", "V"]
    assert pages[1].get_absolute_url() in narrowed
    assert pages[0].get_absolute_url() not in narrowed


def test_concepts_are_derived_anew_after_a_change_of_the_vocabulary(
    client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    page = make.published(make.specialist())
    signed = page.opinions.get().reading
    case = parse_html(client.get(page.get_absolute_url()).content.decode())
    import_case(found=case, origin=Origin(name="Skin Forum", licence="CC BY 4.0"))
    tags = set(Tag.objects.values_list("page", "facet", "value"))
    assert {facet for _, facet, _ in tags} >= {"condition", "region", "treatment"}
    # As an older vocabulary left it: no region, and of the imported nothing was read.
    Tag.objects.filter(facet="region").delete()
    PublishedOpinion.objects.filter(page__source_id__isnull=False).update(reading=[])
    Tag.objects.filter(page__source_id__isnull=False).delete()

    for told in ("2 changed", "0 changed"):
        call_command("derive_tags")
        assert told in capsys.readouterr().out

    assert set(Tag.objects.values_list("page", "facet", "value")) == tags
    assert page.opinions.get().reading == signed
    narrowed = client.get(reverse("search"), {"region": "site:neck"}).content.decode()
    assert page.get_absolute_url() in narrowed


def test_what_came_of_it_is_told_with_who_told_and_who_did_not(client: Client) -> None:
    one, silent = make.specialist(), make.specialist()
    asked = make.open_case()
    make.signed(asked.case, one)
    make.signed(asked.case, silent, "This looks like tinea corporis.")
    pages = [make.approved(make.agree_to(asked))]
    pages += [make.published(one) for _ in range(3)]
    emollient = [{"id": "treatment:emollient", "name": "emollient"}]
    for page, helped in zip(pages, ("yes", "no", "early"), strict=False):
        page.outcomes = [{"weeks": 6, "helped": helped, "chosen": emollient}]
        page.save()
        derive(page=page)
        note_change(key=page.key)

    shown = client.get("/treatments/emollient/").content.decode()

    assert "Of 4 cases, 2 told what came of it; 2 did not, or found it too early." in shown
    assert "1 of 2 who took it and told say that it helped" in shown
    assert "4 of 5" in shown


def test_the_asker_says_no_and_a_moderator_cannot_publish_it() -> None:
    asked = make.agreed(make.specialist())
    publication = publication_of(asked.case)
    assert publication
    refuse(publication=publication)

    with pytest.raises(NotNow):
        make.approved(asked)
    assert not PublishedCase.objects.exists()


def test_the_page_is_public_and_marked_up_so_that_our_own_reader_reads_it_back(
    client: Client,
) -> None:
    page = make.published(make.specialist("Dr </script><b>"))

    response = client.get(page.get_absolute_url())
    html = response.content.decode()

    assert response.headers["X-Robots-Tag"] == "all"
    assert "public" in response.headers["Cache-Control"]
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert block
    data = json.loads(block[1])
    assert "acceptedAnswer" not in data["mainEntity"]
    read = parse_html(html)
    assert read.question == page.question
    assert [o.text for o in read.opinions] == [o.text for o in page.opinions.all()]
    again = client.get(page.get_absolute_url(), headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


def test_a_page_kept_in_memory_is_never_given_to_nobody_after_a_change(client: Client) -> None:
    first = make.published(make.specialist())
    before = client.get(reverse("archive")).content.decode()
    second = make.published(make.specialist())

    assert second.get_absolute_url() not in before
    assert second.get_absolute_url() in client.get(reverse("archive")).content.decode()
    assert first.get_absolute_url() in client.get(reverse("archive")).content.decode()


def test_the_first_reader_and_the_second_get_the_same_words_packed_or_not(client: Client) -> None:
    address = make.published(make.specialist()).get_absolute_url()

    packed = [client.get(address, headers={"Accept-Encoding": "gzip"}) for _ in range(2)]

    plain = client.get(address)
    assert [gzip.decompress(r.content) for r in packed] == [plain.content] * 2
    assert "Content-Encoding" not in plain.headers


QUERIES = [
    "",
    "the and of",
    '"',
    "'(" * 50,
    "AND OR NOT",
    "a:b^2~3",
    "\x00\x01\x1b",
    "x" * 10_000,
    "итч",
    "*",
    "[1 TO",
    "itch " * 2000,
]


@pytest.mark.parametrize("query", QUERIES)
def test_any_query_gets_an_answer(query: str, client: Client) -> None:
    make.published(make.specialist())

    assert client.get(reverse("search"), {"q": query, "condition": query}).status_code == 200
    assert client.get(reverse("suggest"), {"q": query}).status_code == 200
    assert client.post(reverse("like"), {"text": query}).status_code == 200


# Whatever a text is made of: letters of all scripts, control characters, operators and quotes.
TYPED = st.text(
    st.one_of(st.characters(codec="utf-8"), st.sampled_from("\"'()[]{}^~*?:\\/+-&|!\0\x1b\x7f")),
    max_size=300,
)


@given(typed=TYPED, facet=st.sampled_from(("condition", "region", "age", "skin", "page", "x")))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_that_is_typed_breaks_a_page(typed: str, facet: str, client: Client) -> None:
    given = {"q": typed, facet: typed, "page": typed}
    for name in ("search", "suggest", "archive", "archive-feed", "archive-body", "sitemap"):
        status = client.get(reverse(name), given).status_code
        # A sitemap says that there is no such page of it.
        assert status == 200 or (name == "sitemap" and status == 404), name
    assert client.post(reverse("like"), {"text": typed}).status_code == 200


def test_control_characters_in_what_is_imported_break_no_feed(
    tmp_path: Path, client: Client
) -> None:
    file = tmp_path / "answers.jsonl"
    odd = "ring \u0000\u000b\u001b\ufffe"
    case = {"id": odd, "title": f"Red {odd}", "question": f"A red {odd}", "opinions": [
        {"id": "a", "specialist": odd, "text": f"This looks like tinea corporis. {odd}"}]}  # fmt: skip
    file.write_text(json.dumps(case), "utf-8")

    call_command("import_archive", str(file), source="Skin Forum", licence="CC BY 4.0")

    page = PublishedCase.objects.get()
    for address in (page.get_absolute_url(), reverse("archive-feed"), reverse("sitemap")):
        assert client.get(address).status_code == 200
    assert page.get_absolute_url() in found(client, "red ring")


@pytest.mark.parametrize("damage", ["cut", "gone", "manifest"])
def test_a_damaged_index_is_made_anew(damage: str, client: Client) -> None:
    page = make.published(make.specialist())
    assert page.get_absolute_url() in found(client, "itchy")
    kept = keeper()
    files = [f for f in kept.folder.rglob("*") if f.is_file()]
    for file in files:
        if damage == "gone":
            file.unlink()
        elif damage == "cut" or file.name == "index.json":
            file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    kept.archive = None

    found(client, "itchy")

    assert page.get_absolute_url() in found(client, "itchy")


def test_import_is_idempotent_and_a_bad_record_loses_no_other(
    tmp_path: Path, client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    good = {
        "id": "7",
        "title": "Red ring",
        "question": "A red ring on my leg",
        "opinions": [{"id": "a", "text": "This looks like tinea corporis."}],
    }
    file = tmp_path / "answers.jsonl"
    file.write_text(
        "\n".join(
            [
                json.dumps(good),
                "{broken",
                '{"id": "8", "title": "t", "question": "q", "opinions": []}',
            ]
        ),
        "utf-8",
    )

    for expected in ("1 new or changed", "0 new or changed, 1 the same"):
        call_command("import_archive", str(file), source="Skin Forum", licence="CC BY 4.0")
        told = capsys.readouterr()
        assert expected in told.out
        assert ":2:" in told.err
        assert ":3:" in told.err

    page = PublishedCase.objects.get()
    shown = client.get(page.get_absolute_url()).content.decode()
    assert "Skin Forum" in shown
    assert "CC BY 4.0" in shown
    assert page.get_absolute_url() in found(client, "red ring leg")


QA_PAGE = """<!doctype html><title>q</title><script type="application/ld+json">
{"@context": "https://schema.org", "@type": "QAPage", "mainEntity": {"@type": "Question", "name": "White bumps",
 "text": "White bumps under my eyes", "suggestedAnswer": [{"@type": "Answer", "text": "These look like milia."}]}}
</script>"""
MICRODATA = """<!doctype html><title>q</title><div itemscope itemtype="https://schema.org/QAPage">
<div itemprop="mainEntity" itemscope itemtype="https://schema.org/Question"><h1 itemprop="name">Brown spot</h1>
<p itemprop="text">A brown spot on my back</p><div itemprop="suggestedAnswer" itemscope
itemtype="https://schema.org/Answer"><p itemprop="text">This looks like a seborrheic keratosis.</p></div></div></div>"""


def test_a_folder_of_pages_is_imported_once_and_what_is_no_page_is_named(
    tmp_path: Path, client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, text in (("a", QA_PAGE), ("b", MICRODATA), ("c", "<p>No answer is here.</p>")):
        (tmp_path / f"{name}.html").write_text(text, "utf-8")

    for expected in ("2 new or changed, 0 the same", "0 new or changed, 2 the same"):
        call_command("import_archive", str(tmp_path), source="Skin Forum", licence="CC BY 4.0")
        told = capsys.readouterr()
        assert expected in told.out
        assert "c.html" in told.err

    assert PublishedCase.objects.count() == 2
    assert "White bumps" in found(client, "bumps under eyes")
    assert "Brown spot" in found(client, "brown spot back")
