"""What every test may ask for: a real PostgreSQL, a fresh copy of the schema, silence in the log.

Each worker of a run has a cluster of its own, since roles, running statements
and a stopped server are shared by all databases of one.  The schema is built
once in a template; a copy of it takes some 30 ms.
"""

import itertools
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import hypothesis
import psycopg
import pytest
from sqlalchemy import create_engine

from db import schema
from db.embedded import WORKSTATION, EmbeddedServer

TEMPLATE = "salter_template"
THROWAWAY = {
    **WORKSTATION,
    "shared_buffers": "64MB",
    "fsync": "off",
    "full_page_writes": "off",
}

# Nothing that this person has set up for working may lead a test elsewhere.
for variable in [name for name in os.environ if name.startswith(("PG", "SALTER_"))]:
    if variable != "SALTER_PG_BIN":
        del os.environ[variable]

# How long a law takes to check says nothing about the law.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "house")

_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Database:
    """A database of the test's own: ``url`` is the superuser's."""

    server: EmbeddedServer
    name: str

    @property
    def url(self) -> str:
        return self.server.url_for(self.name)

    def url_for(self, user: str, *, password: str) -> str:
        """Return the connection URL of somebody who signs in."""
        return self.server.url_for(self.name, user=user, password=password)


def _close_to_others(owner: psycopg.Connection[Any], name: str) -> None:
    """Give the rights on a database that ``salter-db upgrade`` gives: they are not copied with it."""
    row = owner.execute(
        "SELECT count(*) FROM pg_roles WHERE rolname IN ('desk_staff', 'salter_owner')"
    ).fetchone()
    if row == (2,):
        owner.execute(f"REVOKE ALL ON DATABASE {name} FROM PUBLIC")  # type: ignore[call-overload]
        owner.execute(f"GRANT CONNECT ON DATABASE {name} TO desk_staff, salter_owner")  # type: ignore[call-overload]


@contextmanager
def copied_from(template: str, *, server: EmbeddedServer) -> Iterator[Database]:
    """Make a database from ``template``, and drop it at the end of the block."""
    name = f"test_{next(_numbers)}"
    server.create_database(name, template=template)
    try:
        with psycopg.connect(server.url_for(name), autocommit=True) as owner:
            _close_to_others(owner, name)
        yield Database(server, name)
    finally:
        server.drop_database(name)


@pytest.fixture(scope="session")
def cluster() -> Iterator[EmbeddedServer]:
    """A running server with nothing in it but what tests put there."""
    # Not pytest's own temporary folder: its name is too long for a socket.
    folder = Path(tempfile.mkdtemp(prefix="salter-test-"))
    folder.chmod(0o711)  # a server that gave up root's rights must pass through
    try:
        with EmbeddedServer(folder / "server", settings=THROWAWAY).running() as server:
            yield server
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def template(cluster: EmbeddedServer) -> str:
    """The name of a database with the whole schema and no rows; copied, never used itself."""
    cluster.create_database(TEMPLATE)
    engine = create_engine(cluster.url_for(TEMPLATE))
    try:
        schema.upgrade(engine)
    finally:
        engine.dispose()  # a database somebody is connected to cannot be copied
    return TEMPLATE


@pytest.fixture
def database(cluster: EmbeddedServer, template: str) -> Iterator[Database]:
    """An empty database with the whole schema, for one test."""
    with copied_from(template, server=cluster) as copy:
        yield copy


@pytest.fixture(scope="module")
def module_database(cluster: EmbeddedServer, template: str) -> Iterator[Database]:
    """An empty database with the whole schema, shared by the tests of one module."""
    with copied_from(template, server=cluster) as copy:
        yield copy


@pytest.fixture(autouse=True)
def _nothing_unexpected_in_the_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail on a warning nobody awaited; a test that awaits one asserts on it and clears ``caplog``."""
    yield
    unexpected = [
        record
        for phase in ("setup", "call")
        for record in caplog.get_records(phase)
        if record.levelno >= logging.WARNING
    ]
    if unexpected:
        pytest.fail("\n".join(f"{record.name}: {record.getMessage()}" for record in unexpected))
