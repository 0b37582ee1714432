"""Reading with a chat model."""

from __future__ import annotations

from milium.api.reading import built_in_reader
from milium.api.terms import vocabulary
from milium.reading.reader import Reader
from milium.reading.second import SecondReader, Transport


def second_reader(*, model: str, transport: Transport) -> Reader:
    """A reader that asks a chat model through ``transport`` and believes it only where its words check out.

    Where the model cannot be had or talks nonsense the built-in reader reads, and the reading says why.
    """
    return SecondReader(
        model=model, transport=transport, fallback=built_in_reader(), vocabulary=vocabulary()
    )
