"""What somebody is asked to agree to, word by word.

A wording that anybody may have agreed to is never changed: a new one is added with the next version, and the old one
stays, because a consent names the version it was given to. Sources of the practice: consent asked apart for care,
teaching and publication (https://dokumen.tips/documents/acknowledgements-british-association-of-dermatologists.html),
a written purpose and who sees it (https://studylib.net/doc/18473709/clinical-images-and-the-use-of-personal-mobile-devices).
"""

from __future__ import annotations

from dataclasses import dataclass


CARE, ARCHIVE_TEXT, ARCHIVE_PHOTOS, RESEARCH = "care", "archive_text", "archive_photos", "research"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """``asks`` is the sentence beside the box, ``means`` what follows from it, ``ends`` what taking it back does."""

    purpose: str
    version: int
    name: str
    asks: str
    means: str
    ends: str

    @property
    def key(self) -> str:
        """Its name in a row: ``care-1``."""
        return f"{self.purpose}-{self.version}"


WORDINGS: tuple[Wording, ...] = (
    Wording(
        purpose=CARE,
        version=1,
        name="Your panel",
        asks="The specialists on my panel may see my case and answer it.",
        means=(
            "They see your words, your answers and your photos, under a letter and a place. "
            "A moderator may look first, to keep people safe. Nobody sees your name. "
            "They answer without having examined you, so this does not replace a visit."
        ),
        ends="Your case is taken back from the panel. Your words, photos and all answers are erased.",
    ),
    Wording(
        purpose=CARE,
        version=2,
        name="Your panel",
        asks="The specialists on my panel may see my case and answer it.",
        means=(
            "They see your words and photos, never your name. A moderator may look first. "
            "Nobody has examined you: this does not replace a visit. You can take it back."
        ),
        ends="Your case is taken back from the panel. Your words, photos and all answers are erased.",
    ),
    Wording(
        purpose=ARCHIVE_TEXT,
        version=1,
        name="The public archive: words",
        asks="My case and its answers may help others in the public archive.",
        means=(
            "Anybody can then read and search it. First we take out names, places and dates, and a "
            "moderator checks what is left. You see it before it is public. Your photos stay out."
        ),
        ends="Your case is taken off the archive and out of its search. Photos go with it.",
    ),
    Wording(
        purpose=ARCHIVE_PHOTOS,
        version=1,
        name="The public archive: photos",
        asks="The photos I choose may stand beside my case in the archive.",
        means=(
            "Only when the words are there too. Skin can be known by a mark or a tattoo: leave out "
            "any photo that somebody could know you by."
        ),
        ends="All photos are taken off the archive. The words stay unless you take them back too.",
    ),
    Wording(
        purpose=RESEARCH,
        version=1,
        name="Research",
        asks="My case may be counted in research, without my name.",
        means=(
            "It may be part of data sets on how skin questions are asked and answered, with names, "
            "places and dates taken out."
        ),
        ends="Your case is left out of every data set made from then on.",
    ),
)
PURPOSES = tuple(dict.fromkeys(wording.purpose for wording in WORDINGS))


def wording_of(purpose: str) -> Wording:
    """What is asked today for a purpose. Raises ``KeyError`` for one that there is not."""
    found = [wording for wording in WORDINGS if wording.purpose == purpose]
    if not found:
        raise KeyError(purpose)
    return max(found, key=lambda wording: wording.version)


def agreed(purpose: str, version: int) -> Wording:
    """What somebody agreed to then. Raises ``KeyError`` for what nobody was ever asked."""
    return {(w.purpose, w.version): w for w in WORDINGS}[purpose, version]
