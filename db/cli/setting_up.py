"""Setting up: the database, its schema and code lists, and the demo city."""

import argparse
import sys
from datetime import date

import psycopg

from db import city, codebook, schema, staff
from db.cli import commands
from db.cli.target import Target
from db.embedded import BULK_LOAD
from db.progress import ProgressLine


def add_to(line: commands.Commands) -> None:
    """Add ``init``, ``upgrade`` and ``seed``."""
    text = "make the database where it is missing, its schema and its code lists"
    commands.add(line, name="init", does=_init, text=text)
    text = "bring schema, code and code lists to this program's version"
    commands.add(line, name="upgrade", does=_upgrade, text=text)
    seed = commands.add(line, name="seed", does=_seed, text="build a demo city in an empty database")
    seed.add_argument("--accounts", type=int, default=25_000, metavar="N", help="how many (default: 25000)")
    text = "of bills, up to last month (default: 36)"
    seed.add_argument("--months", type=int, default=36, metavar="M", help=text)
    seed.add_argument("--seed", type=int, default=1, metavar="S", help="the same seed makes the same city")
    text = "the city's last day (default: the server's date)"
    seed.add_argument("--today", type=date.fromisoformat, metavar="DAY", help=text)


def _init(target: Target, _options: argparse.Namespace) -> int:
    if target.create_database():
        print(f"created database {target.url.database}")
    with target.engine() as engine:
        schema.upgrade(engine)
        with engine.begin() as connection:
            added = codebook.load(connection)
    _bound_connections(target)
    print(f"schema {schema.HEAD}; {added} rows of code lists added")
    return 0


def _upgrade(target: Target, _options: argparse.Namespace) -> int:
    with target.engine() as engine:
        with engine.connect() as connection:
            before = schema.revision(connection)
        schema.upgrade(engine)
        with engine.begin() as connection:
            added = codebook.load(connection)
    _bound_connections(target)
    print(f"schema {before or 'empty'} -> {schema.HEAD}; {added} rows of code lists added")
    return 0


def _bound_connections(target: Target) -> None:
    with psycopg.connect(target.libpq_url, autocommit=True) as session:
        staff.bound_connections(session)


def _seed(target: Target, options: argparse.Namespace) -> int:
    target.create_database()
    line = ProgressLine(sys.stderr.isatty())

    def build() -> city.Report:
        return city.seed(
            target.libpq_url,
            accounts=options.accounts,
            months=options.months,
            seed=options.seed,
            today=options.today,
            progress=line.show,
        )

    if target.server is not None:
        with target.server.adjusted(BULK_LOAD):
            report = build()
    else:
        report = build()
    line.end()
    print(
        f"{report.accounts:,} accounts, {report.bills:,} bills, {report.lines:,} lines in"
        f" {report.seconds:.1f} s: {report.bills_a_second:,.0f} bills/s"
        f" ({report.bills / report.loading_seconds:,.0f} bills/s while loading)"
    )
    return 0
