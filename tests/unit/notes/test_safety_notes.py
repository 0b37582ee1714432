"""Which note is shown to whom."""

from __future__ import annotations

from dataclasses import replace

import pytest

from milium import api
from milium.notes import Facts, place_of, place_of_code
from milium.statements import ConceptRef, Quote, Route, Stance, Statement


def suggests(name: str, *, stance: Stance = "option", route: Route | None = None) -> Statement:
    concept = api.lookup(name, "treatment")
    assert concept is not None, name
    return Statement(
        kind="treatment",
        concept=ConceptRef(id=concept.id, name=concept.name),
        stance=stance,
        route=route,
        quote=Quote(text=name, start=0, end=len(name)),
    )


def shown(*statements: Statement, facts: Facts | None = None) -> set[str]:
    return {note.id for note in api.notes_for(statements, facts or Facts())}


WOMAN = Facts(sex="female", age=29)
# Medicines whose labels or reviews warn of pregnancy; None means by any route.
PREGNANCY: list[tuple[str, Route | None]] = [
    *(
        (name, "oral")
        for name in ("acitretin", "etretinate", "isotretinoin", "alitretinoin", "bexarotene")
    ),
    *(
        (name, "topical")
        for name in ("tretinoin", "adapalene", "tazarotene", "trifarotene", "retinol")
    ),
    *((name, "oral") for name in ("doxycycline", "minocycline", "tetracycline", "lymecycline")),
    *((name, "oral") for name in ("methotrexate", "mycophenolate", "azathioprine", "ciclosporin")),
    *((name, "oral") for name in ("thalidomide", "vismodegib", "hydroxychloroquine", "dapsone")),
    *((name, "oral") for name in ("finasteride", "dutasteride", "spironolactone", "griseofulvin")),
    *((name, "oral") for name in ("fluconazole", "itraconazole", "ketoconazole", "terbinafine")),
    *((name, "oral") for name in ("upadacitinib", "abrocitinib", "baricitinib", "tofacitinib")),
    *((name, "oral") for name in ("ritlecitinib", "deucravacitinib", "apremilast", "prednisone")),
    *((name, "oral") for name in ("prednisolone", "ivermectin", "combined oral contraceptive")),
    *((name, "oral") for name in ("trimethoprim-sulfamethoxazole", "diclofenac")),
    *((name, "topical") for name in ("fluorouracil", "imiquimod", "podophyllotoxin", "minoxidil")),
    *((name, "topical") for name in ("hydroquinone", "salicylic acid", "eflornithine", "lindane")),
    *((name, "topical") for name in ("clobetasol", "betamethasone dipropionate", "ruxolitinib")),
    *((name, "injected") for name in ("adalimumab", "dupilumab", "secukinumab", "ustekinumab")),
    *((name, "injected") for name in ("etanercept", "infliximab", "rituximab")),
    ("PUVA", None),
    ("photodynamic therapy", None),
]


def test_the_table_has_60_medicines() -> None:
    assert len(PREGNANCY) >= 60
    assert len(set(PREGNANCY)) == len(PREGNANCY)


@pytest.mark.parametrize(("name", "route"), PREGNANCY)
def test_a_medicine_with_a_pregnancy_warning_gets_a_note(name: str, route: Route | None) -> None:
    notes = api.notes_for([suggests(name, route=route)], WOMAN)

    assert "pregnancy" in {note.kind for note in notes}
    assert all(note.sources and note.reviewed for note in notes)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (WOMAN, True),
        (Facts(), True),
        (Facts(sex="male", age=29), False),
        (Facts(sex="female", age=70), False),
        (Facts(sex="female", age=58, pregnant=True), True),
    ],
)
def test_pregnancy_notes_are_for_those_who_may_become_pregnant(
    facts: Facts, *, expected: bool
) -> None:
    assert ("saf-30" in shown(suggests("doxycycline"), facts=facts)) is expected


def test_a_medicine_that_harms_through_the_father_is_noted_for_men() -> None:
    assert "preg-mycophenolate" in shown(suggests("mycophenolate"), facts=Facts(sex="male", age=30))


