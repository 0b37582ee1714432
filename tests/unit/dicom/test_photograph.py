"""Photographs as DICOM: the same comes back, nobody is named, the standard's own checker agrees, odd files are refused."""

from __future__ import annotations

import io
import random
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageStat
from pydicom import dcmread
from pydicom.dataset import Dataset
from pydicom.uid import ExplicitVRLittleEndian, RLELossless

from milium.api import ConceptRef, Photograph, read_dicom, write_dicom
from milium.errors import UnusableInput


def drawn(width: int = 64, height: int = 48) -> Image.Image:
    """A picture whose every part differs a little: red to the right, green downwards."""
    across = Image.linear_gradient("L").rotate(90).resize((width, height))
    down = Image.linear_gradient("L").resize((width, height))
    return Image.merge("RGB", (across, down, Image.new("L", (width, height), 90)))


def file_of(image: Image.Image, kind: str = "WEBP") -> bytes:
    out = io.BytesIO()
    image.save(out, kind, quality=95)
    return out.getvalue()


WRIST = Photograph(
    picture=file_of(drawn()),
    case="k7f3",
    key="p1",
    number=2,
    site=ConceptRef(id="site:wrist", name="wrist"),
    side="left",
    view="close",
    text="Close up of the left wrist",
    taken_on="2026-11-02",
    sex="female",
    is_knowable=False,
)
photographs = st.builds(
    lambda site, side, view, is_knowable, number: replace(
        WRIST, site=site, side=side, view=view, is_knowable=is_knowable, number=number
    ),
    site=st.sampled_from(
        [
            None,
            ConceptRef(id="site:wrist", name="wrist"),
            ConceptRef(id="site:achilles-tendon-area", name="Achilles tendon area"),
        ]
    ),
    side=st.sampled_from(["", "left", "right"]),
    view=st.sampled_from(["far", "medium", "close", "other"]),
    is_knowable=st.sampled_from([True, False, None]),
    number=st.integers(1, 99),
)


@settings(max_examples=30, deadline=None)
@given(photographs)
def test_what_is_known_of_a_photo_comes_back_but_whose_it_is_and_when(photo: Photograph) -> None:
    read = read_dicom(write_dicom(photo))

    assert replace(read, picture=b"") == replace(
        photo, picture=b"", case="", key="", text="", taken_on="", sex=None
    )


def test_the_picture_comes_back_as_it_looked() -> None:
    with Image.open(io.BytesIO(read_dicom(write_dicom(WRIST)).picture)) as image:
        off = ImageStat.Stat(ImageChops.difference(image.convert("RGB"), drawn()))

    assert image.size == drawn().size
    assert max(off.mean) < 4


def test_writing_twice_gives_the_same_file_and_photos_of_a_case_are_one_series() -> None:
    first, second = write_dicom(WRIST), write_dicom(replace(WRIST, key="p2", number=3))
    one, two = dcmread(io.BytesIO(first)), dcmread(io.BytesIO(second))

    assert write_dicom(WRIST) == first
    assert one.SeriesInstanceUID == two.SeriesInstanceUID
    assert one.SOPInstanceUID != two.SOPInstanceUID
    assert one.file_meta.MediaStorageSOPInstanceUID == one.SOPInstanceUID


def test_nothing_in_the_file_names_anybody() -> None:
    file = dcmread(io.BytesIO(write_dicom(WRIST)))

    assert str(file.PatientName) == file.PatientID == "k7f3"
    assert (file.PatientBirthDate, file.ReferringPhysicianName, file.AccessionNumber) == (
        "",
        "",
        "",
    )
    assert (file.PatientIdentityRemoved, file.BurnedInAnnotation) == ("YES", "NO")
    assert (file.ImageLaterality, file.RecognizableVisualFeatures) == ("L", "NO")
    assert file.AnatomicRegionSequence[0].CodingSchemeDesignator == "UBERON"


