"""Finding the subcommand, and turning every way of ending into an exit code."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import NoReturn, cast

import milium
from milium.cli.command import Command, parser_for
from milium.cli.extensions import run_extension
from milium.errors import MiliumError, UnusableInput


# Each command's module, and its line in ``milium --help``. Only the module that is asked for is imported.
COMMANDS = {
    "compare": ("milium.cli.compare", "lay several specialists' answers to one case side by side"),
    "read": ("milium.cli.read", "list what an answer says, or what a question tells"),
    "lookup": ("milium.cli.lookup", "find what a medical name stands for"),
    "triage": ("milium.cli.triage", "name the warning signs in a text, and how urgent they are"),
    "index": ("milium.cli.index", "make an index of answered cases, for searching"),
    "search": ("milium.cli.search", "find answered cases like a question, in anybody's words"),
    "evaluate": ("milium.cli.evaluate", "measure the reader against texts read by people"),
}
# What the site brings; kept here so that the help can name them without loading it.
SITE_COMMANDS = {
    "serve": "serve the site on this machine",
    "demo": "load the demo cases and show their comparison",
    "manage": "run one of the site's own management commands",
    "check": "say whether this installation is sound",
}
INTERRUPTED = 130


def run() -> NoReturn:
    """The ``milium`` command."""
    # The vocabulary is many small values that live as long as the command: looking through them for garbage
    # again and again while they are made costs a third of the start.
    gc.set_threshold(200_000)
    argv = sys.argv[1:]
    code = main(argv)
    if argv[:1] and argv[0] in COMMANDS:
        # Taking those values apart one by one would cost another sixth of the time; the system frees them at once.
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def main(argv: list[str]) -> int:
    """Run one command line and return its exit code: 0 done, 2 unusable input, 3 stopped by an emergency flag, 1 a defect."""
    try:
        code = _dispatch(argv)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has seen enough (``| head``). What is still buffered must not be tried again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        return _fail_to_write(error)
    except MiliumError as error:
        return _fail(str(error), error.exit_code)
    return code


def _dispatch(argv: list[str]) -> int:
    if not argv or argv[0] in ("-h", "--help", "help"):
        print(help_text())
        return 0 if argv else UnusableInput.exit_code
    name, *rest = argv
    if name in ("--version", "-V"):
        print(f"milium {milium.__version__}")
        return 0
    if name in COMMANDS:
        module, summary = COMMANDS[name]
        command = cast("Command", import_module(module))
        parser = parser_for(name, summary, command)
        return command.execute(parser.parse_args(rest))
    return run_extension(name, rest, known=(*COMMANDS, *SITE_COMMANDS))


def _fail_to_write(error: OSError) -> int:
    """Input that cannot be read has become ``UnusableInput`` where it was opened; what is left is the output."""
    if error.filename is not None:
        raise error
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return _fail(f"the output cannot be written: {error.strerror}", MiliumError.exit_code)


def _fail(message: str, code: int) -> int:
    print(f"milium: {message}", file=sys.stderr)
    return code


def help_text() -> str:
    """What ``milium --help`` says."""
    lines = "\n".join(f"  {name:<10} {summary}" for name, (_, summary) in COMMANDS.items())
    site = "\n".join(f"  {name:<10} {summary}" for name, summary in SITE_COMMANDS.items())
    return f"""\
usage: milium COMMAND [options] [FILE]

Milium reads what several specialists answered to one skin question and lays
their advice side by side. Everything it shows is tied to the words it came
from. It makes no diagnosis of its own.

commands:
{lines}

commands of the site:
{site}

  milium COMMAND --help   explains one command
  milium --version        prints the version

A FILE of - means standard input; it is what a command reads when no file is
named. Exit codes: 0 done, 2 the input could not be used, 3 a case was stopped
by an emergency warning sign, 1 a defect in Milium."""
