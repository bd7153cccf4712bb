"""What changes altered, as the owner of the tables sees it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import psycopg
import pytest

from tests.security import filing
from tests.security.conftest import one

Connection = psycopg.Connection[Any]
Desk = Callable[..., int]


def first_day(connection: Connection, request: int) -> date:
    """Return the first day of the month a request counts from."""
    ggmm: int = one(connection, "SELECT applies_from FROM change_request WHERE id = %s", request)
    return date(2000 + ggmm // 100, ggmm % 100, 1)


def states(owner: Connection, ident: int, *columns: str) -> list[tuple[Any, ...]]:
    """List the states of premises in time."""
    return owner.execute(
        f"SELECT valid_from, valid_to, {', '.join(columns)} FROM premises_state WHERE ident = %s ORDER BY 1",
        [ident],
    ).fetchall()


BEGINNING = date(2015, 1, 1)


def add_state(owner: Connection, ident: int, day: date, **columns: object) -> None:
    """Split the last state of an account at a day."""
    sets = ", ".join(f"{name} = %({name})s" for name in columns)
    given = {"ident": ident, "day": day, **columns}
    owner.execute(
        "CREATE TEMP TABLE split ON COMMIT DROP AS SELECT * FROM premises_state"
        " WHERE ident = %(ident)s AND valid_to IS NULL",
        given,
    )
    owner.execute(f"UPDATE split SET valid_from = %(day)s, {sets}", given)
    owner.execute(
        "UPDATE premises_state SET valid_to = %(day)s WHERE ident = %(ident)s AND valid_to IS NULL", given
    )
    owner.execute("INSERT INTO premises_state SELECT * FROM split")


def holder(owner: Connection, ident: int) -> tuple[Any, ...] | None:
    return owner.execute(
        "SELECT kind, first_name, last_name, business_name, jmbg, pib, company_number FROM holder"
        " WHERE ident = %s ORDER BY valid_from DESC LIMIT 1",
        [ident],
    ).fetchone()


def open_contacts(owner: Connection, ident: int) -> dict[str, str]:
    return dict(
        owner.execute(
            "SELECT kind, normalized FROM contact WHERE ident = %s AND ended_on IS NULL", [ident]
        ).fetchall()
    )


def refused(connection: Connection, ident: int, request: int, state: str, **columns: object) -> psycopg.Error:
    with pytest.raises(psycopg.Error) as caught:
        filing.move(connection, ident, request, state, **columns)
    return caught.value


def state_of(connection: Connection, request: int) -> str:
    state: str = one(connection, "SELECT state FROM change_request WHERE id = %s", request)
    return state
