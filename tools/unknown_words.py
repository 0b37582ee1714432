"""Which words of a corpus stand in no name the vocabulary knows, most frequent first, each with a place it stands.

    python -m tools.unknown_words FILE.jsonl [--most 100]

FILE holds texts as JSON Lines: {"text"} or a case with "question" and "opinions" (.gz is opened). What is listed is a
place to look, not a gap: everyday words come first, names that are missing further down.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from milium.vocabulary import TOKEN, Vocabulary, load_vocabulary, normal_word


CONTEXT = 30


def texts(file: Path) -> Iterator[str]:
    """Every text of the file."""
    open_text = gzip.open if file.suffix == ".gz" else open
    with open_text(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield from filter(None, [record.get("text"), record.get("question")])
            yield from (opinion["text"] for opinion in record.get("opinions", ()))


def unknown(vocabulary: Vocabulary, corpus: Iterator[str]) -> dict[str, tuple[int, str]]:
    """For each unknown normal word of three letters or more: how often, and its first place."""
    known = {
        word
        for concept in vocabulary
        for name in concept.names
        for word in map(normal_word, name.split())
    }
    count: collections.Counter[str] = collections.Counter()
    place: dict[str, str] = {}
    for text in corpus:
        for token in TOKEN.finditer(text):
            word = normal_word(token.group())
            if len(word) > 2 and word.isalpha() and word not in known:
                count[word] += 1
                around = text[max(0, token.start() - CONTEXT) : token.end() + CONTEXT]
                place.setdefault(word, " ".join(around.split()))
    return {word: (times, place[word]) for word, times in count.most_common()}


def main() -> int:
    """Print the list."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--most", type=int, default=100, help="how many words (100)")
    arguments = parser.parse_args()
    if not arguments.file.is_file():
        print(f"{arguments.file}: there is no such file", file=sys.stderr)
        return 2
    found = unknown(load_vocabulary(), texts(arguments.file))
    for word, (times, place) in list(found.items())[: arguments.most]:
        print(f"{times:6d}  {word:20s} ... {place} ...")
    return 0


if __name__ == "__main__":
    sys.exit(main())
