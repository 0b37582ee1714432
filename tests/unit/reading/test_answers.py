"""What the reader makes of one way of saying things, phenomenon by phenomenon, in the project's own words."""

from __future__ import annotations

import pytest

from milium import api


def said(text: str) -> set[tuple[str, str, str | None]]:
    return {(s.kind, s.concept.name, s.stance) for s in api.read_answer(text)}


def name(kind: str, words: str) -> str:
    concept = api.lookup(words, kind)
    assert concept is not None, f"no {kind} {words}"
    return concept.name


SAYS: dict[str, list[tuple[str, str, str, str | None]]] = {
    # claims
    "It looks like psoriasis.": [("diagnosis", "psoriasis", "it", "likely")],
    "This is most probably scabies.": [("diagnosis", "scabies", "", "likely")],
    "Typical rosacea!": [("diagnosis", "rosacea", "", "likely")],
    "The picture is consistent with shingles.": [("diagnosis", "herpes zoster", "", "likely")],
    "Pityriasis rosea": [("diagnosis", "pityriasis rosea", "", "likely")],
    "It's a keloid.": [("diagnosis", "keloid", "", "likely")],
    "I think you have folliculitis.": [("diagnosis", "folliculitis", "", "likely")],
    # hedges
    "It might be vitiligo.": [("diagnosis", "vitiligo", "", "possible")],
    "Consider scabies.": [("diagnosis", "scabies", "", "possible")],
    "Rosacea?": [("diagnosis", "rosacea", "", "possible")],
    "Could it be scabies?": [("diagnosis", "scabies", "", "possible")],
    "Psoriasis needs to be ruled out.": [("diagnosis", "psoriasis", "", "possible")],
    "Melanoma cannot be excluded.": [("diagnosis", "melanoma", "", "possible")],
    "It is either psoriasis or vitiligo.": [
        ("diagnosis", "psoriasis", "", "possible"),
        ("diagnosis", "vitiligo", "", "possible"),
    ],
    # denial
    "This is not psoriasis.": [("diagnosis", "psoriasis", "", "unlikely")],
    "It does not look like vitiligo.": [("diagnosis", "vitiligo", "", "unlikely")],
    "I don't think this is scabies.": [("diagnosis", "scabies", "", "unlikely")],
    "Melanoma is unlikely.": [("diagnosis", "melanoma", "", "unlikely")],
    "Psoriasis is possible.": [("diagnosis", "psoriasis", "", "possible")],
    "Eczema is likely.": [("diagnosis", "eczema", "", "likely")],
    "Scabies remains a possibility.": [("diagnosis", "scabies", "", "possible")],
    "Psoriasis is likely, and eczema is unlikely.": [
        ("diagnosis", "psoriasis", "", "likely"),
        ("diagnosis", "eczema", "", "unlikely"),
    ],
    "It is probably eczema, but scabies and psoriasis are unlikely.": [
        ("diagnosis", "eczema", "", "likely"),
        ("diagnosis", "scabies", "", "unlikely"),
        ("diagnosis", "psoriasis", "", "unlikely"),
    ],
    "It is likely eczema, but psoriasis is possible.": [
        ("diagnosis", "eczema", "", "likely"),
        ("diagnosis", "psoriasis", "", "possible"),
    ],
    "Eczema is less likely than psoriasis.": [
        ("diagnosis", "eczema", "", "unlikely"),
        ("diagnosis", "psoriasis", "", "likely"),
    ],
    "It is not psoriasis but rosacea.": [
        ("diagnosis", "psoriasis", "", "unlikely"),
        ("diagnosis", "rosacea", "", "likely"),
    ],
    "It looks like rosacea rather than psoriasis.": [
        ("diagnosis", "rosacea", "", "likely"),
        ("diagnosis", "psoriasis", "", "unlikely"),
    ],
    # orders
    "Apply calamine twice a day.": [("treatment", "calamine", "", "recommended")],
    "I would start doxycycline.": [("treatment", "doxycycline", "", "recommended")],
    "You should take cetirizine at night.": [("treatment", "cetirizine", "", "recommended")],
    "Sunscreen is essential.": [("treatment", "sunscreen", "", "recommended")],
    "Permethrin should be used by the whole family.": [
        ("treatment", "permethrin", "", "recommended")
    ],
    "Best results come with cryotherapy, so I recommend cryotherapy.": [
        ("treatment", "cryotherapy", "", "recommended")
    ],
    # choices
    "You can try tretinoin.": [("treatment", "tretinoin", "", "option")],
    "Imiquimod may help.": [("treatment", "imiquimod", "", "option")],
    "Treatment options include cryotherapy, imiquimod and surgery.": [
        ("treatment", "cryotherapy", "", "option"),
        ("treatment", "imiquimod", "", "option"),
        ("treatment", "surgery", "", "option"),
    ],
    "Apply calamine or menthol.": [
        ("treatment", "calamine", "", "option"),
        ("treatment", "menthol", "", "option"),
    ],
    "Use a keratolytic such as urea.": [
        ("treatment", "keratolytic", "", "recommended"),
        ("treatment", "urea", "", "option"),
    ],
    "Take cetirizine as needed.": [("treatment", "cetirizine", "", "option")],
    "If infected, use mupirocin.": [("treatment", "mupirocin", "", "option")],
    "Use mupirocin if infected.": [("treatment", "mupirocin", "", "option")],
    # warnings
    "Avoid perfume.": [("treatment", "perfume", "", "avoid")],
    "Do not use tretinoin.": [("treatment", "tretinoin", "", "avoid")],
    "Stop the hydrocortisone.": [("treatment", "hydrocortisone", "", "avoid")],
    "Steroids should be avoided.": [("treatment", "corticosteroid", "", "avoid")],
    "You do not need antibiotics.": [("treatment", "antibiotic", "", "avoid")],
    "Never squeeze it.": [("treatment", "squeezing", "", "avoid")],
    "Don't scratch it.": [("treatment", "scratching", "", "avoid")],
    "Avoid soap and apply urea.": [
        ("treatment", "soap", "", "avoid"),
        ("treatment", "urea", "", "recommended"),
    ],
    "Use an emollient instead of soap.": [
        ("treatment", "emollient", "", "recommended"),
        ("treatment", "soap", "", "avoid"),
    ],
    # tests and people
    "You need a skin biopsy.": [("test", "skin biopsy", "", "recommended")],
    "A skin biopsy is not necessary.": [("test", "skin biopsy", "", "unneeded")],
    "Dermoscopy can be done.": [("test", "dermoscopy", "", "option")],
    "A biopsy should be done to rule out lymphoma.": [("test", "skin biopsy", "", "recommended")],
    "Please see a dermatologist.": [("referral", "dermatologist", "", "recommended")],
    "If it spreads, see a dermatologist.": [("referral", "dermatologist", "", "conditional")],
    "Please get this mole checked.": [("referral", "in-person examination", "", "recommended")],
    # what to expect
    "It is harmless.": [("outlook", "benign", "", None)],
    "It will go away on its own.": [("outlook", "self-limiting", "", None)],
    "It may come back.": [("outlook", "may recur", "", None)],
    "It is highly contagious.": [("outlook", "contagious", "", None)],
    "It is not contagious.": [("outlook", "not contagious", "", None)],
    "This is not dangerous.": [("outlook", "benign", "", None)],
    "It takes several months.": [("outlook", "takes weeks to months", "", None)],
    "It can turn into cancer.": [("outlook", "malignancy risk", "", None)],
    # self-care
    "Keep the area dry.": [("treatment", "keeping area dry", "", "recommended")],
    "Moisturise often.": [("treatment", "emollient", "", "recommended")],
    "Leave it alone.": [("treatment", "watchful waiting", "", "recommended")],
    "No treatment is needed.": [("treatment", "no treatment", "", "recommended")],
}


