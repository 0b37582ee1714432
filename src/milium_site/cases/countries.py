"""Countries by ISO 3166 code, with the number to call in an emergency. docs/site.md says where the numbers are from."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """``emergency`` is empty where we name no number; ``ZZ`` stands for a country that is not listed."""

    code: str
    name: str
    emergency: str


def _load() -> dict[str, Country]:
    with Path(__file__).with_name("countries.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: Country(**row) for row in csv.DictReader(file)}


COUNTRIES = _load()


def emergency_number(code: str) -> str:
    """The number to call there, empty when we know none."""
    return COUNTRIES[code].emergency if code in COUNTRIES else ""


def guessed_from(accept_language: str, default: str) -> str:
    """The country a browser's language points to, else ``default``.

    >>> guessed_from("en-GB,en;q=0.8", "US")
    'GB'
    """
    first = accept_language.partition(",")[0].partition(";")[0].strip()
    region = first.rpartition("-")[2].upper() if "-" in first else ""
    return region if region in COUNTRIES else default
