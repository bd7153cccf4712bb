"""The stage that journeys are played on: a small city, the whole program, and a clerk before it.

A folder of tests takes what it needs into its ``conftest.py``.
"""

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db import city
from db.embedded import EmbeddedServer
from tests.conftest import Database, copied_from
from tests.invented_day import OFFICE_DAY, invent_day
from tests.robots.clerk import COUNTER_SCREEN, Clerk
from ui.kit.theme import apply_theme
from ui.shell.local import Server, Workstation
from ui.shell.opening import City, Opening
from ui.shell.program import Program

CITY = "salter_city"
PATIENCE_MS = 15_000

CLERK, OTHER_CLERK = "jelena.nikolic", "dragan.stojkovic"
AGENT, SUPERVISOR, ADMIN = "ana.petrovic", "vesna.markovic", "ivan.radovic"

ANA, MILAN, FIRM = "1000042", "1234567", "1000318"
"""A flat with every kind of trouble, one that owes a single month, and a shop of a legal person."""


@pytest.fixture(scope="session")
def city_template(cluster: EmbeddedServer) -> str:
    """The name of a database with the demo city in it, as small as it gets; copied, never used itself."""
    return _build_city(cluster)


@functools.cache
def _build_city(cluster: EmbeddedServer) -> str:
    """Build the city once for each server: every folder that takes the fixture has one of its own."""
    cluster.create_database(CITY)
    city.small(cluster.url_for(CITY), today=OFFICE_DAY)
    with psycopg.connect(cluster.url_for(CITY)) as connection:
        invent_day(connection.execute, OFFICE_DAY)  # type: ignore[arg-type]
    return CITY


@pytest.fixture(scope="module")
def town(cluster: EmbeddedServer, city_template: str) -> Iterator[Database]:
    """A city of the module's own."""
    with copied_from(city_template, server=cluster) as copy:
        yield copy


@dataclass(slots=True)
class Stage:
    """Opens programs on a city, each with a clerk before it, and closes them after the test."""

    app: QApplication
    bot: QtBot
    town: Database
    folder: Path
    clerks: list[Clerk] = field(default_factory=list)

    def opens(self, *, url: str = "") -> Clerk:
        """Open the program at its sign-in screen; each has a workstation of its own."""
        workstation = Workstation(self.folder / f"workstation-{len(self.clerks) + 1}")
        workstation.language = "en"
        workstation.theme = "light"
        return self.returns_to(workstation, url=url)

    def returns_to(self, workstation: Workstation, *, url: str = "") -> Clerk:
        """Open the program on a workstation that was worked on before."""
        program = self._shown(workstation)
        program.window.sign_in.set_servers([Server("Test city", url or self.url)])
        program.window.sign_in.show_ready()
        clerk = Clerk(program, wait_until=self.wait_until)
        self.clerks.append(clerk)
        return clerk

    def starts(self, *, configuration: Path, server: Server | None = None, user: str = "") -> Clerk:
        """Start the program as its command does, with ``servers.toml`` in ``configuration``."""
        workstation = Workstation(configuration)
        workstation.language = "en"
        workstation.theme = "light"
        program = self._shown(workstation)
        opening = Opening(
            program,
            workstation,
            server=server,
            configuration=configuration,
            user=user,
            city=City(None, 0, 0),
        )
        opening.begin()
        clerk = Clerk(program, wait_until=self.wait_until)
        self.clerks.append(clerk)
        return clerk

    @property
    def url(self) -> str:
        """Where anybody may sign in with their own name and password."""
        address = self.town.server.address
        return f"postgresql:///{self.town.name}?host={address.host}&port={address.port}"

    def one(self, sql: str) -> Any:
        """Return the one value that the database's owner reads by ``sql``."""
        with psycopg.connect(self.town.url) as connection:
            row = connection.execute(sql).fetchone()  # type: ignore[call-overload]
        return row[0] if row is not None else None

    def run(self, sql: str) -> None:
        """Do something as the database's owner."""
        with psycopg.connect(self.town.url) as connection:
            connection.execute(sql)  # type: ignore[call-overload]

    def _shown(self, workstation: Workstation) -> Program:
        program = Program(self.app, workstation)
        program.window.resize(COUNTER_SCREEN)
        program.window.show()
        self.bot.waitExposed(program.window)
        return program

    def wait_until(self, claim: Callable[[], bool]) -> None:
        """Wait until ``claim`` holds."""
        self.bot.waitUntil(claim, timeout=PATIENCE_MS)

    def closes(self, clerk: Clerk) -> None:
        """Close the window as a person does."""
        self.clerks.remove(clerk)
        clerk.window.close()
        clerk.program.language.silence()
        clerk.window.deleteLater()
        clerk.program.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def ends(self) -> None:
        """Close every window, and leave the application as it was."""
        for clerk in list(self.clerks):
            self.closes(clerk)
        apply_theme(self.app, "light")


@pytest.fixture
def stage(
    qapp: QApplication, qtbot: QtBot, town: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Stage]:
    """The program on a small city, as often as a test wants it."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "configuration"))
    made = Stage(qapp, qtbot, town, tmp_path)
    yield made
    made.ends()


@pytest.fixture
def clerk(stage: Stage) -> Clerk:
    """A clerk of a branch who has signed in."""
    someone = stage.opens()
    someone.signs_in(CLERK)
    return someone


@pytest.fixture
def agent(stage: Stage) -> Clerk:
    """An agent of the service center who has signed in."""
    someone = stage.opens()
    someone.signs_in(AGENT)
    return someone
