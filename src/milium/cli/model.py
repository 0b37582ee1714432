"""The options of commands that can rank by meaning."""

from __future__ import annotations

import argparse
from pathlib import Path

from milium import api


def add_model(parser: argparse.ArgumentParser) -> None:
    """Declare ``--dense`` and ``--model``: ranking with a sentence model, for those who installed one."""
    parser.add_argument(
        "--dense",
        action="store_true",
        help="also rank by meaning, with the sentence model that is installed",
    )
    parser.add_argument(
        "--model",
        metavar="DIR",
        help="the sentence model's folder, where it is not an installed package",
    )


def model_folder(args: argparse.Namespace) -> Path | None:
    """The folder of the sentence model that was asked for, if any. Raises ``UnusableInput`` when none is installed."""
    if args.model:
        return Path(args.model)
    return api.installed_model() if args.dense else None
