"""The database that a command works on: the one that was named, or this machine's own."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql
from sqlalchemy import Engine, create_engine, make_url
from sqlalchemy.engine import URL

from db import profiles
from db.embedded import EmbeddedServer, default_home

URL_VARIABLE = "SALTER_ADMIN_URL"
EMBEDDED_DATABASE = "salter"
_MAINTENANCE = "postgres"


class Target:
    """The database to work on."""

    def __init__(self, url: URL, server: EmbeddedServer | None) -> None:
        self.url = url
        self.server = server

    @property
    def libpq_url(self) -> str:
        """Return the URL as psycopg takes it, the password with it."""
        return self.url.set(drivername="postgresql").render_as_string(hide_password=False)

    @contextmanager
    def engine(self) -> Iterator[Engine]:
        """Lend an engine on the database."""
        engine = create_engine(self.url.set(drivername="postgresql+psycopg"))
        try:
            yield engine
        finally:
            engine.dispose()

    def create_database(self) -> bool:
        """Make the database unless it is there; tell whether it was made."""
        name = self.url.database or EMBEDDED_DATABASE
        maintenance = self.url.set(drivername="postgresql", database=_MAINTENANCE)
        address = maintenance.render_as_string(hide_password=False)
        with psycopg.connect(address, autocommit=True) as session:
            if session.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                return False
            session.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name))
            )
        return True


@contextmanager
def target(given: str | None) -> Iterator[Target]:
    """Lend the database at ``given`` or at the address in the environment, else this machine's own.

    Raises: UnreadableProfile, ArgumentError, EmbeddedServerError.
    """
    address = given or os.environ.get(URL_VARIABLE, "")
    if address:
        url = _guarded(address)
        yield Target(url if url.database else url.set(database=EMBEDDED_DATABASE), None)
        return
    with EmbeddedServer(default_home()).running() as server:
        yield Target(make_url(server.url_for(EMBEDDED_DATABASE)), server)


def _guarded(address: str) -> URL:
    """Return a URL with what a desk insists on too: TLS to another machine, and no readable password.

    Raises: UnreadableProfile, ArgumentError.
    """
    try:
        url = make_url(address)
    except ValueError:  # a port that is none
        raise profiles.UnreadableProfile from None
    text = url.set(drivername="postgresql").render_as_string(hide_password=False)
    parameters = profiles.connection_parameters(profiles.ServerProfile("", text))
    return url.update_query_dict(
        {name: parameters[name] for name in profiles.GUARDS if parameters.get(name)}, append=False
    )
