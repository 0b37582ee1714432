"""Photo files made here: every format, every kind of metadata, every kind of harm. No picture of anybody else's."""

from __future__ import annotations

import io
import shutil
import struct
import subprocess
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import ExifTags, Image, ImageCms, ImageDraw, PngImagePlugin


WIDTH, HEIGHT = 240, 160
# The four corners of the picture as a person sees it: top left, top right, bottom left, bottom right.
CORNERS = ((200, 40, 40), (40, 170, 60), (50, 70, 190), (220, 210, 60))
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "HEIF")
# What a person may never find again in what is kept.
SECRET = "Jane-Example-1970"
HEIF_ENCODER = shutil.which("heif-enc")
EXIFTOOL = shutil.which("exiftool")


def picture(width: int = WIDTH, height: int = HEIGHT) -> Image.Image:
    """Four colours, so that a wrong turn or a wrong colour shows."""
    image = Image.new("RGB", (width, height))
    draw = ImageDraw.Draw(image)
    half, middle = width // 2, height // 2
    for (x, y), colour in zip(
        ((0, 0), (half, 0), (0, middle), (half, middle)), CORNERS, strict=True
    ):
        draw.rectangle((x, y, x + half, y + middle), fill=colour)
    return image


def saved(image: Image.Image, kind: str, **values: object) -> bytes:
    """The bytes of a file of that kind."""
    if kind == "HEIF":
        return heif(image)
    file = io.BytesIO()
    image.save(
        file, kind, **({"quality": 95} if kind in {"JPEG", "WEBP", "AVIF"} else {}), **values
    )  # type: ignore[arg-type] # values of Pillow's own
    return file.getvalue()


def heif(image: Image.Image) -> bytes:
    """A HEIC file, by the encoder of libheif: pi-heif only reads."""
    assert HEIF_ENCODER, "install libheif-examples: its heif-enc makes the HEIC files of this test"
    with TemporaryDirectory() as folder:
        source, target = Path(folder, "in.png"), Path(folder, "out.heic")
        image.save(source)
        subprocess.run(
            [HEIF_ENCODER, "-q", "95", str(source), "-o", str(target)],
            check=True,
            capture_output=True,
        )
        return target.read_bytes()


def exif(orientation: int = 1) -> bytes:
    """Camera, person, time, place, a comment, and a thumbnail's worth of bytes."""
    tags = Image.Exif()
    tags[ExifTags.Base.Make], tags[ExifTags.Base.Model] = "Maker", f"Phone of {SECRET}"
    tags[ExifTags.Base.Artist] = tags[ExifTags.Base.ImageDescription] = SECRET
    tags[ExifTags.Base.Orientation] = orientation
    inner = tags.get_ifd(ExifTags.IFD.Exif)
    inner[ExifTags.Base.DateTimeOriginal] = "2026:11:01 10:11:12"
    inner[ExifTags.Base.UserComment] = b"ASCII\0\0\0" + SECRET.encode()
    inner[ExifTags.Base.MakerNote] = SECRET.encode() * 20
    inner[ExifTags.Base.BodySerialNumber] = SECRET
    place = tags.get_ifd(ExifTags.IFD.GPSInfo)
    place.update({1: "N", 2: (44.0, 18.0, 39.0), 3: "W", 4: (69.0, 46.0, 44.0), 29: "2026:11:01"})
    return tags.tobytes()


XMP = f'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator><rdf:Seq><rdf:li>{SECRET}</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'.encode()


def segment(marker: int, body: bytes) -> bytes:
    """One segment of a JPEG."""
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def iptc() -> bytes:
    """Photoshop's block with a by-line and a city."""
    record = b"".join(
        b"\x1c\x02" + bytes((tag,)) + struct.pack(">H", len(SECRET)) + SECRET.encode()
        for tag in (80, 90)
    )
    body = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(record)) + record + b"\0" * (len(record) % 2)
    return b"Photoshop 3.0\0" + body