@pytest.mark.parametrize(
    ("place", "expected"),
    [("Maine", True), ("Toronto, Ontario", True), ("Japan", False), (None, False)],
)
def test_what_is_withdrawn_is_said_where_the_asker_lives(
    place: str | None, *, expected: bool
) -> None:
    facts = replace(WOMAN, place=place_of(place))

    assert ("saf-01" in shown(suggests("etretinate"), facts=facts)) is expected


def test_a_note_on_a_class_applies_to_its_members_and_names_them() -> None:
    statement = suggests("erbium laser")

    notes = api.notes_for([statement], Facts())

    assert any(note.id == "saf-49" and statement.concept.id in note.concepts for note in notes)


def test_the_route_decides() -> None:
    assert "saf-12" not in shown(suggests("tretinoin", route="oral"), facts=WOMAN)
    assert "saf-81" not in shown(suggests("ketoconazole", route="topical"))
    assert "saf-81" in shown(suggests("ketoconazole", route="oral"))


def test_an_interaction_needs_both() -> None:
    peel = suggests("dermabrasion")

    assert "saf-51" not in shown(peel)
    assert "saf-51" in shown(peel, facts=Facts(uses=frozenset({"treatment:isotretinoin"})))
    assert "saf-07" in shown(suggests("acitretin"), suggests("methotrexate"))


def test_age_notes_are_for_the_young() -> None:
    assert "saf-29" in shown(suggests("doxycycline"), facts=Facts(age=7))
    assert "saf-29" not in shown(suggests("doxycycline"), facts=Facts(age=30))
    assert "saf-29" not in shown(suggests("doxycycline"))


def test_skin_tone_notes_are_left_out_for_fair_skin() -> None:
    assert "saf-49" in shown(suggests("laser therapy"), facts=Facts(skin_type=5))
    assert "saf-49" not in shown(suggests("laser therapy"), facts=Facts(skin_type=1))


def test_what_is_advised_against_needs_no_warning() -> None:
    assert shown(suggests("doxycycline", stance="avoid"), facts=WOMAN) == set()


def test_retinol_that_was_tried_is_noted_as_the_weak_relative() -> None:
    facts = Facts(uses=frozenset({"treatment:retinol"}))

    assert "retinol-weak" in shown(suggests("tretinoin", route="topical"), facts=facts)


def test_a_specialist_is_asked_about_what_is_not_said() -> None:
    prompts = api.prompts_for([suggests("retinoid")], "Use a retinoid at night.", WOMAN)

    assert [p.kind for p in prompts] == ["pregnancy"]
    assert prompts[0].question == (
        "You suggest retinoid; nothing is said about pregnancy; the asker is 29, female: add a line?"
    )


def test_a_specialist_who_spoke_of_it_is_not_asked() -> None:
    text = "Use a retinoid at night, never in pregnancy."

    assert api.prompts_for([suggests("retinoid")], text, WOMAN) == ()


def test_the_facts_come_from_form_case_and_text() -> None:
    asker = api.Asker(sex="female", age=46, place="Maine")

    facts = api.facts_of(asker, intake=api.Intake(pregnant=False, age=47))

    assert (facts.sex, facts.age, facts.pregnant) == ("female", 47, False)
    assert facts.place == place_of_code("US")
    assert api.facts_of(asker, country="CA").place == place_of_code("CA")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Maine", "US"),
        ("Portland, ME", "US"),
        ("Leeds, England", "GB"),
        ("UK, travelling", "GB"),
        ("New Mexico", "US"),
        ("Mexico", "MX"),
        ("New South Wales", "AU"),
        ("Québec", "CA"),
        ("San Diego, CA", "US"),
        ("CA", None),
        ("NZ", "NZ"),
        ("somewhere warm", None),
        ("", None),
    ],
)
def test_a_place_in_free_text_is_a_country(text: str, code: str | None) -> None:
    found = place_of(text)

    assert (found.code if found else None) == code
