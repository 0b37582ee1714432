"""Milium's whole reader beside medSpaCy and spaCy: one core, the same texts, the same names, one run.

Processor time, not wall time, so that a busy machine favours nobody. Every round reads texts that no round before
it has read, the programs by turns; the figure is the median round.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec

from benchmarks import medspacy_reader, texts
from benchmarks.machine import one_core
from benchmarks.scoring import Reading, f1
from milium import api


ROUNDS = 5
DOCUMENTS = 200
WANTED = {"medSpaCy, its full pipeline": 25.0, "medSpaCy, plain sentencizer": 3.0}
Run = Callable[[list[str]], object]


def main() -> None:
    if find_spec("medspacy") is None:
        print("skipped: medSpaCy is not installed; `make bench` installs it")
        return
    print(__doc__.strip())
    opinions, source = texts.opinions()
    print(f"\n{source}; {len(medspacy_reader.names()):,} names; {one_core()}\n")
    programs = contenders()
    long = list(texts.joined(opinions, 300))
    average = sum(map(len, long)) / len(long)
    compare(
        f"opinions joined to about 300 characters ({average:.0f} on average)",
        long,
        programs,
    )
    compare(
        f"opinions as they are ({sum(map(len, opinions)) / len(opinions):.0f})", opinions, programs
    )
    accuracy()


def contenders() -> dict[str, Run]:
    full = medspacy_reader.pipeline(sentences="medspacy_pyrush")
    plain = medspacy_reader.pipeline(sentences="sentencizer")
    return {
        "Milium, whole reader": lambda texts: [api.read_answer(text) for text in texts],
        "medSpaCy, its full pipeline": lambda texts: list(full.pipe(texts)),
        "medSpaCy, plain sentencizer": lambda texts: list(plain.pipe(texts)),
        "spaCy tokenizer and PhraseMatcher": medspacy_reader.phrase_matcher(),
    }


def compare(title: str, documents: list[str], programs: dict[str, Run]) -> None:
    # The first slice warms everybody up and is not counted.
    size = min(DOCUMENTS, len(documents) // (ROUNDS + 1))
    slices = [documents[n * size : (n + 1) * size] for n in range(ROUNDS + 1)]
    speeds: dict[str, list[float]] = {name: [] for name in programs}
    for batch in slices:
        for name, run in programs.items():
            speeds[name].append(len(batch) / processor_seconds(partial(run, batch)))
    typical = {name: statistics.median(rounds[1:]) for name, rounds in speeds.items()}
    ours = typical["Milium, whole reader"]
    print(f"{title}; {ROUNDS} rounds of {size} documents\n")
    print(f"  {'':36}{'documents/s':>12}{'Milium is':>12}")
    for name, speed in typical.items():
        goal = f"   at least {WANTED[name]:g} x is wanted" if name in WANTED else ""
        print(f"  {name:36}{speed:12,.0f}{ours / speed:10.1f} x{goal}")
    print()


def processor_seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def accuracy() -> None:
    """F1 of both on annotated answers."""
    print(
        "F1 on annotated answers (medSpaCy's output made into statements as medspacy_reader.py says)\n"
    )
    print(f"  {'':36}{'concept':>10}{'and stance':>12}")
    for file in (texts.GOLD, texts.OWN_GOLD):
        if not file.exists():
            print(f"  skipped: {file.name} is not there")
            continue
        answers = texts.gold(file)
        print(f"  {file.name}, {len(answers)} answers")
        for name, read in readers().items():
            concept, stance = f1(read, answers)
            print(f"  {name:36}{concept:10.3f}{stance:12.3f}")


def readers() -> dict[str, Callable[[str], Reading]]:
    full = medspacy_reader.pipeline(sentences="medspacy_pyrush", plurals=True)
    plain = medspacy_reader.pipeline(sentences="sentencizer", plurals=True)
    return {
        "Milium, whole reader": milium_reading,
        "medSpaCy, its full pipeline": lambda text: medspacy_reader.statements(full(text)),
        "medSpaCy, plain sentencizer": lambda text: medspacy_reader.statements(plain(text)),
    }


def milium_reading(text: str) -> Reading:
    return {(s.kind, s.concept.id): s.stance for s in api.read_answer(text)}


if __name__ == "__main__":
    main()
