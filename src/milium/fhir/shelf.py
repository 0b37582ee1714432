"""The resources of one bundle, each under a name that others refer to it by."""

from __future__ import annotations

from milium.fhir.elements import Json, without_nothing


class Shelf:
    """Resources in the order they were put there. ``base`` is the address they will be found under."""

    def __init__(self, base: str) -> None:
        self.base = base.rstrip("/")
        self._resources: dict[str, Json] = {}

    def put(self, kind: str, name: str, /, **members: object) -> Json:
        """Puts a resource there and gives a reference to it; members that are empty are left out."""
        resource = without_nothing({"resourceType": kind, "id": name, **members})
        self._resources[f"{kind}/{name}"] = resource
        return reference(kind, name)

    def entries(self) -> list[Json]:
        """The entries of the bundle."""
        return [
            {"fullUrl": f"{self.base}/{place}", "resource": resource}
            for place, resource in self._resources.items()
        ]


def reference(kind: str, name: str) -> Json:
    """A reference to another resource of the bundle."""
    return {"reference": f"{kind}/{name}"}
