"""Make an environment with the standard library alone, or say in one line what is missing.

Runs on whatever Python a machine has, so it keeps to what every Python 3 understands.
"""

from __future__ import annotations

import subprocess
import sys


def main(folder: str) -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - this file meets older ones, to turn them away
        found = ".".join(map(str, sys.version_info[:3]))
        print(
            f"Milium needs Python 3.11 or newer; {sys.executable} is {found}. Name another: make PYTHON=python3.12 ...",
            file=sys.stderr,
        )
        return 2
    made = subprocess.run(
        [sys.executable, "-m", "venv", folder], capture_output=True, text=True, check=False
    )
    if made.returncode:
        print((made.stdout + made.stderr).strip(), file=sys.stderr)
        print(
            "Python's venv module is not complete here; on Debian and Ubuntu: apt-get install python3-venv",
            file=sys.stderr,
        )
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
