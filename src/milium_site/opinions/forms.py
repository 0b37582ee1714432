"""What a specialist can type and choose."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import QueryDict
from typing_extensions import override

from milium.api import STANCES, STATEMENT_KINDS, ConceptRef, Stance, StatementKind, vocabulary
from milium_site.opinions.review import KIND_OF, Missing, Review


OPINION_LIMIT = 20_000
WORDS_LIMIT = 400
VERSIONS = 1_000_000_000
KIND_WORDS: dict[StatementKind, str] = {
    "diagnosis": "What it may be",
    "treatment": "Treatment",
    "test": "Test or examination",
    "referral": "Whom to see",
    "outlook": "What to expect",
}
STANCE_WORDS: dict[Stance | None, str] = {
    "likely": "likely",
    "possible": "possible",
    "unlikely": "unlikely",
    "recommended": "recommended",
    "option": "option",
    "avoid": "avoid",
    "unneeded": "not needed",
    "conditional": "only in some cases",
    None: "mentioned",
}


class OpinionForm(forms.Form):
    """The draft. An empty draft can be saved; only signing asks for words."""

    text = forms.CharField(
        label="Your answer",
        help_text="Write to the person, in plain words. Say what it may be, what to do first, the options, and what to expect.",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16}),
    )
    version = forms.IntegerField(min_value=0, max_value=VERSIONS, widget=forms.HiddenInput)
    # The version that the author saw in a conflict and chose to write over.
    over = forms.IntegerField(min_value=0, max_value=VERSIONS, required=False)

    def clean_text(self) -> str:
        """Raises when the answer is longer than somebody worried will read."""
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n").replace("\r", "\n")
        if len(text) > OPINION_LIMIT:
            raise forms.ValidationError(
                f"Your answer has {len(text):,} characters; {OPINION_LIMIT:,} is the most we can take."
            )
        return text

    @property
    def stands_on(self) -> int:
        """The version that this save stands on, once the form is valid."""
        over = self.cleaned_data["over"]
        return int(self.cleaned_data["version"] if over is None else over)


def version_in(post: QueryDict) -> int:
    """The version that a page was drawn from; -1, which no draft has, when the page does not say."""
    given = post.get("version", "")
    return int(given) if given.isdecimal() and len(given) < 10 else -1


class MissingForm(forms.Form):
    """One statement that the reader missed. All empty adds nothing."""

    words = forms.CharField(
        label="Exact words of your answer",
        help_text="Copy them as they stand, or mark them in your answer.",
        required=False,
        strip=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-takes-selection": ""}),
    )
    concept = forms.CharField(
        label="What they speak of",
        help_text="One thing, such as “skin biopsy” or “tretinoin”.",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    says = forms.ChoiceField(
        label="What they say of it",
        required=False,
        choices=[
            (
                KIND_WORDS[kind],
                [
                    (f"{kind}/{stance or ''}", STANCE_WORDS[stance])
                    for stance in reversed(STANCES[kind])
                ],
            )
            for kind in STATEMENT_KINDS
        ],
        initial="treatment/recommended",
    )

    def __init__(self, data: QueryDict | None = None, *, text: str) -> None:
        super().__init__(data)
        self.text = text

    @override
    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        words, name = given.get("words", "").strip(), given.get("concept", "").strip()
        given["missing"] = self._missing(words, name, given) if words or name else None
        return given

    def _missing(self, words: str, name: str, given: dict[str, Any]) -> Missing | None:
        kind, _, stance = str(given.get("says") or "treatment/recommended").partition("/")
        self._check_words(words)
        concept = self._concept(name, cast("StatementKind", kind))
        if concept is None or self.errors:
            return None
        return Missing(
            kind=cast("StatementKind", kind),
            concept=concept,
            stance=cast("Stance | None", stance or None),
            words=words,
        )

    def _check_words(self, words: str) -> None:
        if not words:
            self.add_error("words", "Say which words of your answer this is read from.")
        elif words not in self.text:
            self.add_error(
                "words", "Your answer does not hold these exact words. Copy them from it."
            )
        elif len(words) > WORDS_LIMIT:
            self.add_error("words", "Choose the fewest words that say it.")

    def _concept(self, name: str, kind: StatementKind) -> ConceptRef | None:
        if not name:
            self.add_error("concept", "Say what the words speak of.")
            return None
        known = vocabulary().lookup(name, KIND_OF[kind])
        if known is None:
            self.add_error(
                "concept",
                f"We do not know “{name}” under “{KIND_WORDS[kind]}”. Try its usual English name, without a brand.",
            )
            return None
        return ConceptRef(id=known.id, name=known.name)

    @property
    def missing(self) -> Missing | None:
        """What to add, once the form is valid."""
        return cast("Missing | None", self.cleaned_data["missing"])


def review_in(post: QueryDict, before: Review) -> Review:
    """The review as it was sent: what was shown and not kept is removed; what was added before stays known."""
    shown, kept = frozenset(post.getlist("shown")), frozenset(post.getlist("keep"))
    stances = {
        key.removeprefix("stance:"): value
        for key, value in post.items()
        if key.startswith("stance:") and value in STANCE_WORDS
    }
    return Review(
        removed=(before.removed - shown) | (shown - kept),
        stances={**before.stances, **stances},
        added=before.added,
    )


def with_missing(review: Review, missing: Missing | None) -> Review:
    """The review with one more statement; an earlier one of the same kind and concept gives way."""
    if missing is None:
        return review
    others = tuple(m for m in review.added if m.name != missing.name)
    stances = {name: s for name, s in review.stances.items() if name != missing.name}
    return Review(
        removed=review.removed - {missing.name}, stances=stances, added=(*others, missing)
    )
