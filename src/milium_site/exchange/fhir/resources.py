"""A case's bundle as resources of a server: each under an id that is one of its kind on the whole site. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


Json = dict[str, Any]
# These two stand for the case itself: their id is its key.
OF_THE_CASE = {"ServiceRequest/case", "Patient/asker"}


def renamed(bundle: Json, key: str, base: str) -> Json:
    """The bundle with the server's own ids, references and addresses."""
    own = {_place(r): f"{r['resourceType']}/{_id(r, key)}" for r in resources(bundle)}
    entries = []
    for entry in bundle["entry"]:
        resource = _pointed({**entry["resource"], "id": _id(entry["resource"], key)}, own)
        entries.append({"fullUrl": f"{base}/{_place(resource)}", "resource": resource})
    return {**bundle, "entry": entries}


def resources(bundle: Json) -> Iterator[Json]:
    """What is in it, in its order."""
    return (entry["resource"] for entry in bundle["entry"])


def case_of(id_: str) -> str:
    """The key of the case that a resource's id belongs to."""
    return id_.rpartition(".")[2]


def searchset(found: list[Json], *, base: str, link: str, total: int | None = None) -> Json:
    """What a search gives."""
    return {
        "resourceType": "Bundle",
        "type": "searchset",
        "total": len(found) if total is None else total,
        "link": [{"relation": "self", "url": link}],
        **(
            {
                "entry": [
                    {
                        "fullUrl": f"{base}/{_place(resource)}",
                        "resource": resource,
                        "search": {"mode": "match"},
                    }
                    for resource in found
                ]
            }
            if found
            else {}
        ),
    }


def _id(resource: Json, key: str) -> str:
    return key if _place(resource) in OF_THE_CASE else f"{resource['id']}.{key}"


def _place(resource: Json) -> str:
    return f"{resource['resourceType']}/{resource['id']}"


def _pointed(value: Any, own: dict[str, str]) -> Any:  # noqa: ANN401 (what JSON may hold)
    if isinstance(value, dict):
        return {
            name: own.get(inner, inner)
            if name == "reference" and isinstance(inner, str)
            else _pointed(inner, own)
            for name, inner in value.items()
        }
    return [_pointed(inner, own) for inner in value] if isinstance(value, list) else value
