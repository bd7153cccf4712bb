"""``make bench``: measure what was promised, print a table, write ``build/bench.json``.

    make bench                                        600 000 accounts x 24 months
    make bench ARGS="--accounts 25000 --months 36"    a smaller city
    make bench ARGS="--only search,accounts"          some of it

The city is built once in a server of its own under ``build/bench`` and kept, so
that measuring again costs minutes.
"""

import argparse
import importlib
import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text

from db import city, schema
from db.embedded import BULK_LOAD, WORKSTATION, EmbeddedServer
from tests.bench.ceilings import UNBOUND

RESULT = Path("build/bench.json")
SETTINGS = {**WORKSTATION, "shared_buffers": "1GB", "effective_cache_size": "4GB"}
DEMO_PASSWORD = "demo"

Figures = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Ground:
    """What is measured on: a city of ``accounts`` at two URLs, the owner's and a clerk's."""

    server: EmbeddedServer
    database: str
    accounts: int
    months: int
    clerk: str
    built: Figures

    @property
    def clerk_url(self) -> str:
        return self.server.url_for(self.database, user=self.clerk, password=DEMO_PASSWORD)

    @property
    def owner_url(self) -> str:
        return self.server.url_for(self.database)


def main() -> int:
    """Measure; the exit code is 1 when a promise does not hold."""
    parser = argparse.ArgumentParser(prog="make bench", description="Measure what was promised.")
    parser.add_argument("--accounts", type=int, default=600_000)
    parser.add_argument("--months", type=int, default=24)
    parser.add_argument("--home", type=Path, default=Path("build/bench/server"))
    parser.add_argument("--only", default="", help="some of: " + ", ".join(PARTS))
    given = parser.parse_args()
    wanted = [name for name in given.only.split(",") if name] or list(PARTS)
    with EmbeddedServer(given.home.resolve(), settings=SETTINGS).running() as server:
        ground = _ground(server, given.accounts, given.months)
        figures = list(ground.built)
        for name in wanted:
            print(f"measuring {name} …", flush=True)
            figures += PARTS[name](ground)
            _write(figures)  # what was measured is kept whatever becomes of the rest
    _print(figures)
    return 0 if all(figure["holds"] for figure in figures) else 1


def _ground(server: EmbeddedServer, accounts: int, months: int) -> Ground:
    database = f"city_{accounts}x{months}"
    built: Figures = []
    if not server.has_database(database):
        unfinished = database + "_unfinished"
        server.drop_database(unfinished)
        server.create_database(unfinished)
        with server.adjusted(BULK_LOAD):
            report = city.seed(server.url_for(unfinished), accounts=accounts, months=months, progress=_say)
        print()
        server.rename_database(unfinished, to=database)
        built = [_built(report, accounts, months)]
    engine = create_engine(server.url_for(database))
    try:
        with engine.connect() as connection:
            is_current = schema.is_current(connection)
        if not is_current:  # built by an earlier version, and kept
            schema.upgrade(engine)
        with engine.begin() as connection:
            connection.execute(text(UNBOUND))
        with engine.connect() as connection:
            clerk = connection.execute(
                text("SELECT login FROM staff WHERE role = 'desk_clerk' AND is_active ORDER BY login LIMIT 1")
            ).scalar_one()
    finally:
        engine.dispose()
    return Ground(server, database, accounts, months, clerk, built)


def _built(report: city.Report, accounts: int, months: int) -> dict[str, Any]:
    limit = 90.0 * accounts * months / (25_000 * 36)
    return {
        "name": f"city: built, {report.bills_a_second:,.0f} bills/s",
        "size": report.bills,
        "unit": "s",
        "p50": round(report.seconds, 1),
        "p99": round(report.seconds, 1),
        "limit": round(limit, 1),
        "holds": report.seconds <= limit,
    }


def _say(fraction: float, what: str) -> None:
    print(f"\r{fraction:6.1%}  {what:<40}", end="", flush=True)


def _part(module: str) -> Callable[..., Figures]:
    measure: Callable[..., Figures] = importlib.import_module(f"tests.bench.{module}").measure
    return measure


def _documents(_ground: Ground) -> Figures:
    return _part("documents")()


def _search(ground: Ground) -> Figures:
    return _part("search")(ground.owner_url, accounts=ground.accounts, login=ground.clerk)


def _accounts(ground: Ground) -> Figures:
    return _part("accounts")(ground.clerk_url, accounts=ground.accounts, owner=ground.owner_url)


def _startup(ground: Ground) -> Figures:
    return _part("startup")(ground.clerk_url, accounts=ground.accounts)


def _counter_hour(ground: Ground) -> Figures:
    return _part("counter_hour")(ground.clerk_url, accounts=ground.accounts, owner=ground.owner_url)


def _changes(ground: Ground) -> Figures:
    return _part("changes")(ground.server)


def _changes_attempts(ground: Ground) -> Figures:
    attempts: Callable[..., Figures] = importlib.import_module("tests.bench.changes").measure_attempts
    return attempts(ground.server)


def _plans(ground: Ground) -> Figures:
    return _part("plans")(ground.server)


PARTS: dict[str, Callable[[Ground], Figures]] = {
    "search": _search,
    "accounts": _accounts,
    "documents": _documents,
    "startup": _startup,
    "counter_hour": _counter_hour,
    "changes": _changes,
    "changes_attempts": _changes_attempts,
    "plans": _plans,
}


def _write(figures: Figures) -> None:
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _print(figures: Figures) -> None:
    print(f"\n{'what':<46}{'size':>12}{'unit':>9}{'p50':>11}{'p99':>11}{'limit':>11}  holds")
    for f in figures:
        mark = "yes" if f["holds"] else "NO"
        size = f"{f['size']:,}" if isinstance(f["size"], int) else str(f["size"])
        print(
            f"{f['name']:<46}{size:>12}{f['unit']:>9}{f['p50']:>11}{f['p99']:>11}{f['limit']!s:>11}  {mark}"
        )
    print(f"\n{RESULT} at {time.strftime('%H:%M')}")


if __name__ == "__main__":
    sys.exit(main())
