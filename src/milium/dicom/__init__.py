"""Photographs of skin as DICOM files, and back: VL Photographic Images, one instance a photograph, one series a case."""

from __future__ import annotations

from milium.dicom.photograph import Photograph
from milium.dicom.reading import from_dicom
from milium.dicom.writing import to_dicom


__all__ = ["Photograph", "from_dicom", "to_dicom"]
