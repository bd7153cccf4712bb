"""A day worth sealing, and checking what was sealed."""

from pathlib import Path

import psycopg

from app.domain import seals
from db import cli
from tests.conftest import Database


def live_a_day(database: Database) -> None:
    """Do something, look at something, and join the chains."""
    with psycopg.connect(database.url, autocommit=True) as session:
        for _ in range(3):
            session.execute("SELECT log_export('x', '{}', 1)")
            session.execute("UPDATE account SET delivery_name = delivery_name || 'x' WHERE ident = 1000042")
        session.execute("SELECT join_chains()")


def check(database: Database, page: Path, keys: Path) -> int:
    """Check against a page; return the exit code."""
    public = f"{keys}.pub"
    return cli.main(
        ["--url", database.url, "check", "--seal", str(page), "--public-key", public, "--only", "chains"]
    )


def sealed(page: Path) -> seals.Seal:
    """Return what a page says."""
    return seals.read(page.read_text("utf-8"))[0]
