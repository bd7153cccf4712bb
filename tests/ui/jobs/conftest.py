"""A door to a real database, and a screen that listens at it."""

import functools
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QWidget
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.domain.topics import Topic
from db.gateway import Gateway
from tests.conftest import Database
from tests.cut_line import CutLine
from ui.jobs import Failure, Jobs


class Screen(QWidget):
    """Writes down what it hears, and on which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[Any] = []
        self.errors: list[Exception] = []
        self.threads: set[QThread] = set()

    def hear(self, answer: object) -> None:
        self.threads.add(QThread.currentThread())
        self.answers.append(answer)

    def fail(self, error: Exception) -> None:
        self.threads.add(QThread.currentThread())
        self.errors.append(error)


class Overseer:
    """Watches the server from a connection of its own."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def statements(self, marked: str) -> int:
        """Count the statements running now that contain ``marked``."""
        return self.scalar(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE state = 'active' AND query LIKE %s AND pid <> pg_backend_pid()",
            f"%{marked}%",
        )

    def is_running(self, marked: str) -> bool:
        return self.statements(marked) > 0

    def scalar(self, statement: str, *values: object) -> Any:
        row = self._connection.execute(statement, values).fetchone()
        return row[0] if row else None

    def does(self, statement: str) -> None:
        self._connection.execute(statement)

    def settings(self) -> list[str]:
        return [name for (name,) in self._connection.execute("SELECT name FROM setting ORDER BY name")]


class Ear:
    """Writes down what the door itself says."""

    def __init__(self, jobs: Jobs) -> None:
        self.changed: list[frozenset[Topic]] = []
        self.failures: list[Failure] = []
        self.line: list[str] = []
        self.tray: list[tuple[str, int]] = []
        jobs.changed.connect(self.changed.append)
        jobs.went_wrong.connect(self.failures.append)
        jobs.line_lost.connect(lambda _error: self.line.append("lost"))
        jobs.line_restored.connect(lambda: self.line.append("restored"))
        jobs.started.connect(lambda number: self.tray.append(("started", number)))
        jobs.finished.connect(lambda number: self.tray.append(("finished", number)))


def _scalar(statement: str, session: Session) -> Any:
    return session.scalar(text(statement))


def _writes(name: str, after: str, session: Session) -> str:
    session.execute(text("INSERT INTO setting VALUES (:name, '2026-01-01', '1', false, '')"), {"name": name})
    session.execute(text(after))
    return name


@pytest.fixture
def asks() -> Callable[[str], Callable[[Session], Any]]:
    """Make a question of one statement."""
    return lambda statement: functools.partial(_scalar, statement)


@pytest.fixture
def writes() -> Callable[..., Callable[[Session], str]]:
    """Make an action that writes a setting of the given name."""
    return lambda name, after="SELECT 1": functools.partial(_writes, name, after)


@pytest.fixture
def gateway(database: Database) -> Iterator[Gateway]:
    opened = Gateway(database.url)
    yield opened
    opened.close()


@pytest.fixture
def jobs(qapp, gateway: Gateway) -> Iterator[Jobs]:
    door = Jobs(gateway, heartbeat_seconds=0.2)
    yield door
    assert door.close(seconds=20)


@pytest.fixture
def ear(jobs: Jobs) -> Ear:
    return Ear(jobs)


@pytest.fixture
def screen(qtbot) -> Screen:
    opened = Screen()
    qtbot.addWidget(opened)
    return opened


@pytest.fixture
def overseer(database: Database) -> Iterator[Overseer]:
    with psycopg.connect(database.url, autocommit=True) as connection:
        yield Overseer(connection)


@pytest.fixture
def line(database: Database) -> Iterator[CutLine]:
    laid = CutLine(database.server)
    yield laid
    laid.close()


@pytest.fixture
def desk(qapp, database: Database, line: CutLine) -> Iterator[Jobs]:
    """A door whose line to the server can be cut."""
    opened = Gateway(line.url(database.url))
    door = Jobs(opened, heartbeat_seconds=0.2)
    yield door
    assert door.close(seconds=20)
    opened.close()


@pytest.fixture
def expected_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """For tests of what is rightly logged: a lost line, and jobs that failed for it or for time."""
    yield
    words = ("the line to the server is lost", "NotDone", "TooSlow", "Unavailable", "FateUnknown")
    records = caplog.get_records("call")
    records[:] = [record for record in records if not any(word in record.getMessage() for word in words)]
