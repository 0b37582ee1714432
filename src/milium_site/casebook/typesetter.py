"""The process that typesets one document: files and inputs as JSON on standard input -> a PDF on standard output.

The typesetter keeps some 50 MB, fonts and all, for as long as its process lives: it lives for one document.
"""

from __future__ import annotations

import json
import sys

import typst


def main() -> None:
    """Typesets what stands on standard input."""
    told = json.load(sys.stdin.buffer)
    made = typst.compile(  # type: ignore[call-overload] # its types leave out several files at once
        {name: text.encode() for name, text in told["files"].items()},
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs=told["inputs"],
        pdf_standards=["ua-1"],
    )
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
