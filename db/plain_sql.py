"""Running files of SQL as they are written: several statements, and percent signs that mean no place."""

from typing import Any, cast

import psycopg
from sqlalchemy import Connection


def run(connection: Connection, statements: str) -> None:
    """Run ``statements`` over the driver's own cursor, without parameters."""
    driver = cast("psycopg.Connection[Any]", connection.connection.driver_connection)
    with driver.cursor() as cursor:
        cursor.execute(statements)
