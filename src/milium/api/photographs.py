"""A case's photographs as DICOM files, and back."""

from __future__ import annotations

from milium import dicom as _dicom
from milium.api.terms import vocabulary
from milium.dicom import Photograph
from milium.dicom.reading import is_dicom


__all__ = ["Photograph", "is_dicom", "read_dicom", "write_dicom"]


def write_dicom(photograph: Photograph) -> bytes:
    """The photograph as a VL Photographic Image, the same bytes each time. Raises ``OSError`` when its picture is none."""
    return _dicom.to_dicom(photograph, vocabulary=vocabulary())


def read_dicom(data: bytes) -> Photograph:
    """The photograph in a DICOM file, without who and when. Raises ``UnusableInput`` with the reason for any other file.

    Its ``picture`` is as hostile as any that came in: clean it before it is kept.
    """
    return _dicom.from_dicom(data, vocabulary=vocabulary())
