"""Searching: time for a query, memory, time to build and size of the index, over cases made up for the purpose.

    python -m benchmarks.retrieval            10,000 and 100,000 cases
    python -m benchmarks.retrieval --full     1,000,000 too (a few minutes, 3 GB of disk)

Cases are made from the vocabulary's own names and a tail of words as rare as in real texts (Zipf), about 120 words each;
queries are two to twelve words, one in ten misspelt. Everything runs on one core but the build, which takes what there is.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import runpy
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from statistics import mean, median, quantiles

from milium import api


WORDS_OF_LANGUAGE, QUERIES, SAMPLE = 60_000, 400, 2_000
RESAMPLES = 5000
Metrics = Callable[[Sequence[str], Mapping[str, int]], tuple[float, float, float]]


class Language:
    """Words with the frequencies of natural text, the vocabulary's names among them."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        syllables = [
            a + b for a in "bcdfghklmnprstvw" for b in ("a", "e", "i", "o", "u", "er", "in")
        ]
        self.words = list(
            dict.fromkeys(
                "".join(self.random.choices(syllables, k=self.random.choice((2, 2, 3, 3, 4))))
                for _ in range(WORDS_OF_LANGUAGE)
            )
        )
        self.weights = list(accumulate(1 / (rank + 10) for rank in range(len(self.words))))
        names: dict[str, list[str]] = {}
        for concept in api.vocabulary():
            names.setdefault(concept.kind, []).extend(concept.searched_names)
        self.names = names

    def text(self, words: int, kinds: str) -> str:
        """About ``words`` words, every sixth a name of one of ``kinds``."""
        kind = kinds.split()
        parts = self.random.choices(self.words, cum_weights=self.weights, k=words)
        for at in range(0, words, 9):
            parts[at] = self.random.choice(self.names[self.random.choice(kind)])
        return " ".join(parts)

    def cases(self, count: int) -> Iterator[dict[str, object]]:
        """Cases as the command line takes them."""
        for number in range(count):
            condition = self.random.choice(self.names["condition"])
            yield {
                "id": f"case-{number}",
                "title": f"{condition} {self.text(3, 'site symptom')}",
                "question": self.text(45, "site symptom treatment"),
                "opinions": [
                    f"{condition}. {self.text(30, 'condition treatment test')}",
                    self.text(25, "condition treatment outlook"),
                ],
            }

    def query(self) -> str:
        """Two to twelve words, some of them names, one in ten misspelt."""
        words = self.random.randint(2, 12)
        text = self.text(words, "condition site symptom treatment").split()[:words]
        if self.random.random() < 0.1:
            longest = max(range(len(text)), key=lambda n: len(text[n]))
            word = text[longest]
            at = self.random.randrange(1, max(2, len(word)))
            text[longest] = word[:at] + word[at + 1 :]
        return " ".join(text)


def memory() -> float:
    """Megabytes this process holds beside the files it maps."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(lines["RssAnon"].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(count: int, folder: Path) -> None:
    """Build an index of ``count`` cases by the command and time queries on it."""
    language = Language(count)
    cases = folder / "cases.jsonl"
    with cases.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(case) + "\n" for case in language.cases(count))
    reading = read_alone(cases)
    text, index = cases.stat().st_size, folder / f"index-{count}"
    started = time.perf_counter()
    command = [sys.executable, "-m", "milium", "index", "--index", str(index), str(cases)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    built = time.perf_counter() - started
    size = sum(file.stat().st_size for file in index.rglob("*") if file.is_file())
    cases.unlink()
    print(
        f"{count:>9,} cases: built in {built:.0f} s, reading included (on one core alone {reading * count:.0f} s, "
        f"from {SAMPLE:,}); index {size / 1e6:.0f} MB of {text / 1e6:.0f} MB text"
    )
    search(index, language)


def read_alone(cases: Path) -> float:
    """Seconds of processor time for reading one case."""
    with cases.open(encoding="utf-8") as lines:
        sample = [json.loads(line) for _, line in zip(range(SAMPLE), lines, strict=False)]
    for case in sample[:50]:
        api.index_entry(case)
    started = time.process_time()
    for case in sample:
        api.index_entry(case)
    return (time.process_time() - started) / len(sample)


def search(index: Path, language: Language) -> None:
    """Time queries one after another on one core, after a few to warm up."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    before = memory()
    started = time.perf_counter()
    archive = api.open_archive(index)
    opened = time.perf_counter() - started
    for _ in range(40):
        archive.search(language.query())
    times = []
    for _ in range(QUERIES):
        query = language.query()
        started = time.perf_counter()
        archive.search(query)
        times.append((time.perf_counter() - started) * 1000)
    print(
        f"{'':>9}  query p50 {median(times):.2f} ms, p99 {quantiles(times, n=100)[98]:.2f} ms; "
        f"opened in {opened:.2f} s; {memory() - before:.0f} MB of memory"
    )


def main(*, full: bool = False) -> None:
    """Measure each size in its own process, so that memory and the core it keeps to are its own."""
    sizes = (10_000, 100_000, 1_000_000)[: 3 if full else 2]
    medians = []
    for size in sizes:
        command = [sys.executable, "-m", "benchmarks.retrieval", "--size", str(size)]
        told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
        print(told, end="", flush=True)
        medians.append(float(told.partition("p50 ")[2].split()[0]))
    grown = medians[-1] / medians[0]
    print(
        f"{sizes[-1] // sizes[0]}-fold the cases: p50 {grown:.1f}-fold (goal: under 50-fold for 100-fold)"
    )
    questions()


def questions() -> None:
    """Score the public questions, where the development data is there, and say how far chance moves the figures."""
    shared = Path(__file__).resolve().parents[2] / "shared" / "retrieval"
    if not shared.is_dir():
        print("the public questions are not there: ../shared/retrieval")
        return
    with tempfile.TemporaryDirectory() as folder:
        milium = f"{sys.executable} -m milium"
        command = [*milium.split(), "index", "--index", folder, str(shared / "medquad.jsonl.gz")]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        asked = shared / "liveqa_dev.jsonl"
        score = [sys.executable, str(shared / "score.py"), str(asked)]
        subprocess.run([*score, "--index", folder, "--milium", milium], check=True)
        metrics = runpy.run_path(str(shared / "score.py"))["metrics"]
        spread(api.open_archive(Path(folder)), asked, metrics)


def spread(archive: api.Archive, asked: Path, metrics: Metrics) -> None:
    """Print the 95 % intervals of the judged view when the questions are drawn anew with replacement."""
    scores = []
    for row in map(json.loads, asked.read_text("utf-8").splitlines()):
        hits = archive.search(row["query"], limit=200).hits
        scores.append(metrics([h.id for h in hits if h.id in row["judged"]], row["judged"]))
    chance = random.Random(1)
    draws = [chance.choices(scores, k=len(scores)) for _ in range(RESAMPLES)]
    for name, place in (("MRR@10", 1), ("nDCG@10", 2)):
        cuts = quantiles((mean(score[place] for score in draw) for draw in draws), n=40)
        print(f"judged {name}: 95 % of resamples from {cuts[0]:.3f} to {cuts[-1]:.3f}")


def parsed() -> argparse.Namespace:
    """The command line of this module run by itself."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--full", action="store_true", help="1,000,000 cases too")
    parser.add_argument("--size", type=int, help="this many cases only")
    return parser.parse_args()


if __name__ == "__main__":
    args = parsed()
    if args.size:
        with tempfile.TemporaryDirectory() as place:
            measure(args.size, Path(place))
    else:
        main(full=args.full)
