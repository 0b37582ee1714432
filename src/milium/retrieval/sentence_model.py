"""A small sentence model (all-MiniLM-L6-v2) run with numpy alone: text in, unit vector out.

The weights are read from a file on this machine and never fetched. The architecture is BERT's
(Devlin et al. 2019, https://arxiv.org/abs/1810.04805): six layers, mean of the last one, length one.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from milium.errors import UnusableInput


if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float32]

# sha256 of model.safetensors as published at https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
DIMENSIONS = 384
_LAYERS, _HEADS, _LONGEST, _BATCH_TOKENS = 6, 12, 128, 2048
_EPSILON = 1e-12


class SentenceModel:
    """Turns texts into vectors whose scalar product says how alike they are."""

    def __init__(self, folder: Path) -> None:
        """Read ``model.safetensors`` and ``vocab.txt``; raises ``UnusableInput`` when they are missing or not the known ones."""
        self._weights = _weights(folder / "model.safetensors")
        self._pieces = _pieces(folder / "vocab.txt")

    def vectors(self, texts: Sequence[str]) -> Array:
        """One row of ``DIMENSIONS`` numbers for each text."""
        import numpy as np  # noqa: PLC0415 - the package is optional

        tokens = [self._tokens(text) for text in texts]
        rows = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        for batch in _batches(sorted(range(len(texts)), key=lambda n: len(tokens[n])), tokens):
            rows[batch] = self._embed([tokens[n] for n in batch])
        return rows

    def _tokens(self, text: str) -> list[int]:
        ids = [piece for word in _words(text) for piece in self._split(word)]
        return [self._pieces["[CLS]"], *ids[: _LONGEST - 2], self._pieces["[SEP]"]]

    def _split(self, word: str) -> list[int]:
        found, start = [], 0
        while start < len(word):
            prefix = "##" if start else ""
            end = next(
                (e for e in range(len(word), start, -1) if prefix + word[start:e] in self._pieces),
                0,
            )
            if not end:
                return [self._pieces["[UNK]"]]
            found.append(self._pieces[prefix + word[start:end]])
            start = end
        return found

    def _embed(self, batch: list[list[int]]) -> Array:
        import numpy as np  # noqa: PLC0415 - the package is optional

        width = max(map(len, batch))
        ids = np.array([row + [0] * (width - len(row)) for row in batch])
        mask = np.array([[1.0] * len(r) + [0.0] * (width - len(r)) for r in batch], np.float32)
        get = self._weights
        state = get["embeddings.word_embeddings.weight"][ids]
        state = state + get["embeddings.position_embeddings.weight"][:width]
        state = state + get["embeddings.token_type_embeddings.weight"][0]
        state = self._norm(state, "embeddings.LayerNorm")
        blocked = (mask - 1.0)[:, None, None, :] * 1e9
        for layer in range(_LAYERS):
            state = self._layer(state, blocked, f"encoder.layer.{layer}.")
        pooled = (state * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        return _float32(pooled / np.linalg.norm(pooled, axis=1, keepdims=True))

    def _layer(self, state: Array, blocked: Array, name: str) -> Array:
        mixed = self._linear(self._attend(state, blocked, name), name + "attention.output.dense")
        state = self._norm(state + mixed, name + "attention.output.LayerNorm")
        wide = _gelu(self._linear(state, name + "intermediate.dense"))
        return self._norm(
            state + self._linear(wide, name + "output.dense"), name + "output.LayerNorm"
        )

    def _attend(self, state: Array, blocked: Array, name: str) -> Array:
        import numpy as np  # noqa: PLC0415 - the package is optional

        rows, width, _ = state.shape
        size = DIMENSIONS // _HEADS

        def heads(which: str) -> Array:
            flat = self._linear(state, f"{name}attention.self.{which}")
            return flat.reshape(rows, width, _HEADS, size).transpose(0, 2, 1, 3)

        scores = heads("query") @ heads("key").transpose(0, 1, 3, 2) / np.float32(size**0.5)
        scores = scores + blocked
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        scores /= scores.sum(axis=-1, keepdims=True)
        mixed = scores.astype(np.float32) @ heads("value")
        return _float32(mixed.transpose(0, 2, 1, 3).reshape(rows, width, DIMENSIONS))

    def _linear(self, state: Array, name: str) -> Array:
        return state @ self._weights[name + ".weight"].T + self._weights[name + ".bias"]

    def _norm(self, state: Array, name: str) -> Array:
        import numpy as np  # noqa: PLC0415 - the package is optional

        centred = state - state.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + _EPSILON)
        return _float32(
            centred / spread * self._weights[name + ".weight"] + self._weights[name + ".bias"]
        )


def _float32(values: Array) -> Array:
    import numpy as np  # noqa: PLC0415 - the package is optional

    return values.astype(np.float32, copy=False)


def _gelu(x: Array) -> Array:
    """x times the normal distribution function, by formula 7.1.26 of Abramowitz and Stegun (error below 2e-7)."""
    import numpy as np  # noqa: PLC0415 - the package is optional

    z = np.abs(x) * np.float32(0.5**0.5)
    t = 1.0 / (1.0 + 0.3275911 * z)
    poly = t * (
        0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))
    )
    erf = np.copysign(1.0 - poly * np.exp(-z * z), x)
    return _float32(0.5 * x * (1.0 + erf))


def _batches(order: list[int], tokens: list[list[int]]) -> Iterator[list[int]]:
    batch: list[int] = []
    for number in order:
        if batch and (len(batch) + 1) * len(tokens[number]) > _BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(number)
    if batch:
        yield batch


def _words(text: str) -> list[str]:
    """Lower-case words and marks, accents off, as the model was trained on."""
    plain = unicodedata.normalize("NFD", text.lower())
    spaced = []
    for character in plain:
        category = unicodedata.category(character)
        if category == "Mn" or (category == "Cc" and not character.isspace()):
            continue
        mark = category[0] == "P" or (character.isascii() and character in "$+<=>^`|~")
        spaced.append(f" {character} " if mark else character)
    return [word for word in "".join(spaced).split() if len(word) <= 100]


def _pieces(file: Path) -> dict[str, int]:
    try:
        return {line: number for number, line in enumerate(file.read_text("utf-8").split("\n"))}
    except OSError as error:
        raise UnusableInput(f"cannot be read: {error.strerror}", source=str(file)) from None


def _weights(file: Path) -> dict[str, Array]:
    """The arrays of a safetensors file: a length, a JSON table of names and places, then the numbers."""
    import numpy as np  # noqa: PLC0415 - the package is optional

    try:
        data = file.read_bytes()
    except OSError as error:
        raise UnusableInput(f"cannot be read: {error.strerror}", source=str(file)) from None
    if hashlib.sha256(data).hexdigest() != WEIGHTS_SHA256:
        raise UnusableInput(
            "is not the published all-MiniLM-L6-v2; install it anew", source=str(file)
        )
    start = 8 + int.from_bytes(data[:8], "little")
    table = json.loads(data[8:start])
    arrays = {}
    for name, entry in table.items():
        if entry.get("dtype") == "F32":
            first, past = entry["data_offsets"]
            flat = np.frombuffer(data, np.float32, (past - first) // 4, start + first)
            arrays[name] = flat.reshape(entry["shape"])
    return arrays
