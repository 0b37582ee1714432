"""Check every data file the library carries and count what is in it."""

from __future__ import annotations

import collections
import sys

from milium.errors import BadData
from milium.vocabulary import load_vocabulary
from tools import check_evidence


def main() -> int:
    """Print the counts; 2 and one line where a file breaks its schema."""
    try:
        known = load_vocabulary()
    except BadData as error:
        print(error, file=sys.stderr)
        return error.exit_code
    kinds = collections.Counter(concept.kind for concept in known)
    names = sum(len(concept.names) for concept in known)
    parts = ", ".join(f"{count} of kind {kind}" for kind, count in kinds.most_common())
    print(f"vocabulary: {len(known)} concepts with {names} names: {parts}")
    return check_evidence.main([])


if __name__ == "__main__":
    sys.exit(main())
