"""Terse notes, plans and refusals: what the reader makes of the ways busy people write, in the project's own words."""

from __future__ import annotations

import pytest

from milium import api
from milium.vocabulary import Kind


Said = tuple[Kind, str, str | None]

REFUSALS: dict[str, tuple[Said, ...]] = {
    "Don't bother with antibiotics.": (("treatment", "antibiotic", "avoid"),),
    "I wouldn't bother with laser here.": (("treatment", "laser therapy", "avoid"),),
    "Antibiotics won't help.": (("treatment", "antibiotic", "avoid"),),
    "Antibiotics are not going to help.": (("treatment", "antibiotic", "avoid"),),
    "Antifungals would be wrong here.": (("treatment", "antifungal", "avoid"),),
    "Steroid creams make rosacea worse.": (("treatment", "corticosteroid", "avoid"),),
    "Stay off the hydrocortisone.": (("treatment", "hydrocortisone", "avoid"),),
    "Keep off steroids for now.": (("treatment", "corticosteroid", "avoid"),),
    "Go easy on the salicylic acid.": (("treatment", "salicylic acid", "avoid"),),
    "Nothing with perfume in it.": (("treatment", "perfume", "avoid"),),
    "Steroid cream is what set this off.": (("treatment", "corticosteroid", "avoid"),),
    "Your deodorant is the culprit.": (("treatment", "deodorant", "avoid"),),
    "Replace soap with aqueous cream.": (("treatment", "soap", "avoid"),),
    "Soap should be replaced by an emollient.": (("treatment", "emollient", "recommended"),),
    "Use emollient, not soap.": (
        ("treatment", "emollient", "recommended"),
        ("treatment", "soap", "avoid"),
    ),
    "Emollient instead of soap.": (
        ("treatment", "emollient", "recommended"),
        ("treatment", "soap", "avoid"),
    ),
    "Permethrin rather than ivermectin.": (
        ("treatment", "permethrin", "recommended"),
        ("treatment", "ivermectin", "avoid"),
    ),
    "Save your money on laser.": (("treatment", "laser therapy", "avoid"),),
    "Don't waste money on collagen supplements.": (("treatment", "collagen supplement", "avoid"),),
    "Laser can wait.": (("treatment", "laser therapy", "avoid"),),
    "I'd hold off on isotretinoin for now.": (("treatment", "isotretinoin", "avoid"),),
    "Come off the doxycycline.": (("treatment", "doxycycline", "avoid"),),
    "Oral antibiotics unnecessary.": (("treatment", "antibiotic", "avoid"),),
    "Oral steroids not indicated.": (("treatment", "corticosteroid", "avoid"),),
    "Tretinoin is contraindicated in pregnancy.": (("treatment", "tretinoin", "avoid"),),
    "There is no need for a biopsy.": (("test", "skin biopsy", "unneeded"),),
    "A patch test would add nothing.": (("test", "patch test", "unneeded"),),
    "I see no reason to do a biopsy.": (("test", "skin biopsy", "unneeded"),),
    "Steer clear of wool and nickel.": (
        ("treatment", "wool", "avoid"),
        ("treatment", "nickel", "avoid"),
    ),
    "Cut out dairy.": (("treatment", "dairy", "avoid"),),
    "Lay off the scrubs and the retinol.": (("treatment", "retinol", "avoid"),),
    "Ditch the loofah.": (("treatment", "loofah", "avoid"),),
    "Bin the old make-up.": (("treatment", "cosmetic", "avoid"),),
    "Quit the tea tree oil.": (("treatment", "tea tree oil", "avoid"),),
    "Drop the vitamin E oil; it irritates.": (("treatment", "vitamin E oil", "avoid"),),
    "Fewer hot showers.": (("treatment", "hot shower", "avoid"),),
    "Tea tree oil only irritates.": (("treatment", "tea tree oil", "avoid"),),
    "Lemon juice burns skin, so please leave it out.": (("treatment", "lemon juice", "avoid"),),
    "I'm not keen on oral steroids for this.": (("treatment", "corticosteroid", "avoid"),),
    "I would not go near a laser with this.": (("treatment", "laser therapy", "avoid"),),
    "I'd avoid, for now, any retinoid.": (("treatment", "retinoid", "avoid"),),
    "Topical antibiotics have no place in this.": (("treatment", "antibiotic", "avoid"),),
    "Imiquimod, no.": (("treatment", "imiquimod", "avoid"),),
    "Neither antibiotics nor antifungals are needed.": (
        ("treatment", "antibiotic", "avoid"),
        ("treatment", "antifungal", "avoid"),
    ),
    "You do not need cryotherapy.": (("treatment", "cryotherapy", "avoid"),),
    "NOT clotrimazole.": (("treatment", "clotrimazole", "avoid"),),
    "Hands off, no squeezing.": (("treatment", "squeezing", "avoid"),),
}
CONDITIONS: dict[str, tuple[Said, ...]] = {
    "If it spreads, doxycycline.": (("treatment", "doxycycline", "option"),),
    "Doxycycline if it spreads.": (("treatment", "doxycycline", "option"),),
    "Should the lips swell, ring 999.": (("specialty", "emergency department", "conditional"),),
    "Should it weep, add an antibiotic.": (("treatment", "antibiotic", "option"),),
    "When it is inflamed, use hydrocortisone.": (("treatment", "hydrocortisone", "option"),),
    "Fever or spreading redness: go to A&E.": (
        ("specialty", "emergency department", "recommended"),
    ),
    "Unless it clears in 2 weeks, see a dermatologist.": (
        ("specialty", "dermatologist", "conditional"),
    ),
    "Biopsy if it grows.": (("test", "skin biopsy", "option"),),
    "Refer to dermatology if not better in 6/52.": (("specialty", "dermatologist", "conditional"),),
    "If not better in a month then terbinafine tablets.": (("treatment", "terbinafine", "option"),),
    "If there's no improvement after 6 weeks I'd add doxycycline.": (
        ("treatment", "doxycycline", "option"),
    ),
    "For flares, betamethasone ointment.": (("treatment", "betamethasone", "option"),),
    "Antihistamine PRN.": (("treatment", "antihistamine", "option"),),
    "Cetirizine as required.": (("treatment", "cetirizine", "option"),),
    "Failing that, isotretinoin.": (("treatment", "isotretinoin", "option"),),
    "Second line: methotrexate.": (("treatment", "methotrexate", "option"),),
    "In case of infection, flucloxacillin.": (("treatment", "flucloxacillin", "option"),),
}
PLANS: dict[str, tuple[Said, ...]] = {
    "Rx: clobetasol 0.05% oint bd 2/52, then nocte.": (("treatment", "clobetasol", "recommended"),),
    "Tab fexofenadine 180 mg OD.": (("treatment", "fexofenadine", "recommended"),),
    "Tab. Levocetirizine 5mg HS x 10 days": (("treatment", "levocetirizine", "recommended"),),
    "Permethrin 5% cream neck down, repeat 1/52.": (("treatment", "permethrin", "recommended"),),
    "Emollients ++, TCS bd, r/v 6/52.": (
        ("treatment", "emollient", "recommended"),
        ("treatment", "corticosteroid", "recommended"),
    ),
    "Cryo today.": (("treatment", "cryotherapy", "recommended"),),
    "Cryo x 2.": (("treatment", "cryotherapy", "recommended"),),
    "AK. Cryo.": (
        ("condition", "actinic keratosis", "likely"),
        ("treatment", "cryotherapy", "recommended"),
    ),
    "FBC, ferritin and TFTs please.": (
        ("test", "complete blood count", "recommended"),
        ("test", "ferritin", "recommended"),
        ("test", "thyroid function test", "recommended"),
    ),
    "Bloods: FBC, U&E, LFT, glucose.": (
        ("test", "complete blood count", "recommended"),
        ("test", "liver function test", "recommended"),
        ("test", "kidney function test", "recommended"),
    ),
    "Check FBC, B12 and folate.": (
        ("test", "complete blood count", "recommended"),
        ("test", "folate level", "recommended"),
    ),
    "Swab, then flucloxacillin 500 mg qds for 7 days.": (
        ("test", "bacterial swab", "recommended"),
        ("treatment", "flucloxacillin", "recommended"),
    ),
    "Would check HIV and syphilis.": (("test", "HIV test", "recommended"),),
    "Scrape for mycology before terbinafine.": (("test", "skin scraping", "recommended"),),
    "Get the GP to prescribe aciclovir.": (
        ("treatment", "aciclovir", "recommended"),
        ("specialty", "primary care physician", "recommended"),
    ),
    "Pop some vaseline on it.": (("treatment", "petroleum jelly", "recommended"),),
    "A thin smear of hydrocortisone 1% twice a day.": (
        ("treatment", "hydrocortisone", "recommended"),
    ),
    "Plenty of emollient.": (("treatment", "emollient", "recommended"),),
    "Lots of moisturiser and a soap substitute.": (
        ("treatment", "emollient", "recommended"),
        ("treatment", "soap substitute", "recommended"),
    ),
    "1. Salicylic acid wash 2. Adapalene at night 3. Sunscreen daily": (
        ("treatment", "salicylic acid", "recommended"),
        ("treatment", "adapalene", "recommended"),
        ("treatment", "sunscreen", "recommended"),
    ),
    "- emollient - antihistamine at night - cool bath": (
        ("treatment", "emollient", "recommended"),
        ("treatment", "antihistamine", "recommended"),
    ),
    "Treat with fluconazole 150 mg weekly for 4 weeks.": (
        ("treatment", "fluconazole", "recommended"),
    ),
    "Moisturiser should be put on first.": (("treatment", "emollient", "recommended"),),
    "Put sunscreen first.": (("treatment", "sunscreen", "recommended"),),
}
DIAGNOSES: dict[str, tuple[Said, ...]] = {
    "?psoriasis ?tinea": (
        ("condition", "psoriasis", "possible"),
        ("condition", "tinea", "possible"),
    ),
    "Impression: seborrhoeic dermatitis.": (("condition", "seborrhoeic dermatitis", "likely"),),
    "Dx: lichen planus.": (("condition", "lichen planus", "likely"),),
    "Imp: likely BCC.": (("condition", "basal cell carcinoma", "likely"),),
    "Psoriasis it is.": (("condition", "psoriasis", "likely"),),
    "I considered psoriasis but the scale is wrong.": (("condition", "psoriasis", "unlikely"),),
    "This has all the hallmarks of psoriasis.": (("condition", "psoriasis", "likely"),),
    "That is a textbook dermatofibroma.": (("condition", "dermatofibroma", "likely"),),
    "Textbook shingles.": (("condition", "shingles", "likely"),),
    "Classic pityriasis rosea.": (("condition", "pityriasis rosea", "likely"),),
    "Probably just folliculitis.": (("condition", "folliculitis", "likely"),),
    "It screams scabies.": (("condition", "scabies", "likely"),),
    "My money is on scabies.": (("condition", "scabies", "likely"),),
    "I'd put my money on lichen planus.": (("condition", "lichen planus", "likely"),),
    "Melanoma until proven otherwise.": (("condition", "melanoma", "likely"),),
    "Psoriasis vs eczema.": (
        ("condition", "psoriasis", "possible"),
        ("condition", "eczema", "possible"),
    ),
    "Not scabies.": (("condition", "scabies", "unlikely"),),
    "No sign of melanoma.": (("condition", "melanoma", "unlikely"),),
    "I can't see any melanoma here.": (("condition", "melanoma", "unlikely"),),
    "It doesn't strike me as psoriasis.": (("condition", "psoriasis", "unlikely"),),
    "Psoriasis seems unlikely.": (("condition", "psoriasis", "unlikely"),),
    "I doubt it's psoriasis.": (("condition", "psoriasis", "unlikely"),),
    "This isn't psoriasis but eczema.": (
        ("condition", "psoriasis", "unlikely"),
        ("condition", "eczema", "likely"),
    ),
    "Eczema, not psoriasis.": (
        ("condition", "eczema", "likely"),
        ("condition", "psoriasis", "unlikely"),
    ),
    "I thought it was tinea at first; it's eczema.": (("condition", "eczema", "likely"),),
    "Scratch that, it's scabies.": (("condition", "scabies", "likely"),),
    "Exclude syphilis.": (("condition", "syphilis", "possible"),),
    "Syphilis must be excluded.": (("condition", "syphilis", "possible"),),
    "Rosacea comes to mind.": (("condition", "rosacea", "possible"),),
    "Worth ruling out lupus.": (("condition", "lupus", "possible"),),
    "I can't rule out lupus.": (("condition", "lupus", "possible"),),
    "A touch of eczema.": (("condition", "eczema", "likely"),),
    "Your photos show tinea pedis.": (("condition", "tinea pedis", "likely"),),
    "The picture is that of lichen planus.": (("condition", "lichen planus", "likely"),),
    "This fits with lichen planus.": (("condition", "lichen planus", "likely"),),
    "Everything points towards scabies.": (("condition", "scabies", "likely"),),
    "Findings in keeping with psoriasis.": (("condition", "psoriasis", "likely"),),
    "Most in keeping with rosacea.": (("condition", "rosacea", "likely"),),
    "I see a basal cell carcinoma on the nose.": (("condition", "basal cell carcinoma", "likely"),),
    "Those white bumps are milia.": (("condition", "milia", "likely"),),
    "The lump on your eyelid is a chalazion.": (("condition", "chalazion", "likely"),),
    "Both could be scabies.": (("condition", "scabies", "possible"),),
}
REFERRALS: dict[str, tuple[Said, ...]] = {
    "Please ask your GP for a referral.": (("specialty", "primary care physician", "recommended"),),
    "Pharmacist can advise.": (("specialty", "pharmacist", "recommended"),),
    "Book in with a dermatologist.": (("specialty", "dermatologist", "recommended"),),
    "Needs a dermatologist.": (("specialty", "dermatologist", "recommended"),),
    "I'd send you to a rheumatologist.": (("specialty", "rheumatologist", "recommended"),),
    "Derm review please.": (("specialty", "dermatologist", "recommended"),),
    "Straight to A&E.": (("specialty", "emergency department", "recommended"),),
    "Ring 999 now.": (("specialty", "emergency department", "recommended"),),
    "A dermatologist ought to look at this.": (("specialty", "dermatologist", "recommended"),),
    "Let a doctor see it in person.": (("specialty", "in-person examination", "recommended"),),
    "Show this to your GP this week.": (("specialty", "primary care physician", "recommended"),),
}
OUTLOOKS: dict[str, tuple[Said, ...]] = {
    "It won't spread to anyone else.": (("outlook", "not contagious", None),),
    "You can't catch it.": (("outlook", "not contagious", None),),
    "Nobody can catch it from you.": (("outlook", "not contagious", None),),
    "Keep sharing the bath; it isn't catching.": (("outlook", "not contagious", None),),
    "Nothing sinister.": (("outlook", "benign", None),),
    "Nothing to fret about.": (("outlook", "benign", None),),
    "Completely innocent.": (("outlook", "benign", None),),
    "It's nothing nasty.": (("outlook", "benign", None),),
    "No cause for alarm.": (("outlook", "benign", None),),
    "It looks harmless.": (("outlook", "benign", None),),
    "It'll go on its own.": (("outlook", "self-limiting", None),),
    "It burns itself out.": (("outlook", "self-limiting", None),),
    "This settles by itself within days.": (("outlook", "self-limiting", None),),
    "They come and go for years.": (("outlook", "chronic", None),),
    "It tends to flare now and then.": (("outlook", "may recur", None),),
    "It can come back.": (("outlook", "may recur", None),),
    "Expect it back next summer.": (("outlook", "may recur", None),),
    "It can be kept under control but not cured.": (("outlook", "chronic", None),),
    "It will leave a mark.": (("outlook", "may scar", None),),
    "Give it three months.": (("outlook", "takes weeks to months", None),),
    "Improvement takes 8 to 12 weeks.": (("outlook", "takes weeks to months", None),),
    "It runs in the family.": (("outlook", "hereditary", None),),
    "This can kill.": (("outlook", "serious", None),),
    "It could turn cancerous.": (("outlook", "malignancy risk", None),),
    "Very treatable.": (("outlook", "treatable", None),),
}
SHORT: dict[str, tuple[Said, ...]] = {
    "If it spreads see your GP.": (("specialty", "primary care physician", "conditional"),),
    "If worse see GP.": (("specialty", "primary care physician", "conditional"),),
    "See GP if worse.": (("specialty", "primary care physician", "conditional"),),
    "If not settled in 2 weeks refer derm.": (("specialty", "dermatologist", "conditional"),),
    "When she has a fever go to A&E.": (("specialty", "emergency department", "conditional"),),
    "Any fever, straight to A&E.": (("specialty", "emergency department", "recommended"),),
    "Any change and you need a dermatologist.": (("specialty", "dermatologist", "recommended"),),
    "If no better, GP.": (("specialty", "primary care physician", "conditional"),),
    "Worsening? Dermatologist.": (("specialty", "dermatologist", "recommended"),),
    "Blood tests if it recurs.": (("test", "blood test", "option"),),
    "If it recurs biopsy it.": (("test", "skin biopsy", "option"),),
    "If bloods are normal then a biopsy.": (("test", "skin biopsy", "option"),),
    "If infected flucloxacillin.": (("treatment", "flucloxacillin", "option"),),
    "If that fails methotrexate.": (("treatment", "methotrexate", "option"),),
    "For the itch cetirizine.": (("treatment", "cetirizine", "option"),),
    "To exclude lupus, ANA.": (
        ("test", "antinuclear antibody", "recommended"),
        ("condition", "lupus", "possible"),
    ),
    "Suspicious for melanoma.": (("condition", "melanoma", "possible"),),
    "Worried about melanoma.": (("condition", "melanoma", "possible"),),
    "Have this looked at by a dermatologist.": (("specialty", "dermatologist", "recommended"),),
    "You should be under a rheumatologist.": (("specialty", "rheumatologist", "recommended"),),
    "Time to see a dermatologist.": (("specialty", "dermatologist", "recommended"),),
    "Query vasculitis.": (("condition", "vasculitis", "possible"),),
    "A case for dermatology.": (("specialty", "dermatologist", "recommended"),),
    "Impetigo, I think.": (("condition", "impetigo", "likely"),),
    "Features suggest eczema, possibly with impetigo on top.": (
        ("condition", "eczema", "likely"),
        ("condition", "impetigo", "possible"),
    ),
    "Psoriasis of the scalp.": (("condition", "psoriasis", "likely"),),
    "Psoriasis or eczema?": (
        ("condition", "psoriasis", "possible"),
        ("condition", "eczema", "possible"),
    ),
    "In my view impetigo.": (("condition", "impetigo", "likely"),),
    "Exzema.": (("condition", "eczema", "likely"),),
    "Psorasis.": (("condition", "psoriasis", "likely"),),
    "Looks like rosecea.": (("condition", "rosacea", "likely"),),
    "Definately ringworm": (("condition", "tinea", "likely"),),
    "Use moisteriser.": (("treatment", "emollient", "recommended"),),
    "Take antihistimine.": (("treatment", "antihistamine", "recommended"),),
    "Apply sun screen.": (("treatment", "sunscreen", "recommended"),),
    "Ask your gp for anti biotics.": (("treatment", "antibiotic", "recommended"),),
    "Wear sun cream.": (("treatment", "sunscreen", "recommended"),),
    "steriod cream for a week": (("treatment", "corticosteroid", "recommended"),),
    "vaseline at night": (("treatment", "petroleum jelly", "recommended"),),
    "Alovera gel.": (("treatment", "aloe vera", "recommended"),),
    "looks like herpies": (("condition", "herpes simplex", "likely"),),
    "Fungul infection.": (("condition", "fungal infection", "likely"),),
    "ecsema": (("condition", "eczema", "likely"),),
    "dermatitus": (("condition", "dermatitis", "likely"),),
}


