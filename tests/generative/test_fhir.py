"""A case goes to a clinic and comes back: the same dossier, the same comparison, whatever is in it."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from typing import Any

from fhirclient.models.bundle import Bundle as SecondBundle
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.generative.test_comparing import NAMES, _concept

from milium import api
from milium.errors import UnusableInput


TIMES = st.sampled_from(["2026-11-20T10:00:00Z", "2026-11-21T23:59:59+02:00"])
# FHIR cannot hold every character; a case can.
TEXTS = st.text(
    st.characters(codec="utf-8"), min_size=1, max_size=80
).filter(lambda text: text.strip() != "")  # fmt: skip
LINES = st.from_regex(r"[A-Za-z][A-Za-z0-9 ,.]{0,20}[a-z]", fullmatch=True)


@st.composite
def spans(draw: st.DrawFn, text: str) -> api.Quote:
    start = draw(st.integers(min_value=0, max_value=len(text) - 1))
    end = draw(st.integers(min_value=start + 1, max_value=len(text)))
    return api.Quote.of(text, start, end)


@st.composite
def readings(draw: st.DrawFn, text: str) -> tuple[api.Statement, ...]:
    said: dict[tuple[str, str], api.Statement] = {}
    for _ in range(draw(st.integers(min_value=0, max_value=4))):
        kind: Any = draw(st.sampled_from(sorted(NAMES)))
        name = draw(st.sampled_from(NAMES[kind]))
        said[kind, name] = api.Statement(
            kind=kind,
            concept=_concept(kind, name),
            stance=draw(st.sampled_from(api.STANCES[kind])),  # type: ignore[index]
            route=draw(st.sampled_from([None, "topical", "oral"])) if kind == "treatment" else None,
            condition=draw(st.none() | TEXTS),
            quote=draw(spans(text)),
        )
    return tuple(said.values())


@st.composite
def histories(draw: st.DrawFn, question: str) -> api.History:
    def findings(kind: str, names: list[str]) -> tuple[api.Finding, ...]:
        chosen = draw(st.lists(st.sampled_from(names), unique=True, max_size=2))
        return tuple(
            api.Finding(concept=_concept(kind, name), quote=draw(spans(question)))
            for name in chosen
        )

    tried = draw(st.lists(st.sampled_from(NAMES["treatment"]), unique=True, max_size=3))
    responses: list[Any] = ["none", "partial", "good", "worse", "unknown"]
    return api.History(
        sites=findings("site", ["scalp", "neck"]),
        symptoms=findings("symptom", ["itch", "pain"]),
        absent=findings("symptom", ["fever"]),
        duration=draw(st.sampled_from([None, "P2M", "P1Y"])),
        age=draw(st.sampled_from([None, 0.5, 40.0])),
        sex=draw(st.sampled_from([None, "female", "male"])),
        tried=tuple(
            api.Tried(
                concept=_concept("treatment", name),
                response=draw(st.sampled_from(responses)),
                quote=draw(spans(question)),
            )
            for name in tried
        ),
        asks=draw(st.sampled_from([(), ("what_is_it",), ("is_it_serious", "other")])),
    )


@st.composite
def dossiers(draw: st.DrawFn) -> api.Dossier:
    question = draw(TEXTS)
    opinions = tuple(
        api.Opinion(
            id=f"opinion {number}",
            text=draw(TEXTS),
            specialist=draw(st.none() | LINES),
            specialty=draw(st.none() | LINES),
        )
        for number in range(draw(st.integers(min_value=0, max_value=3)))
    )
    checked = api.Checked(
        register="us-npi", number="1234567893", country="US", checked_on="2026-11-01",
        expires_on=draw(st.sampled_from(["", "2027-11-01"])), conflicts=draw(st.sampled_from(["", "Sells a cream."])),
    )  # fmt: skip
    return api.Dossier(
        case=api.Case(
            id=draw(LINES),
            title=draw(LINES),
            question=question,
            asker=api.Asker(
                sex=draw(st.sampled_from([None, "female", "male"])),
                age=draw(st.sampled_from([None, 0.25, 7.0, 81.0])),
                place=draw(st.none() | LINES),
            ),
            opinions=opinions,
        ),
        history=draw(histories(question)),
        readings={opinion.id: draw(readings(opinion.text)) for opinion in opinions},
        signed={
            opinion.id: api.Signed(at=draw(TIMES), credential=draw(st.sampled_from([None, checked])))
            for opinion in opinions
            if draw(st.booleans())
        },
        asked_at=draw(TIMES),
        country=draw(st.sampled_from(["", "US", "GB"])),
        intake=tuple(
            api.Answered(id=f"q{n}", question=draw(LINES), answer=draw(st.none() | LINES))
            for n in range(draw(st.integers(min_value=0, max_value=2)))
        ),
        photos=tuple(
            api.PhotoRef(
                id=str(n), url=f"https://skin.example.org/{n}", content_type="image/webp",
                view=draw(st.sampled_from(["", "far", "close"])), side=draw(st.sampled_from(["", "left"])),
                site=draw(st.sampled_from([None, _concept("site", "scalp")])), text=draw(st.just("") | LINES),
            )
            for n in range(draw(st.integers(min_value=0, max_value=2)))
        ),
        consents=draw(
            st.sampled_from(
                [
                    (),
                    (
                        api.ConsentGiven(purpose="care", given_at="2026-11-20T10:00:00Z"),
                        api.ConsentGiven(
                            purpose="archive_photos",
                            given_at="2026-11-20T10:00:00Z",
                            withdrawn_at="2026-11-22T10:00:00Z",
                        ),
                    ),
                ]
            )
        ),
        opened=draw(
            st.sampled_from(
                [(), (api.Opened(at="2026-11-21T10:00:00Z", who="Dr A", verb="read", what="case"),)]
            )
        ),
    )  # fmt: skip


def written(dossier: api.Dossier) -> dict[str, Any]:
    bundle = api.write_fhir(dossier, written_at="2026-11-22T11:00:00Z", version="0.1.0")
    sent: dict[str, Any] = json.loads(json.dumps(bundle))
    return sent


@given(dossiers())
@settings(max_examples=20, deadline=None)
def test_a_case_comes_back_as_it_went_with_the_same_comparison(dossier: api.Dossier) -> None:
    received = api.read_fhir(written(dossier))

    assert (received.unread, received.drafts) == ((), ())
    assert received.dossier == dossier
    there, back = (
        api.compare_readings(d.case, d.history, d.readings, country=d.country or None)
        for d in (dossier, received.dossier)
    )
    assert there == back


@given(dossiers())
@settings(max_examples=20, deadline=None)
def test_two_independent_implementations_accept_every_bundle(dossier: api.Dossier) -> None:
    bundle = written(dossier)

    api.check_fhir(bundle)
    SecondBundle(bundle, strict=True)


@given(dossiers(), st.data())
@settings(max_examples=15, deadline=None)
def test_a_bundle_that_was_cut_or_twisted_is_read_or_refused_never_a_defect(
    dossier: api.Dossier, data: st.DataObject
) -> None:
    bundle = written(dossier)
    entry = data.draw(st.sampled_from(bundle["entry"]))
    resource = entry["resource"]
    key = data.draw(st.sampled_from(sorted(resource)))
    resource[key] = data.draw(
        st.sampled_from([None, 7, "x", [], {}, [[]], {"reference": "Patient/asker"}])
    )
    with suppress(UnusableInput):
        assert api.read_fhir(bundle).dossier.case.question


@given(dossiers())
@settings(max_examples=15, deadline=None)
def test_every_provenance_spans_words_of_its_own_opinion(dossier: api.Dossier) -> None:
    received = api.read_fhir(written(dossier)).dossier
    texts = {opinion.id: opinion.text for opinion in received.case.opinions}
    for id_, reading in received.readings.items():
        for statement in reading:
            quote = statement.quote
            assert texts[id_][quote.start : quote.end] == quote.text


def test_a_moved_span_is_not_believed() -> None:
    text = "Use a cream."
    statement = api.Statement(
        kind="treatment", concept=_concept("treatment", "retinol"), stance="option",
        quote=api.Quote.of(text, 6, 11),
    )  # fmt: skip
    dossier = api.Dossier(
        case=api.Case(id="c", question="What?", opinions=(api.Opinion(id="o", text=text),)),
        readings={"o": (statement,)},
        asked_at="2026-11-20T10:00:00Z",
    )
    bundle = written(dossier)
    provenance = next(
        e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == "Provenance"
    )
    provenance["extension"][0]["extension"][0]["valueInteger"] = 5

    received = api.read_fhir(bundle)

    assert received.dossier.readings["o"] == ()
    assert {u.kind for u in received.unread} == {"Provenance", "ServiceRequest"}
    assert replace(received.dossier, readings=dossier.readings) == dossier
