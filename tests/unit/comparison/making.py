"""Hand-made readings: what a specialist says is given with the words it stands on."""

from __future__ import annotations

from typing import Any

from milium import api


def statement(
    text: str, kind: str, name: str, stance: str | None, words: str, **more: str
) -> api.Statement:
    concept = api.lookup(name, kind)
    assert concept, f"no {kind} {name}"
    start = text.index(words)
    made: Any = {"kind": kind, "stance": stance, **more}
    return api.Statement(
        **made,
        concept=api.ConceptRef(id=concept.id, name=concept.name),
        quote=api.Quote.of(text, start, start + len(words)),
    )


def tried(name: str, response: api.Response, text: str = "I used it") -> api.Tried:
    concept = api.lookup(name, "treatment")
    assert concept
    return api.Tried(
        concept=api.ConceptRef(id=concept.id, name=concept.name),
        response=response,
        quote=api.Quote.of(text, 0, len(text)),
    )


class Panel:
    """A case put together opinion by opinion; each statement's words become the opinion's text."""

    def __init__(self) -> None:
        self.said: dict[str, list[tuple[Any, ...]]] = {}
        self.history = api.History()

    def says(self, opinion: str, kind: str, name: str, stance: str | None, **more: str) -> Panel:
        self.said.setdefault(opinion, []).append((kind, name, stance, more))
        return self

    def silent(self, opinion: str) -> Panel:
        self.said.setdefault(opinion, [])
        return self

    def compared(self) -> api.Comparison:
        opinions, readings = [], {}
        for name, said in self.said.items():
            text = " ".join(f"{kind} {stance} {concept}." for kind, concept, stance, _ in said)
            opinions.append(api.Opinion(id=name, text=text))
            readings[name] = [
                statement(text, kind, concept, stance, f"{kind} {stance} {concept}", **more)
                for kind, concept, stance, more in said
            ]
        case = api.Case(id="made", opinions=tuple(opinions))
        return api.compare_readings(case, self.history, readings)


def names(rows: tuple[api.Row, ...]) -> list[str]:
    return [row.concept.name for row in rows]


def row(rows: tuple[api.Row, ...], name: str) -> api.Row:
    return next(row for row in rows if row.concept.name == name)


def stances(row: api.Row) -> dict[str, Any]:
    return {position.opinion: position.stance for position in row.positions}
