"""What the ``milium`` command finds here: serve, demo, manage, check. Each takes its arguments and gives an exit code."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Callable
from functools import wraps
from io import StringIO

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command, execute_from_command_line
from django.db import DatabaseError

from milium_site.config.preload import preload
from milium_site.config.static import collect
from milium_site.config.supervisor import Supervised


Command = Callable[[list[str]], int]
DONE, DEFECT, UNUSABLE = 0, 1, 2
# Of each web process. They are started when there is work for them. Photos that come slowly hold at most
# foundation.uploads.RECEIVED_AT_ONCE of them, so that pages are answered all the while.
THREADS = 24


def say(line: str = "") -> None:
    """One line for whoever started the command."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def ready(command: Command) -> Command:
    """Loads Django first; settings that cannot be used are one line on standard error and exit code 2."""

    @wraps(command)
    def run(argv: list[str]) -> int:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "milium_site.config.settings")
        try:
            django.setup()
            return command(argv)
        except (ImproperlyConfigured, CommandError, DatabaseError) as error:
            sys.stderr.write(f"milium: {str(error).strip()}\n")
            return UNUSABLE

    return run


@ready
def serve(argv: list[str]) -> int:
    """Brings the database up to date, serves the site and works off its jobs, until it is stopped."""
    parser = argparse.ArgumentParser(prog="milium serve", description=serve.__doc__)
    _where(parser)
    parser.add_argument("--demo", action="store_true", help="the same as: milium demo --serve")
    options = parser.parse_args(argv)
    return _serve(options, with_demo=options.demo)


@ready
def web(argv: list[str]) -> int:
    """Serves the site alone, for an installation of many processes: migrate first, and start a worker beside it."""
    parser = argparse.ArgumentParser(prog="milium web", description=web.__doc__)
    _where(parser)
    options = parser.parse_args(argv)
    _be_at(options)
    collect()
    preload()
    say(f"Milium is at {_address(options)} (stop it with Ctrl+C)")
    _granian(options.host, options.port, options.workers)
    return DONE


@ready
def worker(argv: list[str]) -> int:
    """Works off jobs until it is stopped; it finishes the one at hand first. Any number of workers may run."""
    parser = argparse.ArgumentParser(prog="milium worker", description=worker.__doc__)
    parser.add_argument(
        "--with-parent",
        type=int,
        metavar="PID",
        help="stop when this process is no longer my parent",
    )
    options = parser.parse_args(argv)
    from milium_site.config.periodic import TABLE  # noqa: PLC0415 (models load after django.setup)
    from milium_site.jobs.worker import run  # noqa: PLC0415 (as above)

    run(table=TABLE, parent=options.with_parent)
    return DONE


@ready
def demo(argv: list[str]) -> int:
    """Loads the demo panel and cases, and says who can sign in. Refused in production."""
    parser = argparse.ArgumentParser(prog="milium demo", description=demo.__doc__)
    _where(parser)
    parser.add_argument(
        "--serve", action="store_true", help="also show the demo comparison and serve the site"
    )
    options = parser.parse_args(argv)
    if options.serve:
        return _serve(options, with_demo=True)
    call_command("migrate", verbosity=0, interactive=False)
    _load_demo(_address(options), show_comparison=False)
    return DONE


@ready
def manage(argv: list[str]) -> int:
    """Django's own commands, for this installation."""
    execute_from_command_line(["milium manage", *argv])
    return DONE


@ready
def check(argv: list[str]) -> int:
    """Says whether this installation is sound: settings, vocabulary, database, migrations."""
    parser = argparse.ArgumentParser(prog="milium check", description=check.__doc__)
    parser.add_argument(
        "--deploy", action="store_true", help="also what matters only in production"
    )
    options = parser.parse_args(argv)
    # What it finds wrong it raises; what it says when all is well is said below, in one line.
    call_command(
        "check",
        deploy=options.deploy,
        databases=["default"],
        fail_level="WARNING",
        stdout=StringIO(),
        stderr=StringIO(),
    )
    say("milium: this installation is sound")
    return DONE


def _where(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=1, help="processes (1)")


def _address(options: argparse.Namespace) -> str:
    # Every address of the machine is no address that a browser can open.
    host = "127.0.0.1" if options.host in {"0.0.0.0", "::"} else options.host  # noqa: S104
    return f"http://{host}:{options.port}"


def _be_at(options: argparse.Namespace) -> None:
    """Links in letters lead to where the site is served, unless its address is set: behind a proxy it has another."""
    if not settings.PRODUCTION and "MILIUM_ADDRESS" not in os.environ:
        # The processes that serve get it in either way they start.
        os.environ["MILIUM_ADDRESS"] = settings.MILIUM_ADDRESS = _address(options)


def _serve(options: argparse.Namespace, *, with_demo: bool) -> int:
    _be_at(options)
    _prepare()
    if with_demo:
        _load_demo(_address(options), show_comparison=True)
    say(f"Milium is at {_address(options)} (stop it with Ctrl+C)")
    preload()
    with Supervised("worker", worker):
        _granian(options.host, options.port, options.workers)
    return DONE


def _prepare() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    collect()


def _load_demo(address: str, *, show_comparison: bool) -> None:
    if settings.PRODUCTION:
        raise CommandError(
            "the demo is made-up people with a known password: production refuses it"
        )
    from milium_site.config import demo as loader  # noqa: PLC0415 (models load after django.setup)

    people = loader.load()
    # Whoever chose for themselves keeps their choice; the processes that serve get it in either way they start.
    if "MILIUM_SECOND_FACTOR" not in os.environ:
        os.environ["MILIUM_SECOND_FACTOR"] = settings.MILIUM_SECOND_FACTOR = "optional"
    if show_comparison:
        # The terminal's comparison is the command line's own: the site asks for it as anybody would.
        subprocess.run([sys.executable, "-m", "milium", "compare", str(loader.SHOWN)], check=False)  # noqa: S603
    for line in loader.guide(people, address):
        say(line)


def _granian(host: str, port: int, workers: int) -> None:
    from granian import Granian  # noqa: PLC0415 (a web server is no business of the other commands)
    from granian.constants import Interfaces  # noqa: PLC0415

    Granian(
        "milium_site.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        log_level="error",  # type: ignore[arg-type] # granian's enum is a str enum
    ).serve()
