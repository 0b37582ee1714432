"""What a photo may be, and the sizes that are kept of it. docs/adr/0023 says why these."""

from __future__ import annotations


MOST_BYTES = 25 * 1024 * 1024
MOST_PIXELS = 60_000_000
# Below this a side shows no skin; above it, or thinner than this, it is no photograph.
LEAST_SIDE = 64
MOST_SIDE = 20_000
MOST_STRETCHED = 8
MOST_OF_A_CASE = 12

# The longest side of each size kept, in pixels, from the largest down.
LARGEST = "full"
SIZES = {LARGEST: 2560, "view": 1280, "thumb": 320}
# A JPEG may be decoded at a half, a quarter or an eighth as long as this much is left of its longest side.
LEAST_FULL = 2000

# What a process that cleans may use.
MOST_MEMORY = 1536 * 1024 * 1024
MOST_SECONDS = 20
# On the clock: a machine with much to do gives a photo its seconds late, and the photo is not at fault.
MOST_WAITED = 60
