"""Every exception of the library, and the exit code each gives the command line."""

from __future__ import annotations


class MiliumError(Exception):
    """The root of what the library raises on purpose; anything else is a defect."""

    exit_code = 1


class UnusableInput(MiliumError):
    """What came in cannot be used. The message is one line: where, then the reason and what to do.

    ``source`` is the file's name (``-`` for standard input), ``line`` counts from 1 where there are lines.
    """

    exit_code = 2

    def __init__(self, reason: str, *, source: str | None = None, line: int | None = None) -> None:
        self.reason, self.source, self.line = reason, source, line
        place = ":".join(str(part) for part in (source, line) if part is not None)
        super().__init__(f"{place}: {reason}" if place else reason)


class BadData(MiliumError):
    """A data file of the library (terms, rules, notes) breaks its schema: names file, entry and reason."""

    exit_code = 2

    def __init__(self, reason: str, *, file: str, entry: str | None = None) -> None:
        self.reason, self.file, self.entry = reason, file, entry
        super().__init__(": ".join(part for part in (file, entry, reason) if part))


class NoReply(MiliumError):
    """An outside reader could not be used: one line says why. Whoever asked falls back to the built-in reader."""


class BadIndex(MiliumError):
    """A search index is missing, half-written, corrupt or of another version: names the folder and what to do."""

    exit_code = 2

    def __init__(self, reason: str, *, folder: str) -> None:
        self.reason, self.folder = reason, folder
        super().__init__(
            f"{folder}: {reason}; build it again with: milium index --index {folder} FILE.jsonl"
        )
