"""The frozen values as JSON-ready dictionaries, in the shapes the design promises to other programs.

A value's fields become the keys, in their order. What a shape holds beside the promised keys is listed in
``docs/reference/cli.md``.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any

from milium.statements.comparison import Comparison


def to_dict(value: object) -> Any:  # noqa: ANN401 - what JSON may hold
    """The value as dictionaries, lists, texts, numbers and None. Raises ``TypeError`` on anything else."""
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, (tuple, list)):
        return [to_dict(item) for item in value]
    if isinstance(value, Comparison):
        return _comparison(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {name: to_dict(getattr(value, name)) for name in _names(type(value))}
    raise TypeError(f"no JSON form for {type(value).__name__}")


@lru_cache(maxsize=64)
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _comparison(value: Comparison) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for name in _names(Comparison):
        if name == "agreement_diagnosis":
            plain["agreement"] = {
                "diagnosis": value.agreement_diagnosis,
                "treatment": value.agreement_treatment,
            }
        elif name != "agreement_treatment":
            plain[name] = to_dict(getattr(value, name))
    return plain
