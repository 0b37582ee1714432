"""Comparisons of readings nobody wrote: nothing is added, nothing is lost, nothing depends on how many say it."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from milium import api
from milium.errors import UnusableInput


# Related on purpose: classes, members, siblings, strangers.
NAMES: dict[str, list[str]] = {
    "treatment": [
        "retinoid",
        "tretinoin",
        "adapalene",
        "retinol",
        "corticosteroid",
        "hydrocortisone",
        "laser therapy",
        "carbon dioxide laser",
        "pulsed dye laser",
        "cryotherapy",
    ],
    "diagnosis": ["eczema", "atopic dermatitis", "psoriasis", "rosacea"],
    "test": ["skin biopsy", "patch test", "blood test"],
    "referral": [
        "dermatologist",
        "plastic surgeon",
        "emergency department",
        "in-person examination",
    ],
    "outlook": ["benign", "may recur"],
}
PARTS = ("diagnoses", "do_first", "options", "avoid", "outlook")


def _concept(kind: str, name: str) -> api.ConceptRef:
    concept = api.lookup(name, kind)
    assert concept, (kind, name)
    return api.ConceptRef(id=concept.id, name=concept.name)


@st.composite
def said(draw: st.DrawFn) -> tuple[str, str, str | None, str | None]:
    """One thing said: kind, name, stance, route."""
    kind = draw(st.sampled_from(sorted(NAMES)))
    name = draw(st.sampled_from(NAMES[kind]))
    stance = draw(st.sampled_from(api.STANCES[kind]))  # type: ignore[index]
    route = draw(st.sampled_from([None, "topical", "oral"])) if kind == "treatment" else None
    return kind, name, stance, route


Said = tuple[str, str, str | None, str | None]


def _unique(things: list[Said]) -> list[Said]:
    return list({(kind, name): thing for thing in things for kind, name, _, _ in [thing]}.values())


panels = st.lists(st.lists(said(), max_size=8).map(_unique), min_size=1, max_size=5)
histories = st.lists(
    st.tuples(st.sampled_from(NAMES["treatment"]), st.sampled_from(["none", "good", "worse"])),
    max_size=3,
)


def _history(tried: list[tuple[str, Any]]) -> api.History:
    quote = api.Quote(text="x", start=0, end=1)
    return api.History(
        tried=tuple(
            api.Tried(concept=_concept("treatment", name), response=response, quote=quote)
            for name, response in tried
        )
    )


def _compared(panel: list[list[Said]], history: api.History) -> api.Comparison:
    opinions, readings = [], {}
    for number, things in enumerate(panel):
        text, reading = "", []
        for kind, name, stance, route in things:
            words = f"{stance} {name}"
            text += f"{words}. "
            made: Any = {"kind": kind, "stance": stance, "route": route}
            start = len(text) - len(words) - 2
            quote = api.Quote.of(text, start, start + len(words))
            reading.append(api.Statement(**made, concept=_concept(kind, name), quote=quote))
        opinions.append(api.Opinion(id=str(number), text=text))
        readings[str(number)] = reading
    case = api.Case(id="made", opinions=tuple(opinions))
    return api.compare_readings(case, history, readings)


def _rows(comparison: api.Comparison) -> list[api.Row]:
    return [row for part in PARTS for row in getattr(comparison, part)]


@given(panels, histories)
def test_every_statement_stands_on_one_row_and_no_row_says_more(
    panel: list[list[Said]], tried: list[tuple[str, str]]
) -> None:
    comparison = _compared(panel, _history(tried))

    found = [
        (position.opinion, row.kind, row.concept.id, position.stance, position.route)
        for row in _rows(comparison)
        for position in row.positions
        if position.through is None
    ]
    expected = [
        (str(number), kind, _concept(kind, name).id, stance, route)
        for number, things in enumerate(panel)
        for kind, name, stance, route in things
    ]
    assert sorted(map(str, found)) == sorted(map(str, expected))


@given(panels)
def test_a_position_through_a_member_is_that_members_and_never_against(
    panel: list[list[Said]],
) -> None:
    comparison = _compared(panel, api.History())

    own = {
        (row.concept.id, position.opinion): position
        for row in comparison.options
        for position in row.positions
        if position.through is None
    }
    for row in _rows(comparison):
        for position in row.positions:
            if position.through:
                member = own[position.through.id, position.opinion]
                assert api.vocabulary().is_a(position.through.id, row.concept.id)
                assert (position.stance, position.quote) == (member.stance, member.quote)
                assert position.stance != "avoid"
                assert (row.concept.id, position.opinion) not in own


@given(panels)
def test_a_group_stands_together_below_its_class(panel: list[list[Said]]) -> None:
    options = _compared(panel, api.History()).options

    ids = [row.concept.id for row in options]
    for number, row in enumerate(options):
        if row.group is None:
            continue
        top = ids.index(row.group)
        assert top < number
        assert api.vocabulary().is_a(row.concept.id, row.group)
        for between in options[top + 1 : number]:
            assert api.vocabulary().is_a(between.concept.id, row.group)


@given(panels, st.integers(1, 4))
def test_saying_it_again_with_more_voices_moves_nothing(
    panel: list[list[Said]], times: int
) -> None:
    once = _compared(panel, api.History())
    louder = _compared([*panel, *[panel[-1]] * times], api.History())

    for part in ("do_first", "options", "avoid", "outlook"):
        assert [row.concept.id for row in getattr(once, part)] == [
            row.concept.id for row in getattr(louder, part)
        ]


@given(panels)
def test_the_agreement_is_what_counting_by_hand_gives(panel: list[list[Said]]) -> None:
    comparison = _compared(panel, api.History())

    assert comparison.agreement_diagnosis == _by_hand(panel, "diagnosis", {"likely"})
    assert comparison.agreement_treatment == _by_hand(panel, "treatment", {"recommended", "option"})


def _by_hand(panel: list[list[Said]], kind: str, held: set[str]) -> float | None:
    """The definition in decision 3, written out the long way."""
    named = []
    for things in panel:
        ids = [
            _concept(k, name).id for k, name, stance, _ in things if k == kind and stance in held
        ]
        if ids:
            named.append(ids)
    shares = []
    for one, other in combinations(named, 2):
        shared = 0
        for mine, theirs in ((one, other), (other, one)):
            for concept in mine:
                related = [
                    t for t in theirs
                    if api.vocabulary().is_a(concept, t) or api.vocabulary().is_a(t, concept)
                ]  # fmt: skip
                shared += 1 if related else 0
        shares.append(shared / (len(one) + len(other)))
    return round(sum(shares) / len(shares), 4) if shares else None


@given(panels)
def test_differences_are_those_that_looking_at_each_concept_finds(panel: list[list[Said]]) -> None:
    comparison = _compared(panel, api.History())

    stances: dict[tuple[str, str], dict[str, str | None]] = defaultdict(dict)
    for number, things in enumerate(panel):
        for kind, name, stance, _ in things:
            stances[kind, _concept(kind, name).id][str(number)] = stance
    against = {"avoid", "unneeded", "unlikely"}
    opposed = {
        key
        for key, said in stances.items()
        if len(panel) > 1 and {stance in against for stance in said.values()} == {True, False}
    }
    found = {(d.kind, d.concept.id) for d in comparison.differences if d.reason == "stance"}
    assert found == opposed
    for difference in comparison.differences:
        assert difference.opinions
        assert set(difference.opinions) <= set(comparison.opinions)


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from("id title question asker opinions sex age place text specialist remarks x".split()), inner, max_size=6),
    max_leaves=25,
))  # fmt: skip
def test_any_json_is_a_case_or_is_refused_in_one_line(value: object) -> None:
    case, message = _tried(value)

    if case is None:
        assert message.startswith("any:3: ")
        assert "\n" not in message
    else:
        assert case.opinions


def _tried(value: object) -> tuple[api.Case | None, str]:
    try:
        return api.case_from_json(value, source="any", line=3), ""
    except UnusableInput as error:
        return None, str(error)


@given(st.text(alphabet="ab F,M\n\r-A.?", max_size=200))
def test_any_page_is_split_into_spans_of_itself_or_is_refused(text: str) -> None:
    try:
        case = api.parse_page(text)
    except UnusableInput:
        return
    at = text.find(case.question)
    assert at >= 0
    for opinion in case.opinions:
        assert opinion.text.strip() == opinion.text != ""
        at = text.index(opinion.text, at)
        at += len(opinion.text)
