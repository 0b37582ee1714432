"""How hard a sentence is to read, and the sentences of the product itself.

The measure is the Flesch-Kincaid grade level (Kincaid, Fishburne, Rogers and Chissom 1975,
https://en.wikipedia.org/wiki/Flesch%E2%80%93Kincaid_readability_tests):

    0.39 x words per sentence + 11.8 x syllables per word - 15.59

The libraries that compute it lean on a pronouncing dictionary under a licence Milium does not take, so syllables are
counted here as the formula's own manual lets one do by hand: groups of vowels, without silent endings.
"""

from __future__ import annotations

import ast
import html
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser as HTMLParser

from milium.api import vocabulary


Collector = Callable[[], Iterator[tuple[str, str]]]
SITE = Path(__file__).resolve().parents[1] / "src" / "milium_site"
LIBRARY = SITE.parent / "milium"
GRADE = 8.0
# The formula was made for prose. Of a heading or a label of a few words it says nothing.
FEWEST_WORDS = 8
VOWELS = re.compile(r"[aeiouy]+")
SILENT = re.compile(r"[^aeiouyl]e$|[aeiouy]le$|[^aeiouytd]ed$|[^aeiouyscgxzh]es$")
WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
# Everyday words of this product, in the number of syllables people say; a rule would miss them.
SAID = {"specialist": 3, "specialists": 3, "milium": 3, "area": 3, "being": 2, "create": 2, "created": 3, "everybody": 4, "everything": 3, "something": 2, "sometimes": 2, "someone": 2, "somebody": 3, "anybody": 4, "medicine": 3, "medicines": 3, "people": 2, "answered": 2, "moderator": 4, "science": 2, "quiet": 2, "idea": 3, "diet": 2, "whole": 1, "safety": 2, "safely": 2, "before": 2}  # fmt: skip
BLOCK = r"</?(?:p|h[1-6]|li|ul|ol|div|section|label|legend|button|a class|summary|dt|dd|dl|td|th|tr|table|details|option|span class|br|title|fieldset|figcaption|header|footer|form|q|blockquote|strong class)\b[^>]*>"


def syllables(word: str) -> int:
    """How many syllables a word has, one at least."""
    word = word.lower().strip("'’-")
    if word in SAID:
        return SAID[word]
    if "-" in word:
        return sum(map(syllables, filter(None, word.split("-"))))
    word = re.sub(r"['’](s|re|ll|ve|d|m|t)$", "", word)
    count = len(VOWELS.findall(word))
    if SILENT.search(word):
        count -= 1
    count += len(re.findall(r"ia(?!l$|n)|[^gcs]io(?![un])|eo(?!u)|[^q]ua(?!l)", word)) > 0
    return max(count, 1)


def words_in(text: str) -> list[str]:
    return WORD.findall(text)


def grade(text: str) -> float:
    """The Flesch-Kincaid grade of one sentence."""
    words = words_in(text)
    return 0.39 * len(words) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def sentences(text: str) -> Iterator[str]:
    """Prose, cut at its full stops and colons."""
    for piece in (" ".join(p.split()) for p in re.split(r"(?<=[.?!:;])\s+|\n{2,}", text)):
        if len(words_in(piece)) >= FEWEST_WORDS:
            yield piece


def of_templates() -> Iterator[tuple[str, str]]:
    """Every sentence of every template: what is filled in counts as one short word."""
    for path in sorted(SITE.rglob("templates/**/*")):
        if path.suffix not in {".html", ".txt"}:
            continue
        text = path.read_text(encoding="utf-8")
        text = re.sub(
            r"{% comment %}.*?{% endcomment %}|{#.*?#}|<style.*?</style>|<svg.*?</svg>",
            " ",
            text,
            flags=re.DOTALL,
        )
        text = re.sub(r"<(?:meta|link|script|input)\b[^>]*>", " ", text)
        # Two ways a page can go are two sentences.
        text = re.sub(
            r"{% *(?:if|elif|else|endif|for|empty|endfor|block|endblock)\b[^%]*%}", "\n\n", text
        )
        text = re.sub(r"{%.*?%}", " ", text, flags=re.DOTALL)
        text = re.sub(r"{{.*?}}", "it", text, flags=re.DOTALL)
        text = re.sub(BLOCK, "\n\n", text)
        text = html.unescape(re.sub(r"<[^>]*>", "", text))
        for sentence in sentences(text):
            yield str(path.relative_to(SITE)), sentence


