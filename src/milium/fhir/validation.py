"""Whether a bundle keeps to FHIR: every resource of it against the typed models of R4B.

R4B differs from R4 in nothing that Milium writes; a test has a second, independent implementation of R4 agree.
"""

from __future__ import annotations

from collections.abc import Iterator

from milium.errors import UnusableInput
from milium.fhir.elements import Json


MOST_TOLD = 3
DEEPEST = 60


def check_bundle(bundle: Json) -> None:
    """Raises ``UnusableInput`` with the places that break the standard."""
    # The typed models load in a third of a second: only who checks waits for them.
    from fhir.resources.R4B.bundle import Bundle  # noqa: PLC0415
    from pydantic import ValidationError  # noqa: PLC0415

    _check_kinds(bundle)
    try:
        Bundle.model_validate(bundle)
    except ValidationError as error:
        told = [
            f"{'.'.join(str(part) for part in found['loc'])}: {found['msg']}"
            for found in error.errors(include_input=False, include_url=False)
        ]
        more = f" and {len(told) - MOST_TOLD} more" if len(told) > MOST_TOLD else ""
        raise UnusableInput(f"no FHIR R4 bundle: {'; '.join(told[:MOST_TOLD])}{more}") from error


def _check_kinds(bundle: Json) -> None:
    """The typed models look resources up by their kind and trust it to be one."""
    from fhir.resources.R4B import get_fhir_model_class  # noqa: PLC0415 (as above)

    for kind in set(_kinds(bundle)):
        try:
            get_fhir_model_class(kind)
        except ValueError as error:
            raise UnusableInput(f"no FHIR R4 bundle: R4 has no resource {kind[:40]!r}") from error


def _kinds(bundle: Json) -> Iterator[str]:
    """Every resourceType, without recursion: how deep a bundle goes is up to whoever sent it."""
    waiting: list[tuple[object, int]] = [(bundle, 0)]
    while waiting:
        value, depth = waiting.pop()
        if depth > DEEPEST:
            raise UnusableInput(f"no FHIR R4 bundle: it is nested deeper than {DEEPEST} levels")
        if isinstance(value, dict):
            if "resourceType" in value:
                kind = value["resourceType"]
                if not isinstance(kind, str):
                    raise UnusableInput("no FHIR R4 bundle: a resourceType is no text")
                yield kind
            waiting += [(inner, depth + 1) for inner in value.values()]
        elif isinstance(value, list):
            waiting += [(inner, depth + 1) for inner in value]
