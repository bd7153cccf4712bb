"""A desk before an account with plans: every question and act goes to a real PostgreSQL as that person."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
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
from tests.conftest import Database, copied_from
from tests.invented_day import invent_day
from tests.usecases import conftest as usecases
from tests.usecases.conftest import ANA, NEW, Town
from ui.desk.commands import Commands
from ui.desk.desk import Desk
from ui.jobs import Jobs
from ui.kit.preferences import NoPreferences
from ui.kit.printing import PrintProfile, PrintProfiles
from ui.plans.section import PlansSection

PASSWORD = "šalter"
SIGNED_ON = date(2026, 3, 16)
"""The Monday on which plans of these tests are signed."""

STAFF = {
    usecases.CLERK: ("desk_clerk", "Ana Kovač"),
    usecases.SUPERVISOR: ("desk_supervisor", "Sava Ilić"),
    usecases.AGENT: ("desk_agent", "Mila Janković"),
    "vid_clerk": ("desk_clerk", "Vid Marić"),
}

Until = Callable[[Callable[[], object]], None]


@pytest.fixture(scope="module")
def furnished(module_database: Database) -> Iterator[Database]:
    """The town and its staff; never used itself, but copied for each test."""
    engine = create_engine(_sqlalchemy_url(module_database), poolclass=NullPool)
    with engine.begin() as connection:
        codebook.load(connection)
        usecases._premises(connection)
        town = Town(connection)
        usecases.furnish(town)
        for login, (role, name) in STAFF.items():
            connection.exec_driver_sql(f"CREATE ROLE {login} LOGIN PASSWORD '{PASSWORD}'")
            connection.exec_driver_sql(f"GRANT {role} TO {login}")
            town.insert("staff", login=login, full_name=name, role=role, branch_id=6)
    engine.dispose()
    yield module_database
    with psycopg.connect(module_database.url, autocommit=True) as connection:
        for login in STAFF:
            connection.execute(f"DROP OWNED BY {login}")
            connection.execute(f"DROP ROLE {login}")


def _sqlalchemy_url(database: Database) -> str:
    return database.url.replace("postgresql://", "postgresql+psycopg://", 1)


@dataclass(slots=True)
class Scene:
    """The town of one test, and those who sit down at desks in it."""

    database: Database
    folder: Path
    gateways: list[Gateway] = field(default_factory=list)
    desks: list[Desk] = field(default_factory=list)
    pages: list[QWidget] = field(default_factory=list)

    @contextmanager
    def changed(self) -> Iterator[Town]:
        """Change the town as its owner; it is seen by everybody after the block."""
        engine = create_engine(_sqlalchemy_url(self.database), poolclass=NullPool)
        with engine.begin() as connection:
            yield Town(connection)
        engine.dispose()

    def goes_to(self, day: date) -> None:
        """Let it be a day for the server."""
        with self.changed() as town:
            invent_day(town.run, day)

    def gateway(self, login: str) -> Gateway:
        """Sign somebody in, and let them serve both accounts."""
        opened = Gateway(self.database.url_for(login, password=PASSWORD))
        self.gateways.append(opened)
        for ident in (ANA, NEW):
            visit = partial(
                visits.open_account, ident=ident, purpose=Purpose.SERVICE, channel=Channel.COUNTER
            )
            if opened.act(visit, key=uuid4())["must_verify"]:
                claims = {visits.Claim.IDENT: True, visits.Claim.NAME: True}
                opened.act(partial(visits.verify_caller, ident=ident, claims=claims), key=uuid4())
        return opened

    def desk(self, login: str) -> Desk:
        """Seat somebody at a desk."""
        gateway = self.gateway(login)
        jobs = Jobs(gateway)
        today = gateway.ask(staff.server_today)
        made = Desk(
            jobs=jobs,
            me=gateway.ask(staff.sign_in_facts),
            preferences=NoPreferences(),
            commands=Commands(jobs),
            drafts=self.folder / "drafts",
            settings=self.folder,
            today=lambda: today,
            parent=jobs,
        )
        self.desks.append(made)
        return made

    def close(self) -> None:
        """Send everybody home."""
        for desk in self.desks:
            assert desk.jobs.close()
            desk.jobs.deleteLater()
        for gateway in self.gateways:
            gateway.close()


@pytest.fixture
def scene(qapp: object, furnished: Database, tmp_path: Path) -> Iterator[Scene]:
    printed = tmp_path / "printed"
    printed.mkdir()
    PrintProfiles(tmp_path).keep("contract", PrintProfile("", folder=str(printed)))
    with copied_from(furnished.name, server=furnished.server) as copy:
        made = Scene(copy, tmp_path)
        made.goes_to(SIGNED_ON)
        yield made
        made.close()


@pytest.fixture
def until(qtbot: QtBot) -> Until:
    """Wait until a claim holds, or fail."""

    def wait(claim: Callable[[], object]) -> None:
        qtbot.waitUntil(lambda: bool(claim()), timeout=15_000)

    return wait


Shown = Callable[..., PlansSection]


@pytest.fixture
def shown(qtbot: QtBot, scene: Scene, until: Until) -> Shown:
    """Show the plans of an account on a page of the counters' size; what changes is loaded as by the page."""

    def show(login: str = usecases.CLERK, *, ident: int = ANA) -> PlansSection:
        desk = scene.desk(login)
        page = QWidget()
        qtbot.addWidget(page)
        page.resize(1290, 640)
        scene.pages.append(page)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        stack = QStackedWidget(page)
        column.addWidget(stack)
        section = PlansSection(desk, ident, stack)
        stack.addWidget(section)

        def changed(stems: object) -> None:
            assert isinstance(stems, frozenset)
            if "plans" in stems:
                section.forget()
                section.load_once()

        desk.jobs.changed.connect(changed)
        with qtbot.waitExposed(page):
            page.show()
        section.load_once()
        until(lambda: section.is_empty or section.view.story is not None)
        return section

    return show
