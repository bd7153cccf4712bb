"""The command line itself: what may be typed, and what becomes of it."""

import argparse
import multiprocessing
import sys
from collections.abc import Callable, Sequence

import psycopg
from sqlalchemy.exc import ArgumentError, DBAPIError

from app.domain.errors import Refused
from db import profiles
from db.cli import programmes, proving, sealing, setting_up, staff, tending
from db.cli.sentences import sentence
from db.cli.target import URL_VARIABLE
from db.embedded import EmbeddedServerError

_DESCRIPTION = """\
Set up and keep the database of Salter, the desk of a consolidated billing company.

The server is named by --url or the environment variable SALTER_ADMIN_URL, as
  postgresql://administrator@db.example.org/salter?sslmode=verify-full
whose user must be a superuser, or may create roles and owns the database.
With neither, this machine's own server is used, and started where it does not run.
The password is taken from the URL, PGPASSWORD or ~/.pgpass.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks for; return 0 when it was done and all is well."""
    multiprocessing.freeze_support()  # the workers of a frozen program begin here too
    options = parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except (
        EmbeddedServerError, Refused, psycopg.Error, DBAPIError, ArgumentError, profiles.UnreadableProfile,
    ) as error:  # fmt: skip
        print(f"salter-db: {sentence(error)}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("salter-db: interrupted", file=sys.stderr)
        return 130


def parser() -> argparse.ArgumentParser:
    """Return what reads the command line."""
    reads = argparse.ArgumentParser(
        "salter-db", description=_DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    reads.add_argument(
        "--url", help=f"PostgreSQL 15 or later (default: ${URL_VARIABLE}, or this machine's own)"
    )
    line = reads.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for part in (setting_up, proving, sealing, tending, programmes, staff):
        part.add_to(line)
    return reads
