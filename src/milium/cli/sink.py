"""What goes out: whole lines only, and an account of what could not be used."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass

from milium.errors import UnusableInput


def write(text: str) -> None:
    """Put text for people on standard output; what its encoding cannot show becomes a question mark."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "replace").decode(encoding))


def write_data(text: str) -> None:
    """Put text for programs on standard output, in UTF-8 whatever the terminal speaks."""
    sys.stdout.flush()  # what was written as text goes first
    sys.stdout.buffer.write(text.encode())


def json_text(value: object) -> str:
    """One JSON document, laid out for reading."""
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def json_line(value: object) -> str:
    """One line of JSON Lines."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False) + "\n"


@dataclass(slots=True)
class Account:
    """Sends each result of a JSON Lines run on, or reports why there is none, and counts both."""

    source: str
    as_data: bool = True
    lines: int = 0
    refused: int = 0

    def take(self, result: str | UnusableInput) -> None:
        """One line's result. It is sent on at once, for a program that waits for it."""
        self.lines += 1
        if isinstance(result, str):
            (write_data if self.as_data else write)(result)
            sys.stdout.flush()
        else:
            self.refused += 1
            print(f"milium: {result}", file=sys.stderr)

    def close(self) -> int:
        """The exit code, after a last line on standard error when any line was refused."""
        if not self.refused:
            return 0
        count = f"{self.refused} of {self.lines} lines could not be used"
        print(f"milium: {self.source}: {count}", file=sys.stderr)
        return UnusableInput.exit_code
