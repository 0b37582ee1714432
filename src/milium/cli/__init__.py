"""The ``milium`` command: one file per subcommand, over ``milium.api``."""

from __future__ import annotations

from milium.cli.main import main, run


__all__ = ["main", "run"]