@pytest.mark.parametrize("text", SAYS)
def test_it_reads_each_way_of_saying(text: str) -> None:
    expected = {(kind, name(kind, words), stance) for kind, words, _, stance in SAYS[text]}
    assert expected <= said(text)


SILENT = {
    "a definition": "Warts are caused by a virus.",
    "what the asker used": "You have already used hydrocortisone.",
    "a question about the past": "Have you used any steroid before?",
    "a history question": "Is there any family history of psoriasis?",
    "who has it in general": "People with rosacea flush easily.",
    "a cause": "It gets worse due to prednisone.",
    "an unnamed cream": "I have added a cream to be applied twice daily.",
    "a disease that names something else": "A psoriasis association near you has leaflets.",
    "the purpose of a cream": "I have added a cream for eczema.",
    "nothing at all": "Thank you for your question.",
    "what a doctor does": "Comedones can be opened by dermatologists.",
    "a condition that is asked of": "If it is psoriasis, tell me.",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_it_says_nothing_of(text: str) -> None:
    assert said(text) == set()


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("Use topical tretinoin.", "topical"),
        ("Use oral tetracycline.", "oral"),
        ("Take tetracycline orally.", "oral"),
        ("Apply tacrolimus at night.", "topical"),
        ("Intralesional triamcinolone is recommended.", "intralesional"),
        ("Topical or oral antibiotics can be used.", "topical"),
        ("Use tretinoin cream.", "topical"),
        ("Take prednisone.", None),
    ],
)
def test_a_route_is_kept_beside_the_concept(text: str, route: str | None) -> None:
    assert [s.route for s in api.read_answer(text)] == [route]


