"""What webhooks are told of, as a table over the record's entries. Pure."""

from __future__ import annotations


SIGNED, PUBLISHED = "opinion.signed", "case.published"
EVENTS = {
    SIGNED: "An answer was signed",
    PUBLISHED: "A case was published in the archive",
}
# The verb and kind of the entry that says so.
ENTRIES = {("sign", "opinion"): SIGNED, ("published", "publication"): PUBLISHED}


def event_of(verb: str, kind: str) -> str | None:
    """The event that an entry of the record tells of."""
    return ENTRIES.get((verb, kind))
