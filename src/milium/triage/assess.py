"""One text and the intake answers -> the red flags that fire, most urgent first."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from milium.notes.places import Place, place_of_code
from milium.statements import Quote, RedFlag, Triage, Urgency
from milium.statements.intake import Intake
from milium.triage.features import Features, Finding, load_features
from milium.triage.rules import URGENCIES, Groups, Rule, load_rules


DATA = Path(__file__).with_name("data")

Found = Mapping[str, tuple[Finding, ...]]


class RuleBook:
    """The features and the rules over them, loaded and checked."""

    def __init__(self, features: Features, rules: tuple[Rule, ...]) -> None:
        self.features, self.rules = features, rules

    def triage(self, text: str, intake: Intake, place: Place | None) -> Triage:
        """Every rule that fires on the text and the answers."""
        found = self.features.find(text)
        present = found.keys() | intake.features()
        flags = [flag for rule in self.rules if (flag := _flag(rule, text, found, present, place))]
        flags.sort(key=lambda flag: (URGENCIES.index(flag.urgency), _position(flag)))
        return Triage(urgency=flags[0].urgency if flags else "routine", flags=tuple(flags))


def load_rule_book(folder: Path = DATA) -> RuleBook:
    """Read the data of ``folder``. Raises ``BadData`` naming file, entry and reason."""
    features = load_features(folder)
    return RuleBook(features, load_rules(folder / "rules.json", features.features.keys()))


@lru_cache(maxsize=1)
def rule_book() -> RuleBook:
    """The rules Milium carries, loaded once."""
    return load_rule_book()


def triage(text: str, *, intake: Intake | None = None, country: str | None = None) -> Triage:
    """The red flags of one text. ``country`` (an ISO code) decides the emergency number the advice names.

    No flag means ``routine``: that nothing was found, not that nothing is wrong.
    """
    intake = intake or Intake()
    return rule_book().triage(text, intake, place_of_code(country or intake.country))


def _flag(
    rule: Rule, text: str, found: Found, present: frozenset[str] | set[str], place: Place | None
) -> RedFlag | None:
    if not present.isdisjoint(rule.unless):
        return None
    fired = next((groups for groups in rule.when if _holds(groups, present)), None)
    if fired is None:
        return None
    return RedFlag(
        rule=rule.id,
        version=rule.version,
        urgency=_risen(rule, present),
        quote=_quote(text, fired, found),
        advice=_advice(rule.advice, place),
        source=rule.sources[0],
    )


def _holds(groups: Groups, present: frozenset[str] | set[str]) -> bool:
    return all(not present.isdisjoint(group) for group in groups)


def _risen(rule: Rule, present: frozenset[str] | set[str]) -> Urgency:
    levels = [e.to for e in rule.escalate if not present.isdisjoint(e.features)]
    return min((rule.urgency, *levels), key=URGENCIES.index)


def _quote(text: str, groups: Groups, found: Found) -> Quote | None:
    """The words of the trigger; those of the next group that has any when the trigger was only ticked."""
    for group in groups:
        places = [place for name in group for place in found.get(name, ())]
        if places:
            first = min(places, key=lambda place: (place.end - place.start, place.start))
            return Quote.of(text, first.start, first.end)
    return None


def _position(flag: RedFlag) -> int:
    return flag.quote.start if flag.quote else -1


def _advice(advice: str, place: Place | None) -> str:
    number = place.emergency if place and place.emergency else None
    crisis = place.crisis if place and place.crisis else None
    return advice.replace(
        "{emergency}", f"your emergency number ({number})" if number else _ANY_EMERGENCY
    ).replace("{crisis}", crisis or _ANY_CRISIS)


_ANY_EMERGENCY = "your emergency number (112, 911, 999 or 000, by country)"
_ANY_CRISIS = "a crisis line (US and Canada 988, UK and Ireland 116 123, Australia 13 11 14, or your own country's)"