@cache
def display_p3() -> bytes:
    """A profile with the primaries of Display P3 and sRGB's curve, written here: a header and its tags."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # The primaries of Display P3, adapted to D50 (ICC registry, "Display P3").
    wide = {
        b"rXYZ": (0.51512, 0.24120, -0.00105),
        b"gXYZ": (0.29198, 0.69225, 0.04189),
        b"bXYZ": (0.15710, 0.06657, 0.78407),
    }
    data = bytearray(srgb)
    (count,) = struct.unpack_from(">I", data, 128)
    for number in range(count):
        name, offset, _ = struct.unpack_from(">4sII", data, 132 + 12 * number)
        if name in wide:
            struct.pack_into(">3i", data, offset + 8, *(round(v * 65536) for v in wide[name]))
    return bytes(data)


def described() -> Iterator[tuple[str, bytes]]:
    """Sound photos, each with one kind of metadata or several: name and bytes."""
    for number in range(8):
        size = (WIDTH + 20 * number, HEIGHT + 10 * number)
        image = picture(*size)
        kinds: dict[str, dict[str, object]] = {
            "exif": {"exif": exif()},
            "turned": {"exif": exif(number + 1)},
            "xmp": {"xmp": XMP},
            "profile": {"icc_profile": display_p3()},
            "all": {"exif": exif(), "xmp": XMP, "icc_profile": display_p3()},
        }
        for kind in ("JPEG", "WEBP", "AVIF"):
            for name, values in kinds.items():
                yield f"{kind} {name} {number}", saved(image, kind, **values)
        notes = PngImagePlugin.PngInfo()
        notes.add_text("Author", SECRET)
        notes.add_itxt("XML:com.adobe.xmp", XMP.decode())
        notes.add_text("Comment", SECRET * 9, zip=True)
        yield f"PNG text {number}", saved(image, "PNG", pnginfo=notes)
        yield (
            f"PNG all {number}",
            saved(image, "PNG", pnginfo=notes, exif=exif(), icc_profile=display_p3()),
        )
        plain = saved(image, "JPEG")
        for name, extra in {
            "iptc": segment(0xED, iptc()),
            "comment": segment(0xFE, SECRET.encode()),
            "unknown": segment(0xEB, SECRET.encode() * 50),
        }.items():
            yield f"JPEG {name} {number}", plain[:2] + extra + plain[2:]
        yield f"JPEG zip behind {number}", plain + b"PK\x03\x04" + SECRET.encode() * 100
        yield (
            f"JPEG page inside {number}",
            plain[:2]
            + segment(0xFE, b"<script>alert(1)</script>")
            + plain[2:]
            + b"<html>"
            + SECRET.encode(),
        )
        yield f"grey {number}", saved(image.convert("L"), "JPEG", exif=exif())
        yield f"CMYK {number}", saved(image.convert("CMYK"), "JPEG", exif=exif())
        yield f"palette {number}", saved(image.convert("P"), "PNG", exif=exif())


def chunk(name: bytes, body: bytes) -> bytes:
    """One chunk of a PNG."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def bomb(width: int, height: int) -> bytes:
    """A PNG of few bytes that says it is that large."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 2_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def hostile() -> Iterator[tuple[str, bytes, str]]:
    """What must be refused: name, bytes, and the reason."""
    yield "nothing", b"", "empty"
    yield "text", b"not a picture\n" * 100, "kind"
    yield "SVG", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "kind"
    yield "page", b"<!doctype html><script>alert(1)</script>", "kind"
    yield "PDF", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n", "kind"
    yield "GIF", saved(picture(), "GIF"), "kind"
    yield "BMP", saved(picture(), "BMP"), "kind"
    yield "TIFF", saved(picture(), "TIFF"), "kind"
    yield "bomb", bomb(20_000, 20_000), "too_many_pixels"
    yield "larger bomb", bomb(200_000, 200_000), "too_many_pixels"
    yield "short of its pixels", bomb(7_000, 7_000), "broken"
    yield "a line across", saved(Image.new("RGB", (50_000, 1)), "PNG"), "stretched"
    yield "a line down", saved(Image.new("RGB", (1, 50_000)), "PNG"), "stretched"
    yield "a dot", saved(Image.new("RGB", (1, 1)), "PNG"), "too_small"
    frames = [picture(), picture().rotate(180)]
    for kind in ("WEBP", "AVIF", "PNG"):
        data = saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)
        yield f"moving {kind}", data, "moving"
    for kind in FORMATS:
        whole = saved(picture(), kind)
        # Cut where the pixels are: a file without its head is no photo at all.
        yield f"short {kind}", whole[: -len(whole) // 5], "broken"
    yield "25 MB and a byte", saved(picture(), "JPEG") + b"\0" * (25 * 1024 * 1024), "too_big"
