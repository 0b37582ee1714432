"""``python -m milium`` is the ``milium`` command."""

from __future__ import annotations

from milium.cli import run


if __name__ == "__main__":
    run()
