"""How good a photo is for looking at skin: sharpness, light, size. It suggests a retake and forbids nothing. Pure.

Focus comes first: of 613 photos sent by patients 119 were out of focus, 12 badly lit (PRACTICE 3a; Detroit). The
browser asks the same questions before anything is sent (static/photos/quality.js); docs/site/photos.md has the figures.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from PIL import Image, ImageFilter, ImageStat


# Everything is judged at this longest side, so that a phone's noise and its number of pixels matter little.
JUDGED_AT = 640
# How much of the finest detail a slight blur takes away. A sharp photo loses most; one that is blurred already, little.
LEAST_SHARPNESS = 3.0
# Mean brightness, 0 to 255, and the share of pixels that are as good as black or white.
LEAST_LIGHT, MOST_LIGHT = 45, 215
MOST_BLACK, MOST_WHITE = 0.60, 0.35
BLACK, WHITE = 25, 250
# ATA, quick guide to store-and-forward teledermatology: 1024 x 768 preferred.
LEAST_LONG, LEAST_SHORT = 1024, 768

ADVICE = {
    "blurred": "It looks out of focus. Hold still, tap on the skin to focus, and keep at least a hand’s width away.",
    "dark": "It is very dark. Go to a window, or switch on more light.",
    "bright": "Parts of it are washed out. Turn the flash off, or step out of the sun.",
    "small": "It has few pixels, so little can be made larger. Go closer rather than zooming, and send the original.",
}
LAPLACE = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128)
# Keeps a plain, evenly lit surface from being called blurred or sharp by its noise alone.
FLOOR = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """``sharpness`` is a ratio (1 blurred, 4 to 8 sharp); ``light`` the mean brightness, 0 to 255;
    ``black`` and ``white`` shares from 0 to 1; ``width`` and ``height`` the pixels that were sent."""

    sharpness: float
    light: float
    black: float
    white: float
    width: int
    height: int

    @property
    def doubts(self) -> tuple[str, ...]:
        """Why another photo may show more: keys of ``ADVICE``, the commonest fault first."""
        found = {
            "blurred": self.sharpness < LEAST_SHARPNESS,
            "dark": self.light < LEAST_LIGHT or self.black > MOST_BLACK,
            "bright": self.light > MOST_LIGHT or self.white > MOST_WHITE,
            "small": max(self.width, self.height) < LEAST_LONG
            or min(self.width, self.height) < LEAST_SHORT,
        }
        return tuple(name for name, doubted in found.items() if doubted)

    def as_json(self) -> dict[str, object]:
        """As a row keeps it."""
        return asdict(self) | {"doubts": list(self.doubts)}


def judged(image: Image.Image, *, sent: tuple[int, int]) -> Quality:
    """What can be measured of an sRGB picture; ``sent`` is its width and height before it was made smaller."""
    grey = image.convert("L")
    grey.thumbnail((JUDGED_AT, JUDGED_AT), Image.Resampling.BOX)
    counts, pixels = grey.histogram(), grey.width * grey.height
    return Quality(
        sharpness=round(sharpness(grey), 2),
        light=round(ImageStat.Stat(grey).mean[0], 1),
        black=round(sum(counts[: BLACK + 1]) / pixels, 3),
        white=round(sum(counts[WHITE:]) / pixels, 3),
        width=sent[0],
        height=sent[1],
    )


def sharpness(grey: Image.Image) -> float:
    """The variance of the Laplacian before a blur of one pixel, divided by that after it.

    A median takes away single grains first: the noise of a dark room would pass for detail.
    """
    grey = grey.filter(ImageFilter.MedianFilter(3))
    return _detail(grey) / (_detail(grey.filter(ImageFilter.BoxBlur(1))) + FLOOR)


def _detail(grey: Image.Image) -> float:
    # The outermost pixels have no neighbours and are left as they were.
    inner = (2, 2, grey.width - 2, grey.height - 2)
    return float(ImageStat.Stat(grey.filter(LAPLACE).crop(inner)).var[0])
