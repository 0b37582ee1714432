"""How well triage does on vignettes, by part and by rule, and how long one text takes.

A vignette counts as caught when triage is at least as urgent as expected, as left alone when nothing fired above
routine and no rule fired that must not. Run: ``python -m benchmarks.triage`` or ``python benchmarks/triage.py``.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from milium.triage import rule_book, triage
from milium.triage.rules import URGENCIES


ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "knowledge" / "vignettes_dev.yaml"
OURS = ROOT / "benchmarks" / "data" / "triage_vignettes.jsonl"
FIRST_LOOK = ROOT / "benchmarks" / "data" / "triage_first_look.json"
CORPUS = ROOT / "tests" / "corpus" / "vignettes.jsonl"
URGENT = ("emergency", "same_day")
CALM = ("routine", "none")

Vignette = dict[str, Any]


def lines(path: Path) -> list[Vignette]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def sets() -> Iterator[tuple[str, list[Vignette]]]:
    """Every set of vignettes that is there, by name."""
    if SHARED.exists():
        import yaml  # noqa: PLC0415 - only where the shared file is

        yield "shared, development", yaml.safe_load(SHARED.read_text(encoding="utf-8"))["vignettes"]
    ours = lines(OURS)
    for part in sorted({v["part"] for v in ours}):
        yield f"ours, {part}", [v for v in ours if v["part"] == part]
    if CORPUS.exists():
        yield "corpus, another writer", lines(CORPUS)


def caught(vignette: Vignette) -> bool:
    got = URGENCIES.index(triage(vignette["text"]).urgency)
    return got <= URGENCIES.index(vignette["expected_urgency"])


def left_alone(vignette: Vignette) -> bool:
    found = triage(vignette["text"])
    unwanted = {flag.rule for flag in found.flags} & set(vignette.get("must_not_fire", ()))
    return found.urgency == "routine" and not unwanted


def share(right: int, of: int) -> str:
    return f"{right}/{of} ({100 * right / of:.1f} %)" if of else "none"


def report(name: str, vignettes: list[Vignette]) -> None:
    urgent = [v for v in vignettes if v["expected_urgency"] in URGENT]
    calm = [v for v in vignettes if v["expected_urgency"] in CALM]
    routine = sum(
        triage(v["text"]).urgency == "routine"
        for v in urgent
        if v["expected_urgency"] == "emergency"
    )
    print(
        f"{name}: emergencies and same-day caught {share(sum(map(caught, urgent)), len(urgent))}; "
        f"look-alikes left alone {share(sum(map(left_alone, calm)), len(calm))}; "
        f"emergencies called routine {routine}"
    )


def first_looks() -> None:
    """What each set gave before anyone saw its misses, oldest first: the honest guess for texts not yet seen."""
    print("\nat first look, before its misses were worked on:")
    for name, look in json.loads(FIRST_LOOK.read_text(encoding="utf-8")).items():
        print(
            f"  {name}: urgent caught {share(*look['urgent'])}; "
            f"look-alikes left alone {share(*look['harmless'])}; "
            f"emergencies called routine {look.get('emergencies_called_routine', 'not noted')}"
            + (f" ({look['note']})" if "note" in look else "")
        )


def by_rule(vignettes: list[Vignette]) -> None:
    wanted, found, unwanted = Counter[str](), Counter[str](), Counter[str]()
    for vignette in vignettes:
        fired = {flag.rule for flag in triage(vignette["text"]).flags}
        expected = set(vignette.get("expected_rules", ()))
        wanted.update(expected)
        found.update(expected & fired)
        unwanted.update(fired & set(vignette.get("must_not_fire", ())))
    print(f"\n{'rule':28}{'fired / wanted':>16}{'fired wrongly':>15}")
    for rule in rule_book().rules:
        print(f"{rule.id:28}{found[rule.id]:>7} / {wanted[rule.id]:<6}{unwanted[rule.id]:>15}")


def time_a_text(vignettes: list[Vignette]) -> float:
    """The mean of the fastest of five rounds, in milliseconds."""
    rounds = []
    for _ in range(5):
        start = time.perf_counter()
        for vignette in vignettes:
            triage(vignette["text"])
        rounds.append(time.perf_counter() - start)
    return 1000 * min(rounds) / len(vignettes)


def main() -> None:
    start = time.perf_counter()
    rule_book()
    print(f"triage: rules loaded in {1000 * (time.perf_counter() - start):.0f} ms")
    everything = []
    for name, vignettes in sets():
        report(name, vignettes)
        everything += vignettes
    first_looks()
    by_rule(everything)
    print(f"\ntriage of one text: {time_a_text(everything):.2f} ms (goal: under 2 ms)")


if __name__ == "__main__":
    main()
