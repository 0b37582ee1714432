"""The specialties that somebody can apply with: those of the vocabulary that are people who treat skin, or what is near it. Pure."""

from __future__ import annotations

from milium.api import vocabulary


_IDS = """
    allergy-and-immunology dermatology dermatopathology endocrinology gynaecology haematology infectious-diseases
    internal-medicine medical-genetics mohs-surgery nursing obstetrics oncology ophthalmology oral-medicine-specialist
    paediatric-dermatology paediatrics pathology pharmacy physician-assistant plastic-surgery podiatry
    primary-care-physician psychiatry rheumatology surgeon urology vascular-surgery wound-care-specialist
""".split()


def specialties() -> list[tuple[str, str]]:
    """Ids and names, by name."""
    ids = [f"specialty:{name}" for name in _IDS]
    return sorted(((id_, vocabulary().concept(id_).name) for id_ in ids), key=lambda pair: pair[1])


def name_of(concept_id: str) -> str:
    """The concept's name; the id itself where the vocabulary no longer has it."""
    return vocabulary().concept(concept_id).name if concept_id in vocabulary() else concept_id
