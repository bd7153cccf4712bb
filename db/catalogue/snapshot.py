"""What a database is made of, as comparable lines: to hold one against what this program would make."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, create_engine, text

from db import schema
from db.catalogue.beside import BESIDE
from db.catalogue.ours import OURS


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """One object: its kind, its name, and everything about it that matters in one line."""

    kind: str
    name: str
    definition: str


def snapshot(connection: Connection) -> frozenset[Thing]:
    """List what a database is made of."""
    connection.execute(text("SET LOCAL search_path = public, pg_temp"))
    return frozenset(
        Thing(row.kind, row.name, row.definition or "")
        for query in (OURS, *BESIDE)
        for row in connection.execute(query)
    )


def reference(engine: Engine) -> frozenset[Thing]:
    """List what this program would make: in a database of its own, dropped at once.

    Raises: SQLAlchemyError where the login may not create databases.
    """
    with _throwaway(engine) as made:
        schema.upgrade(made)
        with made.connect() as connection:
            return snapshot(connection)


@contextmanager
def _throwaway(engine: Engine) -> Iterator[Engine]:
    name = f"salter_check_{secrets.token_hex(4)}"
    keeper = engine.execution_options(isolation_level="AUTOCOMMIT")
    with keeper.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0"))
    made = create_engine(engine.url.set(database=name))
    try:
        yield made
    finally:
        made.dispose()
        with keeper.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
