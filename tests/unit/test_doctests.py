"""The examples in the library's docstrings are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import milium


def modules_with_examples() -> list[str]:
    names = [found.name for found in pkgutil.walk_packages(milium.__path__, "milium.")]
    return [name for name in names if name != "milium.__main__"]


@pytest.mark.parametrize("name", modules_with_examples())
def test_the_examples_of_a_module_are_true(name: str) -> None:
    failed, _ = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)

    assert failed == 0