def of_code() -> Iterator[tuple[str, str]]:
    """Every sentence that the site's Python may show: text that reads as one, and is no docstring."""
    for path in sorted(SITE.rglob("*.py")):
        if "migrations" in path.parts or {"config", "jobs", "keeping"} & set(path.parts):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
        raised = {
            id(part)
            for node in ast.walk(tree)
            if isinstance(node, ast.Raise)
            for part in ast.walk(node)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                if id(node) in docs or id(node) in raised or not re.match(r"[A-Z“]", node.value):
                    continue
                for sentence in sentences(node.value.replace("\n", "\n\n")):
                    yield str(path.relative_to(SITE)), sentence


def of_questions() -> Iterator[tuple[str, str]]:
    """What is asked of each kind of problem."""
    table = json.loads((SITE / "cases/data/questions.json").read_text(encoding="utf-8"))
    for row in table["questions"]:
        for text in (
            row["ask"],
            row.get("hint", ""),
            *(o["label"] for o in row.get("options", ())),
        ):
            for sentence in sentences(text):
                yield row["id"], sentence


# What people wrote stands in these, what was printed elsewhere, and lists of names and numbers: of the product's own
# sentences it is a part as short as a name.
OTHERS_WORDS = "q, blockquote, mark, .whole, textarea, input, select, .credential, .answer header, .reports, .sources, [rel~='external'], .visit small, .danger details ul, .care details ul"
UNREAD = "script, style, svg, head, nav, #theme"
INLINE = frozenset({"a", "abbr", "b", "em", "i", "kbd", "label", "small", "span", "strong"})
SHORT = "it"
NAMES = {"condition", "treatment", "test", "specialty"}


def of_page(page: str, *names: str) -> Iterator[str]:
    """Every sentence of a drawn page that is the product's own; ``names`` of people count as one short word."""
    tree = HTMLParser(page)
    tree.strip_tags(UNREAD.split(", "))
    for node in tree.css(OTHERS_WORDS):
        node.replace_with(f" {SHORT} ")
    for node in tree.css("body *"):
        if node.tag not in INLINE:
            node.insert_before("\n\n")
            node.insert_after("\n\n")
    text = tree.body.text() if tree.body else ""
    for name in names:
        text = text.replace(name, SHORT)
    for piece in re.split(r"\n\s*\n", text):
        yield from sentences(with_short_names(piece))


def of_knowledge() -> Iterator[tuple[str, str]]:
    """Milium's own notes, texts and advice: what a page shows of them depends on the case."""
    for folder, file, field in (("notes", "safety", "statement"), ("notes", "texts", "text"), ("triage", "rules", "advice")):  # fmt: skip
        table = json.loads((LIBRARY / folder / f"data/{file}.json").read_text(encoding="utf-8"))
        rows = next(rows for rows in table.values() if isinstance(rows, list))
        for row in rows:
            for sentence in sentences(with_short_names(row[field])):
                yield f"{file} {row['id']}", sentence


def with_short_names(text: str) -> str:
    """The text with ``it`` for each name of a condition, treatment, test or specialty.

    A name is what it is: the page explains it where it can, and a sentence is not harder for saying "isotretinoin".
    """
    pieces, at = [], 0
    for mention in vocabulary().mentions(text):
        if {concept.partition(":")[0] for concept in mention.concepts} & NAMES:
            pieces += [text[at : mention.start], SHORT]
            at = mention.end
    return "".join((*pieces, text[at:]))
