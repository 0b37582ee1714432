"""The Django site."""

from __future__ import annotations
