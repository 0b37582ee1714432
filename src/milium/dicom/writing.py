"""A photograph -> a VL Photographic Image: JPEG inside, its place and side coded, and nothing that names anybody.

Every identifier follows from the case's and the photo's keys, so writing twice gives the same file, and all photos of
a case are instances of one series. The class holds one frame by definition: a case with six photos is a series of six.
Source: https://dicom.nema.org/medical/dicom/current/output/chtml/part03/sect_A.32.4.html
"""

from __future__ import annotations

import io
import uuid
from functools import cache

from PIL import Image, ImageCms
from pydicom import config
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.sequence import Sequence
from pydicom.uid import UID, JPEGBaseline8Bit, VLPhotographicImageStorage

from milium.dicom.photograph import Photograph
from milium.dicom.terms import OWN, coded, place
from milium.vocabulary import Vocabulary


NAMESPACE = uuid.UUID("5e0e6a0e-3a6b-5b43-9a55-6d696c69756d")
IMPLEMENTATION = UID("2.25." + str(uuid.uuid5(NAMESPACE, "implementation").int))
VIEWS = {
    "far": "from afar",
    "medium": "half near",
    "close": "close up",
    "other": "other view",
}
LATERALITY = {"left": "L", "right": "R", "": "U"}
# 4:2:2, as PS3.3 C.7.6.3.1.2 asks of YBR_FULL_422.
ENCODING = {"quality": 95, "subsampling": "4:2:2"}


def to_dicom(photograph: Photograph, *, vocabulary: Vocabulary) -> bytes:
    """The file, with its preamble. Raises ``OSError`` when the picture is none."""
    jpeg, width, height = _jpeg(photograph.picture)
    file = FileDataset("", Dataset(), file_meta=_meta(photograph), preamble=bytes(128))
    _whose(file, photograph)
    _where_it_stands(file, photograph)
    _what_it_shows(file, photograph, vocabulary)
    _pixels(file, jpeg, width=width, height=height)
    out = io.BytesIO()
    with config.disable_value_validation():
        file.save_as(out, enforce_file_format=True)
    return out.getvalue()


def uid(kind: str, *keys: str) -> UID:
    """The identifier that these keys always have (PS3.5 B.2: a UUID under 2.25)."""
    return UID("2.25." + str(uuid.uuid5(NAMESPACE, "/".join((kind, *keys))).int))


def _meta(photograph: Photograph) -> FileMetaDataset:
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = VLPhotographicImageStorage
    meta.MediaStorageSOPInstanceUID = uid("photo", photograph.case, photograph.key)
    meta.TransferSyntaxUID = JPEGBaseline8Bit
    meta.ImplementationClassUID = IMPLEMENTATION
    meta.ImplementationVersionName = "MILIUM"
    return meta


def _whose(file: Dataset, photograph: Photograph) -> None:
    file.PatientName = photograph.case
    file.PatientID = photograph.case
    file.PatientBirthDate = ""
    file.PatientSex = {"female": "F", "male": "M"}.get(photograph.sex or "", "")
    file.PatientIdentityRemoved = "YES"
    file.DeidentificationMethod = "Milium: redrawn from its pixels, pseudonymous keys"


def _where_it_stands(file: Dataset, photograph: Photograph) -> None:
    day = photograph.taken_on[:10].replace("-", "")
    file.SpecificCharacterSet = "ISO_IR 192"
    file.SOPClassUID = VLPhotographicImageStorage
    file.SOPInstanceUID = uid("photo", photograph.case, photograph.key)
    file.StudyInstanceUID = uid("case", photograph.case)
    file.SeriesInstanceUID = uid("series", photograph.case)
    file.StudyID, file.SeriesNumber, file.InstanceNumber = "1", 1, photograph.number
    file.StudyDate, file.StudyTime = day, ""
    if day:
        file.ContentDate, file.ContentTime = day, "000000"
        file.AcquisitionDateTime = day
    file.AccessionNumber = file.ReferringPhysicianName = ""
    file.Modality = "XC"
    file.Manufacturer = "Milium"
    file.PatientOrientation = ""
    file.SeriesDescription = "Photos of one case"


def _what_it_shows(file: Dataset, photograph: Photograph, vocabulary: Vocabulary) -> None:
    view = VIEWS[photograph.view]
    # A lossy picture drawn anew from another one.
    file.ImageType = ["DERIVED", "PRIMARY"]
    file.BurnedInAnnotation = "NO"
    if photograph.is_knowable is not None:
        file.RecognizableVisualFeatures = "YES" if photograph.is_knowable else "NO"
    file.ImageLaterality = LATERALITY[photograph.side]
    if photograph.site:
        file.AnatomicRegionSequence = Sequence([place(photograph.site, vocabulary)])
    said = Dataset()
    said.ValueType = "CODE"
    said.ConceptNameCodeSequence = Sequence([coded("view", OWN, "How near the picture was taken")])
    said.ConceptCodeSequence = Sequence([coded(photograph.view, OWN, view)])
    file.AcquisitionContextSequence = Sequence([said])
    if photograph.text:
        file.ImageComments = photograph.text


def _pixels(file: Dataset, jpeg: bytes, *, width: int, height: int) -> None:
    file.SamplesPerPixel, file.PlanarConfiguration = 3, 0
    file.PhotometricInterpretation = "YBR_FULL_422"
    file.Rows, file.Columns = height, width
    file.BitsAllocated, file.BitsStored, file.HighBit, file.PixelRepresentation = 8, 8, 7, 0
    file.LossyImageCompression = "01"
    file.LossyImageCompressionRatio = f"{width * height * 3 / len(jpeg):.2f}"
    file.LossyImageCompressionMethod = "ISO_10918_1"
    file.ICCProfile, file.ColorSpace = _srgb(), "SRGB"
    file.PixelData = encapsulate([jpeg])
    file["PixelData"].VR = "OB"


def _jpeg(picture: bytes) -> tuple[bytes, int, int]:
    with Image.open(io.BytesIO(picture)) as image:
        pixels = image.convert("RGB")
    out = io.BytesIO()
    pixels.save(out, "JPEG", **ENCODING)
    return out.getvalue(), pixels.width, pixels.height


@cache
def _srgb() -> bytes:
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    # Its head carries the moment of its making (ICC.1 7.2.8), which would make each file another one.
    profile[24:36] = bytes((0x07, 0xD0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))
    return bytes(profile)
