"""A DICOM file -> the photograph in it, or a reason why it is not taken. Names, dates and free texts stay behind.

Only single photographs of visible light are taken. What is written into the pixels cannot be taken out again, so a
file that says it has burned-in annotation is refused, and the picture still has to be cleaned as any other.
"""

from __future__ import annotations

import io
from typing import Final, cast

from PIL import Image
from pydicom import dcmread
from pydicom.dataset import Dataset, FileDataset
from pydicom.encaps import get_frame
from pydicom.pixels.decoders.base import get_decoder
from pydicom.uid import UID

from milium.dicom.photograph import Photograph, Side, View
from milium.dicom.terms import OWN, place_in, value_of
from milium.dicom.writing import VIEWS
from milium.errors import UnusableInput
from milium.vocabulary import Vocabulary


# VL Photographic, Dermoscopic Photography, Secondary Capture, VL Endoscopic: where cameras' pictures stand.
# Source: https://dicom.nema.org/medical/dicom/current/output/chtml/part04/sect_B.5.html
PHOTOGRAPHS: Final = {
    "1.2.840.10008.5.1.4.1.1.77.1.4",
    "1.2.840.10008.5.1.4.1.1.77.1.7",
    "1.2.840.10008.5.1.4.1.1.7",
    "1.2.840.10008.5.1.4.1.1.77.1.1",
}
# Transfer syntaxes whose frame is a whole file of that kind.
WHOLE_FILES: Final = {
    "1.2.840.10008.1.2.4.50": "JPEG",
    "1.2.840.10008.1.2.4.51": "JPEG",
    "1.2.840.10008.1.2.4.90": "JPEG2000",
    "1.2.840.10008.1.2.4.91": "JPEG2000",
}
MOST_PIXELS: Final = 60_000_000
MARK: Final = b"DICM"
MODES = {"RGB": "RGB", "YBR_FULL": "YCbCr", "MONOCHROME2": "L"}
SIDES: dict[str, Side] = {"L": "left", "R": "right"}


def is_dicom(data: bytes) -> bool:
    """Whether these bytes begin as a DICOM file does: 128 bytes of anything, then its mark."""
    return data[128:132] == MARK


def from_dicom(data: bytes, *, vocabulary: Vocabulary) -> Photograph:
    """The photograph, its ``picture`` as JPEG or PNG. Raises ``UnusableInput`` with the reason otherwise."""
    if not is_dicom(data):
        raise UnusableInput("this is no DICOM file")
    try:
        file = dcmread(io.BytesIO(data))
        _check(file)
        return Photograph(
            picture=_picture(file),
            case="",
            key="",
            number=int(file.get("InstanceNumber") or 1),
            site=next(
                (place_in(i, vocabulary) for i in file.get("AnatomicRegionSequence", ())), None
            ),
            side=SIDES.get(str(file.get("ImageLaterality") or file.get("Laterality") or ""), ""),
            view=_view(file),
            is_knowable={"YES": True, "NO": False}.get(str(file.get("RecognizableVisualFeatures"))),
        )
    except UnusableInput:
        raise
    except Exception as error:
        # Closed, not open: a file that breaks its reader is not half taken, whatever the reader raised.
        raise UnusableInput(
            f"this DICOM file cannot be read: {type(error).__name__}. Export the photo again, or send it as JPEG"
        ) from error


def _check(file: FileDataset) -> None:
    if str(file.get("SOPClassUID", "")) not in PHOTOGRAPHS:
        kind = UID(str(file.get("SOPClassUID", ""))).name or "nothing"
        raise UnusableInput(f"this DICOM file holds {kind}, not a photo")
    if int(file.get("NumberOfFrames") or 1) != 1:
        raise UnusableInput(
            "this DICOM file holds several pictures. Send each as a file of its own"
        )
    if str(file.get("BurnedInAnnotation", "")) == "YES":
        raise UnusableInput(
            "this DICOM file says that text is written into its picture, which may name somebody"
        )
    _check_pixels(int(file.Columns), int(file.Rows))


def _check_pixels(width: int, height: int) -> None:
    if not 0 < width * height <= MOST_PIXELS:
        raise UnusableInput(
            f"the picture has {width * height:,} pixels; {MOST_PIXELS:,} is the most"
        )


def _picture(file: FileDataset) -> bytes:
    kind = WHOLE_FILES.get(file.file_meta.TransferSyntaxUID)
    if kind is None:
        return _as_png(_unpacked(file))
    frame = get_frame(file.PixelData, 0, number_of_frames=1)
    if kind == "JPEG":
        return frame
    with Image.open(io.BytesIO(frame), formats=(kind,)) as image:
        _check_pixels(*image.size)
        return _as_png(image)


def _unpacked(file: FileDataset) -> Image.Image:
    mode, size = MODES.get(str(file.PhotometricInterpretation)), (int(file.Columns), int(file.Rows))
    if mode is None or int(file.BitsAllocated) != 8:
        raise UnusableInput(
            f"pixels as {file.PhotometricInterpretation} of {file.BitsAllocated} bits are not taken. Send it as JPEG"
        )
    buffer, told = get_decoder(file.file_meta.TransferSyntaxUID).as_buffer(file, index=0)
    values = bytes(buffer)
    if mode == "L" or told["planar_configuration"] == 0:
        return Image.frombytes(mode, size, values)
    plane = size[0] * size[1]
    planes = [Image.frombytes("L", size, values[n * plane :][:plane]) for n in range(3)]
    return Image.merge(mode, planes)


def _as_png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.convert("L" if image.mode == "L" else "RGB").save(out, "PNG", compress_level=1)
    return out.getvalue()


def _view(file: Dataset) -> View:
    for item in file.get("AcquisitionContextSequence", ()):
        for code in item.get("ConceptCodeSequence", ()):
            value = value_of(code)
            if code.get("CodingSchemeDesignator") == OWN and value in VIEWS:
                return cast("View", value)
    return "other"
