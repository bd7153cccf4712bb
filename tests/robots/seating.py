"""Seating somebody at a desk: a small town, people who may sign in, and what a screen stands on.

No window is opened; for that there is ``tests.robots.stage``.  Every question and
action goes to a real PostgreSQL as the person who was seated.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

import psycopg
import pytest
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from app.domain.visits import Channel, Purpose
from app.usecases import staff, visits
from db import codebook
from db.gateway import Gateway
from tests.conftest import Database
from tests.invented_day import OFFICE_DAY, invent_day
from tests.usecases.conftest import Town, build, furnish
from ui.desk.commands import Commands
from ui.desk.desk import Desk
from ui.jobs import Jobs
from ui.kit.preferences import NoPreferences
from ui.kit.section import Section

PASSWORD = "šalter"
PAGE_WIDTH, PAGE_HEIGHT = 1290, 640
"""What the counters' screen leaves for a page."""

SectionT = TypeVar("SectionT", bound=Section)

Until = Callable[[Callable[[], object]], None]
People = Mapping[str, tuple[str, str]]
"""By login: the role, and what the person is called."""


@contextmanager
def changed(database: Database) -> Iterator[Town]:
    """Change the town as its owner; it is seen by everybody after the block."""
    engine = create_engine(
        database.url.replace("postgresql://", "postgresql+psycopg://", 1), poolclass=NullPool
    )
    with engine.begin() as connection:
        yield Town(connection)
    engine.dispose()


@contextmanager
def inhabited(database: Database, people: People, *, today: date = OFFICE_DAY) -> Iterator[Database]:
    """Put the town and ``people`` into an empty database; the people are gone from the server at the end."""
    with changed(database) as town:
        codebook.load(town.connection)
        build(town)
        furnish(town)
        invent_day(town.run, today)
        for login, (role, name) in people.items():
            town.run(f"CREATE ROLE {login} LOGIN PASSWORD '{PASSWORD}'")
            town.run(f"GRANT {role} TO {login}")
            town.insert("staff", login=login, full_name=name, role=role, branch_id=6)
    yield database
    with psycopg.connect(database.url, autocommit=True) as connection:
        for login in people:
            connection.execute(f"DROP OWNED BY {login}")  # type: ignore[call-overload]
            connection.execute(f"DROP ROLE {login}")  # type: ignore[call-overload]


@dataclass(slots=True)
class Seats:
    """Those who sit at desks before the town of one test."""

    database: Database
    folder: Path
    gateways: list[Gateway] = field(default_factory=list)
    desks: list[Desk] = field(default_factory=list)
    pages: list[QWidget] = field(default_factory=list)

    def gateway(self, login: str, *, idents: Sequence[int] = ()) -> Gateway:
        """Sign somebody in, and let them serve these accounts; an agent verifies callers who are on file."""
        opened = Gateway(self.database.url_for(login, password=PASSWORD))
        self.gateways.append(opened)
        for ident in idents:
            visit = partial(
                visits.open_account, ident=ident, purpose=Purpose.SERVICE, channel=Channel.COUNTER
            )
            if opened.act(visit, key=uuid4())["must_verify"]:
                with changed(self.database) as town:
                    claims = town.known_by_caller(ident)
                if visits.is_enough(claims):
                    opened.act(partial(visits.verify_caller, ident=ident, claims=claims), key=uuid4())
        return opened

    def desk(self, login: str, *, idents: Sequence[int] = ()) -> Desk:
        """Seat somebody at a desk."""
        gateway = self.gateway(login, idents=idents)
        jobs = Jobs(gateway)
        day = gateway.ask(staff.server_today)
        made = Desk(
            jobs=jobs,
            me=gateway.ask(staff.sign_in_facts),
            preferences=NoPreferences(),
            commands=Commands(jobs),
            drafts=self.folder / "drafts",
            settings=self.folder,
            today=lambda: day,
            parent=jobs,
        )
        self.desks.append(made)
        return made

    def page(self, qtbot: QtBot, *, height: int = PAGE_HEIGHT) -> QWidget:
        """Return an empty page as wide as the counters' screen leaves it."""
        made = QWidget()
        qtbot.addWidget(made)
        made.resize(PAGE_WIDTH, height)
        self.pages.append(made)
        return made

    def shown(self, qtbot: QtBot, make: Callable[[QWidget], SectionT], *, above: int = 0) -> SectionT:
        """Show a section of an account on a page, ``above`` pixels from its top."""
        page = self.page(qtbot)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, above, 0, 0)
        stack = QStackedWidget(page)
        column.addWidget(stack)
        section = make(stack)
        stack.addWidget(section)
        with qtbot.waitExposed(page):
            page.show()
        section.load_once()
        return section

    def close(self) -> None:
        """Send everybody home."""
        for desk in self.desks:
            assert desk.jobs.close()
            desk.jobs.deleteLater()
        for gateway in self.gateways:
            gateway.close()


def heard_by(desk: Desk) -> list[str]:
    """Return what will be told in the bar, as it is told."""
    heard: list[str] = []
    desk.said.connect(lambda message, _undo: heard.append(message))
    return heard


@pytest.fixture
def until(qtbot: QtBot) -> Until:
    """Wait until a claim holds, or fail."""

    def wait(claim: Callable[[], object]) -> None:
        qtbot.waitUntil(lambda: bool(claim()), timeout=15_000)

    return wait
