"""A clerk and a supervisor at an account: changes applied, and taken back."""

from collections.abc import Callable, Mapping
from typing import Any

import psycopg
import pytest

from tests.security import filing
from tests.security.conftest import CLERK, SUPERVISOR, one, visit

Connection = psycopg.Connection[Any]
Desk = Callable[..., int]


@pytest.fixture
def ident(guarded) -> int:
    return guarded.new_account()


@pytest.fixture
def clerk(enter) -> Connection:
    return enter(CLERK)


@pytest.fixture
def supervisor(enter) -> Connection:
    return enter(SUPERVISOR)


@pytest.fixture
def apply(clerk, supervisor, ident) -> Desk:
    """Take a change from draft to applied, and return its id."""

    def take(
        kind: str, values: Mapping[str, object] | None = None, *, of: int = ident, **filed: object
    ) -> int:
        for connection in (clerk, supervisor):
            visit(connection, of)
        request = filing.submit(clerk, of, kind, values, **filed)
        filing.decide(supervisor, of, request)
        return request

    return take


@pytest.fixture
def undo(clerk, supervisor, ident) -> Desk:
    """Undo a change and have the inverse decided; return its id."""

    def take(request: int, *, of: int = ident) -> int:
        made: int = one(clerk, "SELECT undo_change(%s, %s, 'greška')", of, request)
        filing.decide(supervisor, of, made)
        return made

    return take


@pytest.fixture
def visiting(enter, ident) -> Callable[[str], Connection]:
    def sign_in(login: str) -> Connection:
        connection = enter(login)
        visit(connection, ident)
        return connection

    return sign_in