def test_a_route_belongs_to_the_mention_it_stands_before() -> None:
    read = api.read_answer("Options include topical tretinoin, oral acitretin and surgery.")
    assert [s.route for s in read] == ["topical", "oral", None]


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("If infected, use mupirocin.", "If infected"),
        ("Use mupirocin if infected.", "if infected"),
        ("Take cetirizine as needed.", "as needed"),
        ("Take cetirizine on SOS basis.", "on SOS basis"),
    ],
)
def test_a_condition_is_given_in_its_words(text: str, condition: str) -> None:
    assert [s.condition for s in api.read_answer(text)] == [condition]


def test_only_the_nearest_advice_depends_on_a_condition_that_follows() -> None:
    read = api.read_answer("Use urea twice daily and oral cetirizine if needed.")
    assert [s.condition for s in read] == [None, "if needed"]


def test_the_strongest_stance_on_a_concept_is_kept() -> None:
    read = api.read_answer("Tretinoin may help. I recommend tretinoin.")
    assert [(s.concept.name, s.stance) for s in read] == [("tretinoin", "recommended")]


def test_a_quote_runs_from_the_cue_to_the_concept() -> None:
    (statement,) = api.read_answer("Hello. In your case I recommend daily sunscreen, thanks.")
    assert statement.quote.text == "I recommend daily sunscreen"


def test_a_full_stop_inside_a_number_or_an_abbreviation_ends_nothing() -> None:
    read = api.read_answer("Avoid irritants, e.g. perfume. Use 0.1 % tacrolimus.")
    assert {s.concept.name: s.stance for s in read}["perfume"] == "avoid"


def test_a_name_is_not_found_across_lines() -> None:
    assert "alopecia areata" not in {s.concept.name for s in api.read_answer("Alopecia\nAreata")}


def test_a_slip_of_the_keyboard_is_forgiven_in_a_long_word() -> None:
    assert said("Please see an opthalmologist.") == {
        ("referral", name("referral", "ophthalmologist"), "recommended")
    }


def test_an_answer_in_no_known_language_is_read_as_nothing() -> None:
    assert api.read_answer("今日は。 שלום 🙂") == ()