def stance(text: str, kind: Kind, name: str) -> str | None:
    concept = api.lookup(name, kind)
    assert concept is not None, f"no {kind} {name}"
    found = [s.stance for s in api.read_answer(text) if s.concept.id == concept.id]
    assert found, f"{name} is not read"
    return found[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        row
        for table in (REFUSALS, CONDITIONS, PLANS, DIAGNOSES, REFERRALS, OUTLOOKS, SHORT)
        for row in table.items()
    ],
)
def test_a_terse_sentence_says_what_its_writer_means(text: str, expected: tuple[Said, ...]) -> None:
    assert [stance(text, kind, name) for kind, name, _ in expected] == [s for _, _, s in expected]


@pytest.mark.parametrize(
    "text",
    [
        "I am a dermatologist.",
        "Verified pharmacist here.",
        "You have already tried hydrocortisone.",
        "Have you used permethrin?",
        "Psoriasis is common.",
        "Send me more photos?",
    ],
)
def test_who_writes_and_what_was_tried_is_no_statement(text: str) -> None:
    assert api.read_answer(text) == ()


def test_a_question_mark_before_a_name_ends_no_sentence() -> None:
    quotes = [s.quote.text for s in api.read_answer("?psoriasis ?tinea.")]
    assert quotes == ["?psoriasis", "?tinea"]


def test_a_strength_does_not_part_a_medicine_from_its_form() -> None:
    (statement,) = api.read_answer("Tacrolimus 0.1% ointment at night.")
    assert (statement.concept.name, statement.route) == ("tacrolimus", "topical")
