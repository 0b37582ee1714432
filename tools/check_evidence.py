"""Check the data of notes, evidence, texts, places and red flags, as a contributor's linter.

``python tools/check_evidence.py [FOLDER]`` reads the evidence of FOLDER (the library's own where none is given) and all
other data the library carries. It ends with 2 and one line naming file, entry and reason on the first thing wrong.
"""

from __future__ import annotations

import sys
from pathlib import Path

from milium.errors import BadData
from milium.notes.evidence import DATA as EVIDENCE
from milium.notes.evidence import load_reports
from milium.notes.places import load_places
from milium.notes.safety import load_safety_notes
from milium.notes.texts import load_texts
from milium.triage import load_rule_book
from milium.vocabulary import load_vocabulary


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0]) if arguments else EVIDENCE
    known = load_vocabulary()
    try:
        counts = {
            "published reports": len(load_reports(known, folder)),
            "safety notes": len(load_safety_notes(known)),
            "texts": len(load_texts(known)),
            "places": len(load_places()),
            "red-flag rules": len(load_rule_book().rules),
        }
    except BadData as error:
        print(error, file=sys.stderr)
        return error.exit_code
    print("in order: " + ", ".join(f"{count} {name}" for name, count in counts.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
