"""Public registers of health professions: which country has which, what a number looks like, where an entry is seen.

A number that keeps its form proves nothing about a person; it only spares a moderator the search for a slip.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote


DATA = Path(__file__).with_name("registers.json")
NPI_PREFIX = (
    "80840"  # 80 for health, 840 for the United States: the NPI is checked as a card number of them
)


class WrongNumber(ValueError):
    """A registration number that the register cannot have given out. The message says what is expected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a fact about a register comes from."""

    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """One public register. ``pattern`` is empty where no format is known; ``entry`` where entries have no address of their own."""

    id: str
    country: str
    name: str
    number: str
    pattern: str
    check: str
    hint: str
    search: str
    entry: str
    caution: str
    sources: tuple[Source, ...]

    def address_of(self, number: str) -> str:
        """Where the public register shows the entry, or can be searched for it; empty when neither is known."""
        return (
            self.entry.format(number=quote(number, safe=""))
            if self.entry and number
            else self.search
        )

    def checked(self, number: str) -> str:
        """The number as the register writes it. Raises ``WrongNumber``."""
        bare = re.sub(r"[\s.\-]", "", number).upper() if self.pattern else " ".join(number.split())
        if not bare:
            raise WrongNumber(f"Give your {self.number}.")
        if self.pattern and not re.fullmatch(self.pattern, bare):
            raise WrongNumber(f"This is no {self.number}. It has this form: {self.hint}")
        if self.check == "npi" and not has_npi_check_digit(bare):
            raise WrongNumber("One digit of this NPI is not right: its check digit does not fit.")
        return bare


def has_npi_check_digit(npi: str) -> bool:
    """Whether the last of ten digits is the Luhn digit of the first nine with 80840 before them.

    >>> has_npi_check_digit("1234567893"), has_npi_check_digit("1234567890")
    (True, False)
    """
    digits = [int(digit) for digit in reversed(NPI_PREFIX + npi)]
    return sum(sum(divmod(d * (1 + place % 2), 10)) for place, d in enumerate(digits)) % 10 == 0


@cache
def registers() -> dict[str, Register]:
    """Every register by id, the one for all other countries last."""
    entries = json.loads(DATA.read_text(encoding="utf-8"))["registers"]
    return {
        entry["id"]: Register(
            **entry | {"sources": tuple(Source(**source) for source in entry["sources"])}
        )
        for entry in entries
    }


def register_of(id_: str) -> Register:
    """The register with this id; the one for other countries where it is not known any more."""
    return registers().get(id_) or registers()["other"]


def registers_in(country: str) -> tuple[Register, ...]:
    """The registers of a country, or the one for all others."""
    own = tuple(r for r in registers().values() if r.country == country)
    return own or (registers()["other"],)
