"""What a specialist can type and choose."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import QueryDict
from typing_extensions import override

from milium.api import STANCES, STATEMENT_KINDS, ConceptRef, Stance, StatementKind, vocabulary
from milium_site.cases.questions import problems
from milium_site.opinions.review import KIND_OF, Missing, Review
from milium_site.opinions.seats.queue import Filters
from milium_site.people.models import Specialist


OPINION_LIMIT = 20_000
WORDS_LIMIT = 400
REPLY_LIMIT = 280
PHRASE_LIMIT = 1000
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


class QueueForm(forms.Form):
    """What the queue is narrowed to. What cannot be read narrows nothing."""

    urgency = forms.ChoiceField(
        label="Urgency",
        required=False,
        choices=[
            ("", "Any"),
            ("0", "Emergency"),
            ("1", "Same day"),
            ("2", "Within 2 weeks"),
            ("3", "Routine"),
        ],
    )
    problem = forms.ChoiceField(label="Kind of problem", required=False)
    days = forms.ChoiceField(
        label="Waiting",
        required=False,
        choices=[
            ("", "Any time"),
            ("1", "1 day or more"),
            ("3", "3 days or more"),
            ("7", "7 days or more"),
        ],
    )
    photos = forms.BooleanField(label="With photos", required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        kinds = [(problem.id, problem.label) for problem in problems()]
        cast("forms.ChoiceField", self.fields["problem"]).choices = [("", "Any"), *kinds]
        self.full_clean()

    def filters(self) -> Filters:
        """The filters that the address names."""
        given = self.cleaned_data
        return Filters(
            urgency=int(given["urgency"]) if given.get("urgency") else None,
            problem=given.get("problem") or "",
            days=int(given.get("days") or 0),
            photos=bool(given.get("photos")),
        )

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return self.filters() != Filters()


class PassForm(forms.Form):
    """Why a case is passed on, and to whom."""

    because = forms.CharField(
        label="Why you pass it on",
        help_text="A sentence for the coordinator. The person does not see it.",
        max_length=500,
        error_messages={"required": "Say why, in a sentence."},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    to = forms.ChoiceField(
        label="To whom", help_text="They are invited, if they can be.", required=False
    )

    def __init__(self, data: QueryDict | None = None, *, colleagues: list[Specialist]) -> None:
        super().__init__(data)
        people = [(str(c.pk), f"{c.name}, {c.profession}") for c in colleagues]
        cast("forms.ChoiceField", self.fields["to"]).choices = [
            ("", "Nobody in particular"),
            *people,
        ]


class AskForm(forms.Form):
    """What a specialist asks the asker."""

    text = forms.CharField(
        label="Your question",
        max_length=1000,
        error_messages={"required": "Write your question first."},
        widget=forms.Textarea(attrs={"rows": 3, "id": "id_question"}),
    )
    wants_photos = forms.BooleanField(label="I also ask for photos", required=False)


class AmendForm(OpinionForm):
    """The amended answer with the reason for it. The reason is asked for when signing."""

    because = forms.CharField(
        label="Why you change it",
        help_text="The person reads this above your answer.",
        required=False,
        max_length=500,
        widget=forms.TextInput(),
    )


class WithdrawForm(forms.Form):
    """Why an answer is taken back."""

    because = forms.CharField(
        label="Why you withdraw it",
        help_text="The person reads this.",
        max_length=500,
        error_messages={"required": "Say why, in a sentence. The person reads it."},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReplyForm(forms.Form):
    """A short reply to one row on which the panel differs."""

    row = forms.ChoiceField(label="The difference")
    text = forms.CharField(
        label="Your reply",
        help_text="One short reply. It stands on that row, with your name, and changes no reading.",
        max_length=REPLY_LIMIT,
        error_messages={"required": "Write your reply first."},
        widget=forms.Textarea(attrs={"rows": 3, "id": "id_reply"}),
    )

    def __init__(
        self, data: QueryDict | None = None, *, differences: tuple[tuple[str, str], ...]
    ) -> None:
        super().__init__(data)
        cast("forms.ChoiceField", self.fields["row"]).choices = list(differences)


class PhraseForm(forms.Form):
    """A piece of text to use again."""

    text = forms.CharField(
        label="A new phrase",
        help_text="Something you write often. You can put it into any answer.",
        max_length=PHRASE_LIMIT,
        error_messages={"required": "Write the phrase first."},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
