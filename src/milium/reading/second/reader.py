"""The second reader: asks, checks, and hands over to another reader where there is nothing to check."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from milium.errors import NoReply
from milium.reading.reader import Reader
from milium.reading.second.checking import check
from milium.reading.second.reply import proposals
from milium.reading.second.request import PROMPT_VERSION, request
from milium.statements import Reading
from milium.vocabulary import Vocabulary


# Takes the body of a request and gives the body of the reply; raises ``NoReply`` when there is none.
Transport = Callable[[Mapping[str, object]], bytes]

# No specialist's answer is longer; a longer text would be cut by most models without a word.
MOST_CHARACTERS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondReader:
    """A chat model that reads, with ``fallback`` for whenever it cannot be had or talks nonsense."""

    model: str
    transport: Transport
    fallback: Reader
    vocabulary: Vocabulary
    name: str = "chat"

    @property
    def version(self) -> str:
        """The model, and the version of the instructions it was given."""
        return f"{self.model}/{PROMPT_VERSION}"

    def read(self, text: str) -> Reading:
        """What ``text`` says, every statement checked; or the fallback's reading, which then says why."""
        try:
            asked = self._ask(text)
        except NoReply as error:
            return replace(self.fallback.read(text), fallback=f"{self.name}: {error}")
        checked = check(asked, text, self.vocabulary)
        if asked and not checked.statements:
            return replace(
                self.fallback.read(text),
                dropped=checked.dropped,
                fallback=f"{self.name}: nothing it said checked out",
            )
        return Reading(
            statements=checked.statements,
            reader=self.name,
            version=self.version,
            dropped=checked.dropped,
        )

    def _ask(self, text: str) -> tuple[object, ...]:
        if len(text) > MOST_CHARACTERS:
            raise NoReply(f"a text of over {MOST_CHARACTERS:,} characters is not sent")
        return proposals(self.transport(request(text, self.model)))