@pytest.mark.parametrize(
    "photo", [WRIST, Photograph(picture=file_of(drawn(), "PNG"), case="a", key="b")]
)
def test_the_checker_of_the_standard_finds_no_error(photo: Photograph, tmp_path: Path) -> None:
    checker = shutil.which("dciodvfy")
    if checker is None:
        pytest.skip(
            "the standard's checker is not there: install it with `apt-get install dicom3tools`"
        )
    (tmp_path / "photo.dcm").write_bytes(write_dicom(photo))

    found = subprocess.run(
        [checker, tmp_path / "photo.dcm"], capture_output=True, text=True, check=False
    )

    said = (found.stdout + found.stderr).splitlines()
    assert "VLPhotographicImage" in said
    assert [line for line in said if line.startswith("Error")] == []


def changed(**values: object) -> bytes:
    """The file with other values; ``PixelData`` and its syntax with it."""
    file = dcmread(io.BytesIO(write_dicom(WRIST)))
    syntax = values.pop("syntax", None)
    for name, value in values.items():
        setattr(file, name, value)
    if syntax:
        file.file_meta.TransferSyntaxUID = syntax
        file["PixelData"].is_undefined_length = False
    return saved(file)


def saved(file: Dataset) -> bytes:
    out = io.BytesIO()
    file.save_as(out, enforce_file_format=True)
    return out.getvalue()


UNCOMPRESSED = {"syntax": ExplicitVRLittleEndian, "PhotometricInterpretation": "RGB"}


@pytest.mark.parametrize(
    ("values", "mode"),
    [
        (UNCOMPRESSED | {"PixelData": drawn().tobytes()}, "RGB"),
        (
            UNCOMPRESSED
            | {
                "PixelData": b"".join(c.tobytes() for c in drawn().split()),
                "PlanarConfiguration": 1,
            },
            "RGB",
        ),
        (
            UNCOMPRESSED
            | {
                "PixelData": drawn().convert("YCbCr").tobytes(),
                "PhotometricInterpretation": "YBR_FULL",
            },
            "RGB",
        ),
        (
            UNCOMPRESSED
            | {
                "PixelData": drawn().convert("L").tobytes(),
                "PhotometricInterpretation": "MONOCHROME2",
                "SamplesPerPixel": 1,
            },
            "L",
        ),
    ],
    ids=["pixels", "planes", "luminance and colour", "grey"],
)
def test_uncompressed_pixels_are_taken_too(values: dict[str, object], mode: str) -> None:
    with Image.open(io.BytesIO(read_dicom(changed(**values)).picture)) as image:
        off = ImageStat.Stat(ImageChops.difference(image, drawn().convert(mode)))

    assert max(off.mean) < 2


def test_pixels_by_run_length_are_taken_too() -> None:
    file = dcmread(io.BytesIO(changed(**UNCOMPRESSED, PixelData=drawn().tobytes())))
    file.compress(RLELossless)

    with Image.open(io.BytesIO(read_dicom(saved(file)).picture)) as image:
        assert image.tobytes() == drawn().tobytes()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no DICOM file"),
        (file_of(drawn()), "no DICOM file"),
        (bytes(128) + b"DICM", "cannot be read|not a photo"),
        (changed(SOPClassUID="1.2.840.10008.5.1.4.1.1.2"), "CT Image Storage, not a photo"),
        (changed(NumberOfFrames=3), "several pictures"),
        (changed(BurnedInAnnotation="YES"), "may name somebody"),
        (changed(Rows=60_000, Columns=60_000), "is the most"),
        (changed(**UNCOMPRESSED, PixelData=b"\0\0"), "cannot be read"),
        (changed(**UNCOMPRESSED | {"PhotometricInterpretation": "PALETTE COLOR"}), "PALETTE COLOR"),
    ],
)  # fmt: skip
def test_what_is_no_single_photo_is_refused_with_the_reason(data: bytes, said: str) -> None:
    with pytest.raises(UnusableInput, match=said):
        read_dicom(data)


@pytest.mark.parametrize("seed", range(40))
def test_a_broken_file_gives_a_photo_or_a_reason(seed: int) -> None:
    dice = random.Random(seed)
    data = bytearray(write_dicom(WRIST))
    for _ in range(8):
        data[dice.randrange(132, len(data))] = dice.randrange(256)

    assert taken(bytes(data[: dice.randrange(132, len(data) + 1)]))


def taken(data: bytes) -> bytes | str:
    try:
        return read_dicom(data).picture
    except UnusableInput as refusal:
        return str(refusal)
