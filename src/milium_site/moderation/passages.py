"""Everything the asker of a case typed, as a moderator reads and masks it: their words, the place, answers in own words. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from milium_site.cases.answers import Answers
from milium_site.cases.corrections import Corrections
from milium_site.cases.questions import questions
from milium_site.moderation.masking import Piece, masked, pieces


TEXT, PLACE = "text", "place"
# The end of a name that stands for a whole passage.
WHOLE = "whole"
MASKED = "[masked]"
LONGEST_PLACE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What can be masked of a case. A case keeps it so, and undoing a mask puts it back so."""

    text: str
    place: str
    corrections: Corrections
    answers: Answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Words typed in one place: ``name`` for a form, ``label`` for a moderator."""

    name: str
    label: str
    text: str

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Its text in runs, named after it."""
        return pieces(self.text, of=self.name)

    @property
    def finds(self) -> tuple[Piece, ...]:
        """The runs that may tell who somebody is."""
        return tuple(piece for piece in self.pieces if piece.kind)

    @property
    def whole(self) -> str:
        """How a form names all of it."""
        return f"{self.name}.{WHOLE}"

    def masked(self, names: Iterable[str], also: str) -> str:
        """Its text with these finds masked, or all of it, and the words ``also`` wherever they stand."""
        wanted = set(names)
        return MASKED if self.whole in wanted else masked(self.text, wanted, also, of=self.name)


def passages(typed: Typed) -> tuple[Passage, ...]:
    """Every passage that holds words, the asker's own text first."""
    return tuple(p for p in _passages(typed) if p.text)


def _passages(typed: Typed) -> Iterator[Passage]:
    yield Passage(name=TEXT, label="Their words", text=typed.text)
    yield Passage(name=PLACE, label="Where they live", text=typed.place)
    for number, added in enumerate(typed.corrections.added):
        yield Passage(name=f"added-{number}", label="Added by hand", text=added.words)
    for question in questions():
        value = typed.answers.given.get(question.id)
        if isinstance(value, str) and value not in {o.id for o in question.options}:
            yield Passage(name=f"answer-{question.id}", label=question.panel, text=value)


def without(typed: Typed, names: Iterable[str], also: str = "") -> Typed:
    """The same with the finds of these ``names`` masked, and the words ``also`` in every passage."""
    wanted = list(names)
    new = {p.name: p.masked(wanted, also) for p in passages(typed)}
    added = tuple(
        replace(a, words=new.get(f"added-{n}", a.words))
        for n, a in enumerate(typed.corrections.added)
    )
    return Typed(
        text=new.get(TEXT, typed.text),
        place=new.get(PLACE, typed.place)[:LONGEST_PLACE],
        corrections=replace(typed.corrections, added=added),
        answers=replace(typed.answers, given=_given(typed.answers.given, new)),
    )


def _given(
    given: Mapping[str, str | tuple[str, ...]], new: Mapping[str, str]
) -> dict[str, str | tuple[str, ...]]:
    return {id_: new.get(f"answer-{id_}", value) for id_, value in given.items()}
