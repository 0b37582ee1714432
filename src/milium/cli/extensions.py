"""Commands that other parts bring, such as the site: named in the entry points ``milium.commands``."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from milium.errors import UnusableInput


GROUP = "milium.commands"


def run_extension(name: str, argv: list[str], *, known: Iterable[str]) -> int:
    """Run the command ``name`` of another part. Raises ``UnusableInput`` when there is none or its packages are missing."""
    # Slow to import, and needed for these commands only.
    from importlib.metadata import entry_points  # noqa: PLC0415

    for entry in entry_points(group=GROUP, name=name):
        try:
            command = entry.load()
        except ModuleNotFoundError as error:
            if (error.name or "").partition(".")[0] in ("milium", "milium_site"):
                raise
            raise UnusableInput(
                f"'{name}' needs the site, and the package {error.name} is missing; "
                "install it with: pip install 'milium[site]'"
            ) from None
        return int(command(argv) or 0)
    raise UnusableInput(_unknown(name, (*known, *entry_points(group=GROUP).names)))


def _unknown(name: str, known: Iterable[str]) -> str:
    close = get_close_matches(name, known, n=1)
    hint = f"did you mean '{close[0]}'?" if close else "milium --help lists the commands"
    return f"there is no command '{name}'; {hint}"
