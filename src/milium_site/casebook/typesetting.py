"""The visit summary as a PDF: typeset by typst with the fonts it carries, tagged, and reproducible to the byte."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from milium_site.casebook.summary import Summary
from milium_site.photos.workshop import environment


TEMPLATE = Path(__file__).with_name("summary.typ")


# Printed three to a row, more dots than these are not seen.
LONGEST = 1000
MOST_SECONDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A photo's bytes, in any format that Pillow reads, and what it shows in words."""

    content: bytes
    alt: str


def typeset(summary: Summary, pictures: Sequence[Picture] = ()) -> bytes:
    """The PDF. The case's words reach the typesetter as data and are never read as its markup."""
    files = {f"photo-{n}.svg": _drawing(picture.content) for n, picture in enumerate(pictures)}
    shown = [{"file": f, "alt": p.alt} for f, p in zip(files, pictures, strict=True)]
    told = {
        "files": {"main.typ": TEMPLATE.read_text("utf-8")} | files,
        "inputs": {"summary": json.dumps(summary.to_json() | {"photos": shown})},
    }
    done = subprocess.run(
        [sys.executable, "-P", "-s", "-m", "milium_site.casebook.typesetter"],
        input=json.dumps(told).encode(),
        stdout=subprocess.PIPE,
        timeout=MOST_SECONDS,
        env=environment(),
        check=True,
    )
    return done.stdout


def _drawing(content: bytes) -> str:
    """The photo inside a drawing, because the typesetter takes its files as text; nothing is written to a disk."""
    image = Image.open(io.BytesIO(content)).convert("RGB")
    image.thumbnail((LONGEST, LONGEST))
    jpeg = io.BytesIO()
    image.save(jpeg, "JPEG", quality=85)
    size = f'width="{image.width}" height="{image.height}"'
    data = b64encode(jpeg.getvalue()).decode("ascii")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
        f'<image {size} href="data:image/jpeg;base64,{data}"/></svg>'
    )
