"""A gateway to a database of the test's own, a line that can be cut, and somebody who watches."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from db.gateway import Gateway
from tests.conftest import Database
from tests.cut_line import CutLine


@pytest.fixture
def gateway(database: Database) -> Iterator[Gateway]:
    opened = Gateway(database.url)
    yield opened
    opened.close()


@pytest.fixture
def line(database: Database) -> Iterator[CutLine]:
    laid = CutLine(database.server)
    yield laid
    laid.close()


@pytest.fixture
def overseer(database: Database) -> Iterator[psycopg.Connection[Any]]:
    """Somebody who watches the server from a connection of their own."""
    with psycopg.connect(database.url, autocommit=True) as connection:
        yield connection
