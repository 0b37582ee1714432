"""Columns for what nobody but the people concerned may read: a case's words, an opinion before it is published, addresses.

The database sees sealed text, whatever is inside: nothing can be searched or sorted by such a column. Empty
values are kept as they are, so that "has words" can still be asked.
"""

from __future__ import annotations

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from typing_extensions import override

from milium_site.foundation.keyring import opened, sealed


ALLOWED_LOOKUPS = frozenset({"exact", "isnull"})


class Private(models.TextField):  # type: ignore[type-arg] # the stubs' parameters follow from the column
    """What both kinds share: sealing on the way in."""

    @override
    def get_db_prep_save(self, value: object, connection: BaseDatabaseWrapper) -> object:
        if hasattr(value, "as_sql"):
            return value
        text = self.get_prep_value(value)
        return sealed(text) if isinstance(text, str) else text

    @override
    def get_lookup(self, lookup_name: str) -> type[models.Lookup[object]] | None:
        """Only "is it empty" can be asked of a sealed column; any other question is refused as unsupported."""
        return super().get_lookup(lookup_name) if lookup_name in ALLOWED_LOOKUPS else None


class PrivateText(Private):
    """Private words."""

    def from_db_value(self, value: str | None, *_: object) -> str | None:
        """The words of a sealed text."""
        return None if value is None else opened(value)


class PrivateJson(Private):
    """Private values that JSON can hold."""

    def from_db_value(self, value: str | None, *_: object) -> object:
        """The values of a sealed text."""
        return None if value is None else json.loads(opened(value))

    @override
    def to_python(self, value: object) -> object:
        return value

    @override
    def get_prep_value(self, value: object) -> str | None:
        return None if value is None else json.dumps(value, cls=DjangoJSONEncoder)

    @override
    def value_to_string(self, obj: models.Model) -> str:
        return str(self.get_prep_value(self.value_from_object(obj)))
