"""Cleaning: what is kept of a photo is its picture, upright, in the right colours, and nothing else."""

from __future__ import annotations

import io
import json
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from tests.site import photo_files as files

from milium.api import Photograph, write_dicom
from milium_site.photos import workshop
from milium_site.photos.cleaning import Cleaned, Refused, clean
from milium_site.photos.limits import SIZES


# What exiftool says of any WebP there is: what its header must say for it to be drawn at all.
NEEDED = {
    "SourceFile", "ExifToolVersion", "FileName", "Directory", "FileSize", "FileModifyDate", "FileAccessDate",
    "FileInodeChangeDate", "FilePermissions", "FileType", "FileTypeExtension", "MIMEType",
    "ImageWidth", "ImageHeight", "ImageSize", "Megapixels", "VP8Version", "HorizontalScale", "VerticalScale",
}  # fmt: skip
DESCRIBED = tuple(files.described())
HOSTILE = tuple(files.hostile())


def opened(cleaned: Cleaned, size: str = "full") -> Image.Image:
    return Image.open(io.BytesIO(cleaned.sizes[size].data))


def corners(image: Image.Image) -> list[tuple[int, int, int]]:
    width, height = image.size
    points = [(x * width // 4, y * height // 4) for y in (1, 3) for x in (1, 3)]
    return [image.convert("RGB").getpixel(point) for point in points]  # type: ignore[misc] # RGB has three


def is_near(found: tuple[int, ...], wanted: tuple[int, ...], most: int = 12) -> bool:
    return max(abs(a - b) for a, b in zip(found, wanted, strict=True)) <= most


def test_a_photo_from_a_clinics_file_is_cleaned_as_any_other_and_what_is_none_is_refused() -> None:
    picture = Image.new("RGB", (400, 300), (200, 120, 90))
    file = io.BytesIO()
    picture.save(file, "PNG")
    sent = write_dicom(
        Photograph(picture=file.getvalue(), case="zyx", key="1", text=files.SECRET, view="close")
    )

    cleaned = clean(sent)

    assert is_near(corners(opened(cleaned))[0], (200, 120, 90))
    assert opened(cleaned).size == (400, 300)
    assert all(files.SECRET.encode() not in size.data for size in cleaned.sizes.values())
    with pytest.raises(Refused, match="DICOM"):
        clean(sent[:900])


def test_there_are_two_hundred_files() -> None:
    assert len(DESCRIBED) + len(HOSTILE) >= 200


def test_no_tag_is_left_in_any_size_as_another_program_reads_it(tmp_path: Path) -> None:
    assert files.EXIFTOOL, "install libimage-exiftool-perl: exiftool reads what cleaning leaves"
    for number, (_, data) in enumerate(DESCRIBED):
        for size, kept in clean(data).sizes.items():
            (tmp_path / f"{number}.{size}.webp").write_bytes(kept.data)
            assert files.SECRET.encode() not in kept.data

    done = subprocess.run(
        [files.EXIFTOOL, "-json", "-a", "-u", "-ee", "-r", str(tmp_path)],
        check=True,
        capture_output=True,
    )

    told = json.loads(done.stdout)
    left = {
        f"{DESCRIBED[int(Path(t['SourceFile']).name.partition('.')[0])][0]}: {tag}"
        for t in told
        for tag in t
        if tag not in NEEDED
    }
    assert len(told) == len(DESCRIBED) * len(SIZES)
    assert left == set()


def test_the_files_of_the_test_do_hold_tags_before(tmp_path: Path) -> None:
    assert files.EXIFTOOL
    for number, (_, data) in enumerate(DESCRIBED):
        (tmp_path / f"{number}.photo").write_bytes(data)

    done = subprocess.run(
        [files.EXIFTOOL, "-json", "-a", "-u", "-r", "-ext", "photo", str(tmp_path)],
        check=True,
        capture_output=True,
    )

    assert all(set(told) - NEEDED for told in json.loads(done.stdout))


@pytest.mark.parametrize("turn", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_however_the_camera_was_held_the_picture_stands_upright(kind: str, turn: int) -> None:
    # A camera held that way writes the picture turned the other way round, and the tag that turns it back.
    inverse = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    lying = files.picture().transpose(inverse[turn]) if turn in inverse else files.picture()

    found = opened(clean(files.saved(lying, kind, exif=files.exif(turn))))

    assert found.size == (files.WIDTH, files.HEIGHT)
    assert all(map(is_near, corners(found), files.CORNERS))


@pytest.mark.parametrize("kind", files.FORMATS)
def test_every_format_of_a_phone_keeps_its_colours(kind: str) -> None:
    found = opened(clean(files.saved(files.picture(), kind)))

    assert found.format == "WEBP"
    assert all(map(is_near, corners(found), files.CORNERS))


@pytest.mark.parametrize(
    ("wide", "srgb"),
    [
        # Display P3 -> sRGB by the matrices of both (CSS Color 4), clipped where sRGB has no such colour.
        ((200, 120, 100), (213, 117, 95)),
        ((255, 0, 0), (255, 0, 0)),
        ((128, 128, 128), (128, 128, 128)),
        ((100, 150, 90), (78, 152, 82)),
    ],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_wide_gamut_photo_gets_the_srgb_values_of_its_colours(
    kind: str, wide: tuple[int, int, int], srgb: tuple[int, int, int]
) -> None:
    data = files.saved(Image.new("RGB", (200, 200), wide), kind, icc_profile=files.display_p3())

    found = opened(clean(data)).convert("RGB").getpixel((100, 100))

    assert isinstance(found, tuple)
    assert is_near(found, srgb, most=6)


def test_what_was_transparent_is_white() -> None:
    image = Image.new("RGBA", (100, 100), (0, 0, 0, 0))

    assert opened(clean(files.saved(image, "PNG"))).convert("RGB").getpixel((50, 50)) == (
        255,
        255,
        255,
    )


def test_sixteen_bits_a_pixel_become_eight() -> None:
    image = Image.new("I;16", (100, 100), 128 * 256)

    found = opened(clean(files.saved(image, "PNG"))).convert("RGB").getpixel((50, 50))

    assert isinstance(found, tuple)
    assert is_near(found, (128, 128, 128), most=2)


@pytest.mark.parametrize(("name", "data", "reason"), HOSTILE, ids=[name for name, *_ in HOSTILE])
def test_what_cannot_be_cleaned_is_refused_with_the_reason(
    name: str, data: bytes, reason: str
) -> None:
    with pytest.raises(Refused) as refused:
        clean(data)

    assert refused.value.reason == reason, name


def test_the_sizes_are_no_larger_than_said_and_never_enlarged() -> None:
    large = clean(files.saved(Image.new("RGB", (5200, 2600), "tan"), "JPEG"))
    small = clean(files.saved(files.picture(), "JPEG"))

    assert {n: (s.width, s.height) for n, s in large.sizes.items()} == {
        "full": (2560, 1280), "view": (1280, 640), "thumb": (320, 160)
    }  # fmt: skip
    assert (small.sizes["full"].width, small.sizes["full"].height) == (files.WIDTH, files.HEIGHT)


WHOLE = {kind: files.saved(files.picture(96, 80), kind) for kind in files.FORMATS}


@given(st.sampled_from(files.FORMATS), st.data())
def test_bytes_that_were_damaged_are_cleaned_or_refused_and_nothing_else(
    kind: str, data: st.DataObject
) -> None:
    damaged = bytearray(WHOLE[kind][: data.draw(st.integers(1, len(WHOLE[kind])))])
    for _ in range(data.draw(st.integers(0, 8))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))

    # Anything but the refusal fails the test.
    with suppress(Refused):
        found = clean(bytes(damaged))
        assert all(opened(found, size).format == "WEBP" for size in SIZES)


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_and_hurt_nothing(data: bytes) -> None:
    with pytest.raises(Refused):
        clean(data)


def test_the_process_that_cleans_gives_what_cleaning_gives() -> None:
    data = files.saved(files.picture(), "JPEG", exif=files.exif(6))

    assert workshop.cleaned(data) == clean(data)


def test_a_process_that_dies_or_lingers_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    data = files.saved(files.picture(), "JPEG")
    for module in ("milium_site.photos.nothing_there", "this"):
        monkeypatch.setattr(workshop, "MODULE", module)
        with pytest.raises(Refused):
            workshop.cleaned(data)
    monkeypatch.undo()
    # A machine that has no time now says nothing of the photo: it can be sent again.
    monkeypatch.setattr(workshop, "MOST_WAITED", 0.001)
    with pytest.raises(workshop.Busy):
        workshop.cleaned(data)


def test_the_process_knows_no_secret_of_the_site(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MILIUM_SECRET_KEY", "a-secret")
    monkeypatch.setenv("DATABASE_URL", "postgres://a-secret")

    assert "a-secret" not in "".join(workshop.environment().values())


def test_a_crowd_is_told_to_come_again_and_nobody_waits_forever() -> None:
    for _ in range(workshop.AT_ONCE_OR_WAITING):
        workshop._places.acquire()
    try:
        with pytest.raises(workshop.Busy):
            workshop.cleaned(files.saved(files.picture(), "JPEG"))
    finally:
        for _ in range(workshop.AT_ONCE_OR_WAITING):
            workshop._places.release()
