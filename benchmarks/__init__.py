"""What Milium costs in time and memory, and how it stands beside other programs. `make bench` runs all of it."""

from __future__ import annotations
