"""Places and views as DICOM codes, and back.

Milium's own codes stand under ``99MILIUM`` (PS3.16 section 8 keeps names that begin with 99 for private schemes);
UBERON is a scheme that PS3.16 lists, so a place that UBERON names carries its code first.
Sources: https://dicom.nema.org/medical/dicom/current/output/chtml/part16/chapter_8.html,
https://dicom.nema.org/medical/dicom/current/output/chtml/part03/sect_8.8.html
"""

from __future__ import annotations

from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from milium.statements import ConceptRef
from milium.vocabulary import Vocabulary


OWN = "99MILIUM"
# A Short String holds 16 characters; what is longer has an attribute of its own.
SHORT = 16
# A code's meaning is a Long String.
LONG = 64


def coded(value: str, scheme: str, meaning: str) -> Dataset:
    """A coded entry."""
    item = Dataset()
    if len(value) <= SHORT:
        item.CodeValue = value
    else:
        item.LongCodeValue = value
    item.CodingSchemeDesignator = scheme
    item.CodeMeaning = meaning[:LONG]
    return item


def place(site: ConceptRef, vocabulary: Vocabulary) -> Dataset:
    """The place on the body: by UBERON's code with Milium's as its equivalent, or by Milium's alone."""
    own = coded(site.id, OWN, site.name)
    codes = vocabulary.concept(site.id).codes if site.id in vocabulary else ()
    uberon = next((c.value for c in codes if c.system == "UBERON" and c.match == "named"), None)
    if uberon is None:
        return own
    item = coded(uberon, "UBERON", site.name)
    item.EquivalentCodeSequence = Sequence([own])
    return item


def place_in(item: Dataset, vocabulary: Vocabulary) -> ConceptRef | None:
    """The place that a coded entry names, as a concept of the vocabulary; ``None`` where it names none."""
    for entry in (*item.get("EquivalentCodeSequence", ()), item):
        scheme, value = entry.get("CodingSchemeDesignator", ""), value_of(entry)
        if scheme == OWN and value in vocabulary:
            return _ref(value, vocabulary)
        if scheme == "UBERON":
            found = next(
                (
                    c.id
                    for c in vocabulary
                    if c.kind == "site"
                    and any(
                        code.system == "UBERON" and code.match == "named" and code.value == value
                        for code in c.codes
                    )
                ),
                None,
            )
            if found:
                return _ref(found, vocabulary)
    return None


def value_of(entry: Dataset) -> str:
    """The code of a coded entry, short or long."""
    return str(entry.get("CodeValue", "") or entry.get("LongCodeValue", ""))


def _ref(id_: str, vocabulary: Vocabulary) -> ConceptRef:
    return ConceptRef(id=id_, name=vocabulary.concept(id_).name)
