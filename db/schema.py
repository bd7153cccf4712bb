"""The shape of the database: bringing one to this program's version, and telling when it is not.

Tables migrate (numbered files of Alembic), code is replaced: the files of
``db/sql`` are run in name order after every migration, those that begin with
``0`` before it, because roles must exist before what they own.

A file of ``db/sql`` has a number of its own, and its ten says what it is about:
10 the ground all others stand on, 20 visits and disclosure, 30 search, 40 balances
and money coming in, 50 notices and cases, 60 changes of data, 70 payment plans, 80 reports
and the worker, 90 what holds for all tables, rights last.
"""

import functools
import hashlib
from importlib import resources
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, text

from db import declarations, plain_sql

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0019"
"""The migration this program works with; a test holds it against the newest file."""

_CODE_THERE = text("SELECT obj_description('public.alembic_version'::regclass, 'pg_class')")

FIRST_YEAR = 2023
"""The earliest year bills are kept for; partitions begin here."""


def upgrade(engine: Engine) -> None:
    """Bring the database ``engine`` connects to up to ``HEAD``, whatever it was before.

    Needs a login that may create roles (a superuser, or CREATEROLE and ownership
    of the database).  Everything happens in one transaction: a failure leaves the
    database as it was.
    """
    with engine.begin() as connection:
        # two upgrades at once would race for the roles of the cluster
        connection.execute(text("SELECT pg_advisory_xact_lock(7120001)"))
        for name, statements in _sql_files():
            if name.startswith("0"):
                plain_sql.run(connection, statements)
        connection.execute(text("SET LOCAL ROLE salter_owner"))
        _migrate(connection)
        _replace_code(connection)


def is_current(connection: Connection) -> bool:
    """Tell whether tables and code are this program's; code changes without a migration, too."""
    return revision(connection) == HEAD and connection.execute(_CODE_THERE).scalar_one() == code()


@functools.cache
def code() -> str:
    """Return the mark of this program's ``db/sql`` and declarations, left in a database that has them."""
    files = "".join(name + statements for name, statements in _sql_files())
    return f"code {hashlib.sha256((files + declarations.mark()).encode()).hexdigest()[:16]}"


def revision(connection: Connection) -> str | None:
    """Tell which migration the database is at, or None for a database that is not Šalter's."""
    known = connection.execute(text("SELECT to_regclass('public.alembic_version')")).scalar_one()
    if known is None:
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def add_year(connection: Connection, *, year: int) -> None:
    """Make the partitions for the bills of ``year`` (four digits), unless they are there."""
    connection.execute(text("SELECT add_year(:year)"), {"year": year})


def alembic_config(connection: Connection) -> "Config":
    """Give Alembic's configuration bound to an open ``connection``."""
    from alembic.config import Config  # 18 MB that a desk, which only asks for ``HEAD``, does not need

    config = Config()
    config.set_main_option("script_location", str(resources.files("db") / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _migrate(connection: Connection) -> None:
    from alembic import command

    command.upgrade(alembic_config(connection), "head")


def _replace_code(connection: Connection) -> None:
    for name, statements in _sql_files():
        if not name.startswith("0"):
            plain_sql.run(connection, statements)
    declarations.bring_in_line(connection)
    plain_sql.run(connection, f"COMMENT ON TABLE alembic_version IS '{code()}'")


def _sql_files() -> list[tuple[str, str]]:
    folder = resources.files("db") / "sql"
    files = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".sql")), key=lambda e: e.name)
    return [(entry.name, entry.read_text(encoding="utf-8")) for entry in files]
