"""A bundle that came in, as something to look things up in. References are followed one step and only inside the bundle."""

from __future__ import annotations

from collections.abc import Iterator

from milium.errors import UnusableInput
from milium.fhir.elements import Json
from milium.fhir.validation import check_bundle


MOST_ENTRIES = 5_000


class Library:
    """The resources of a valid bundle. Raises ``UnusableInput`` when it is none, or too large."""

    def __init__(self, bundle: object) -> None:
        if not isinstance(bundle, dict) or bundle.get("resourceType") != "Bundle":
            raise UnusableInput("no FHIR bundle: resourceType must be Bundle")
        entries = bundle.get("entry")
        if not isinstance(entries, list) or not entries:
            raise UnusableInput("the bundle has no entries")
        if len(entries) > MOST_ENTRIES:
            raise UnusableInput(
                f"the bundle has {len(entries):,} entries; {MOST_ENTRIES:,} is the most"
            )
        check_bundle(bundle)
        self.resources: list[Json] = [e["resource"] for e in entries if e.get("resource")]
        self._places: dict[str, Json] = {}
        for entry in entries:
            if resource := entry.get("resource"):
                self._places.setdefault(_place(resource), resource)
                if address := entry.get("fullUrl"):
                    self._places.setdefault(address, resource)
        self._read: set[int] = set()

    def of(self, kind: str) -> Iterator[Json]:
        """The resources of that type, in their order."""
        return (r for r in self.resources if r["resourceType"] == kind)

    def at(self, reference: Json | None) -> Json | None:
        """The resource that a reference points to; ``None`` for one outside the bundle."""
        return self._places.get(str((reference or {}).get("reference", "")))

    def mark_read(self, resource: Json | None) -> None:
        """Remembers that what the resource says was understood."""
        if resource is not None:
            self._read.add(id(resource))

    def not_read(self) -> Iterator[Json]:
        """What nobody marked, in its order."""
        return (r for r in self.resources if id(r) not in self._read)


def _place(resource: Json) -> str:
    return f"{resource['resourceType']}/{resource.get('id', '')}"
