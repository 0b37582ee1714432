"""What every subcommand's module offers, and the parser made for it."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, NoReturn, Protocol


if TYPE_CHECKING:
    from typing_extensions import override
else:

    def override(method: object) -> object:
        """Stand in for ``typing.override``, which Python 3.11 lacks."""
        return method


class Command(Protocol):
    """A subcommand's module: ``DESCRIPTION`` and ``EXAMPLES`` open and close its help."""

    DESCRIPTION: str
    EXAMPLES: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the options."""

    def execute(self, args: argparse.Namespace) -> int:
        """Do it and return the exit code; raises ``MiliumError`` on input that cannot be used."""


class Parser(argparse.ArgumentParser):
    """A parser whose complaint is one line."""

    @override
    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command line, and end."""
        print(f"{self.prog}: {message} ({self.prog} --help explains)", file=sys.stderr)
        sys.exit(2)


def parser_for(name: str, summary: str, command: Command) -> Parser:
    """The parser of one subcommand."""
    parser = Parser(
        prog=f"milium {name}",
        description=f"{summary[0].upper()}{summary[1:]}.\n\n{command.DESCRIPTION}",
        epilog=command.EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    command.add_arguments(parser)
    return parser


def add_format(parser: argparse.ArgumentParser, *choices: str) -> None:
    """Declare ``--format``; unset means text, or JSON Lines for a file named ``.jsonl``."""
    parser.add_argument(
        "--format",
        choices=choices,
        metavar="FORMAT",
        help=f"{', '.join(choices[:-1])} or {choices[-1]} (unset: text, or jsonl for a file named .jsonl)",
    )


def add_file(parser: argparse.ArgumentParser, what: str) -> None:
    """Declare the one positional FILE."""
    parser.add_argument("file", nargs="?", default="-", metavar="FILE", help=what)


def add_country(parser: argparse.ArgumentParser, what: str) -> None:
    """Declare ``--country``, an ISO 3166 code of two letters."""
    parser.add_argument("--country", type=_country, metavar="CC", help=what)


def _country(value: str) -> str:
    if not (len(value) == 2 and value.isascii() and value.isalpha()):
        raise argparse.ArgumentTypeError(f"a country is two letters such as US, not {value!r}")
    return value.upper()
