"""A photo as it was sent -> the same picture without anything else: upright, sRGB, three sizes, no metadata. Pure.

Nothing of the file is carried over but its pixels: they are decoded, drawn anew and encoded again. Whatever cannot
be decoded is refused. It is run by ``workshop`` in a process of its own, never in one that answers requests.
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pi_heif
from PIL import ExifTags, Image, ImageCms, ImageFile, UnidentifiedImageError

from milium.errors import UnusableInput
from milium_site.photos.limits import (
    LEAST_FULL,
    LEAST_SIDE,
    MOST_BYTES,
    MOST_PIXELS,
    MOST_SIDE,
    MOST_STRETCHED,
    SIZES,
)
from milium_site.photos.quality import Quality, judged


FORMATS = ("JPEG", "PNG", "WEBP", "HEIF", "AVIF")
REFUSALS = {
    "empty": "There is nothing in this file.",
    "too_big": "This file is larger than 25 MB.",
    "kind": "This is not a photo we can open. Send a JPEG, PNG, WebP, HEIC, AVIF or DICOM file.",
    "dicom": "We cannot open one single photo in this DICOM file, or there is text in its picture. Send the photo as a JPEG.",
    "moving": "This file holds several pictures, or one that moves. Send a single photo.",
    "too_many_pixels": "This picture has more than 60 million pixels. Make it smaller, or take it with the normal camera setting.",
    "too_small": "This picture is too small to show skin.",
    "stretched": "This picture is far longer than it is wide, so it shows no skin. Send an ordinary photo.",
    "broken": "We could not clean this photo, so we did not keep it. Take it again or choose another.",
}
# What stands in a DICOM file behind 128 bytes of anything (PS3.10 section 7.1).
DICOM = b"DICM"
SRGB = ImageCms.createProfile("sRGB")
# Eight ways a camera can be held, and what turns each upright.
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# Fast, and about a tenth larger than the slowest way.
ENCODING = {"quality": 82, "method": 1}

ImageFile.LOAD_TRUNCATED_IMAGES = False
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)


class Refused(Exception):
    """The photo cannot be kept. ``reason`` is a key of ``REFUSALS``; the message is its words, for the person."""

    def __init__(self, reason: str) -> None:
        super().__init__(REFUSALS[reason])
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """One size of a cleaned photo: its WebP bytes, and its width and height in pixels."""

    data: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """A cleaned photo: every size of ``limits.SIZES`` by name, and how good it is."""

    sizes: Mapping[str, Size]
    quality: Quality


def clean(data: bytes) -> Cleaned:
    """The photo, cleaned. Raises ``Refused`` for everything else, whatever it is."""
    try:
        with warnings.catch_warnings():
            # A warning of the decoder's (a bomb, a broken tag) is a reason not to trust the file.
            warnings.simplefilter("error")
            return _cleaned(data)
    except Refused:
        raise
    except Image.DecompressionBombWarning as error:
        raise Refused("too_many_pixels") from error
    except Exception as error:
        # Closed, not open: there is no failure of a decoder after which a photo is kept.
        raise Refused("broken") from error


def _cleaned(data: bytes) -> Cleaned:
    image = _opened(data)
    sent = image.size
    turn = _turn(image)
    profile = image.info.get("icc_profile")
    _decode_small(image)
    pixels = _in_srgb(_shrunk(image), profile)
    if turn:
        pixels = pixels.transpose(TURNS[turn])
    return Cleaned(sizes=dict(_sizes(pixels)), quality=judged(pixels, sent=sent))


def _opened(data: bytes) -> Image.Image:
    # Only the header has been read when this returns.
    if not data:
        raise Refused("empty")
    if len(data) > MOST_BYTES:
        raise Refused("too_big")
    if data[128:132] == DICOM:
        data = _out_of_dicom(data)
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused("too_many_pixels") from error
    except UnidentifiedImageError as error:
        raise Refused("kind") from error
    _check_shape(*image.size)
    if _is_several(image):
        raise Refused("moving")
    return image


def _out_of_dicom(data: bytes) -> bytes:
    # What else the file says (who, where, when) is not even looked at.
    from milium.api import read_dicom  # noqa: PLC0415 (a clinic's files are rare, and it is much)

    try:
        return read_dicom(data).picture
    except UnusableInput as error:
        raise Refused("dicom") from error


def _check_shape(width: int, height: int) -> None:
    short, long = sorted((width, height))
    if width * height > MOST_PIXELS:
        raise Refused("too_many_pixels")
    if long > MOST_SIDE or long > short * MOST_STRETCHED:
        raise Refused("stretched")
    if short < LEAST_SIDE:
        raise Refused("too_small")


def _is_several(image: Image.Image) -> bool:
    # A phone's JPEG may carry further pictures behind the first (MPO: depth, a second eye). They are dropped, and
    # so are the further pictures of a HEIF file: its main one is what the person saw.
    if image.format in {"JPEG", "HEIF"}:
        return False
    return bool(getattr(image, "is_animated", False)) or getattr(image, "n_frames", 1) > 1


def _turn(image: Image.Image) -> int:
    # The HEIF and AVIF decoders turn the picture themselves and leave the tag at 1.
    try:
        value = image.getexif().get(ExifTags.Base.Orientation, 1)
    except (SyntaxError, ValueError, struct.error, UserWarning, OSError):
        # Unreadable tags say nothing of the picture, which is taken as it lies.
        return 0
    return value if value in TURNS else 0


def _decode_small(image: Image.Image) -> None:
    long = max(image.size)
    if image.format == "JPEG":
        part = next((n for n in (8, 4, 2) if long / n >= LEAST_FULL), 1)
        image.draft(None, (image.width // part, image.height // part))
    image.load()


def _shrunk(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I;16"):
        image = image.convert("I")
    if image.mode in {"I", "F"}:
        # 16 bits a pixel: the upper eight are what a screen shows.
        image = image.point(lambda value: value * (1 / 256)).convert("L")
    elif image.mode in {"P", "1", "PA"}:
        image = image.convert("RGBA")
    image.thumbnail((SIZES["full"],) * 2, Image.Resampling.LANCZOS, reducing_gap=2.0)
    return image


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Flat, three channels, sRGB values; what was transparent is white."""
    alpha = image.getchannel("A") if "A" in image.getbands() else None
    flat = image
    if alpha is not None:
        flat = image.convert({"LA": "L", "La": "L"}.get(image.mode, "RGB"))
    if profile and flat.mode in {"RGB", "L", "CMYK"}:
        flat = _converted(flat, profile)
    flat = flat if flat.mode == "RGB" else flat.convert("RGB")
    fresh = Image.new("RGB", flat.size, "white")
    fresh.paste(flat, mask=alpha)
    return fresh


def _converted(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        found = ImageCms.profileToProfile(
            image,
            source,
            SRGB,
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (ImageCms.PyCMSError, OSError):
        # A profile that does not fit its picture (a grey one on colours) says nothing: without it, sRGB is meant.
        return image
    return image if found is None else found


def _sizes(pixels: Image.Image) -> Iterator[tuple[str, Size]]:
    for name, longest in SIZES.items():
        pixels.thumbnail((longest, longest), Image.Resampling.LANCZOS, reducing_gap=2.0)
        file = io.BytesIO()
        # ``info`` is empty: the picture was drawn anew. Said once more, because this is the last door.
        pixels.save(file, "WEBP", exif=b"", xmp=b"", icc_profile=b"", **ENCODING)
        yield name, Size(data=file.getvalue(), width=pixels.width, height=pixels.height)
