"""This machine's own demo city: built once, under another name until it is whole.

A build that was interrupted leaves nothing that looks like a city behind: the
database gets its real name as the last step.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import create_engine, text

from db import schema
from db.embedded import BULK_LOAD, EmbeddedServer

PASSWORD = "demo"  # noqa: S105 - the people are invented
_UNFINISHED = "_unfinished"


@dataclass(frozen=True, slots=True)
class CityPerson:
    """Somebody of the demo city's staff."""

    login: str
    full_name: str
    role: str
    branch: str


def bring_up(
    server: EmbeddedServer,
    *,
    database: str,
    accounts: int,
    months: int,
    progress: Callable[[float, str], None],
) -> None:
    """Have the demo city in ``database`` of a running ``server``, at this program's version.

    ``progress`` hears a fraction from 0 to 1 and what is being done.  A city that
    is there is only upgraded where that is needed.
    """
    with server.undisturbed():  # two programs started together build one city
        if not server.has_database(database):
            _build(server, database, accounts, months, progress)
            return
        engine = create_engine(_driver_url(server, database))
        try:
            with engine.connect() as connection:
                is_current = schema.is_current(connection)
            if not is_current:
                schema.upgrade(engine)
        finally:
            engine.dispose()


def staff(server: EmbeddedServer, *, database: str) -> list[CityPerson]:
    """Return who serves in the demo city, those who serve customers first."""
    engine = create_engine(_driver_url(server, database))
    try:
        with engine.connect() as connection:
            rows = connection.execute(
                text(
                    "SELECT s.login, s.full_name, s.role, b.name"
                    " FROM staff s JOIN branch b ON b.id = s.branch_id WHERE s.is_active"
                    " ORDER BY array_position(ARRAY['desk_clerk', 'desk_agent', 'desk_supervisor'], s.role),"
                    " b.name, s.full_name"
                )
            )
            return [CityPerson(*row) for row in rows]
    finally:
        engine.dispose()


def _build(
    server: EmbeddedServer,
    database: str,
    accounts: int,
    months: int,
    progress: Callable[[float, str], None],
) -> None:
    from db.city import seed  # names, streets and prices are read only when a city is built

    unfinished = database + _UNFINISHED
    server.drop_database(unfinished)
    server.create_database(unfinished)
    with server.adjusted(BULK_LOAD):
        seed(_driver_url(server, unfinished), accounts=accounts, months=months, progress=progress)
    server.rename_database(unfinished, to=database)


def _driver_url(server: EmbeddedServer, database: str) -> str:
    return server.url_for(database).replace("postgresql://", "postgresql+psycopg://", 1)
