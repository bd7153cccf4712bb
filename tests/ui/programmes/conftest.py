"""A supervisor before the programmes of the city and a small town that owes: all in a real PostgreSQL."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from app.domain.period import Period
from app.usecases import plans, staff
from app.usecases.plans import DraftFields
from db import codebook
from db.gateway import Gateway
from tests.conftest import Database
from tests.usecases import conftest as usecases
from ui.desk.commands import Commands
from ui.desk.desk import Desk
from ui.jobs import Jobs
from ui.kit.preferences import NoPreferences
from ui.programmes.model import About, about_of
from ui.programmes.screen import ProgrammesPage

LOGIN, COLLEAGUE, PASSWORD = "vesna_chief", "milan_chief", "šalter"
TODAY = date(2026, 7, 10)
DEBTOR, OWES_NOTHING = usecases.ANA, usecases.NEW
PENSIONERS_TOO = About(3, 2)
"""The programme of 2023/24 as it was extended: published, over, with rules of sizes."""
IN_FORCE = About(4, 1)

Until = Callable[[Callable[[], object]], None]


@pytest.fixture
def settled(database: Database) -> Iterator[Database]:
    """The city's programmes, a debtor, and two supervisors who may sign in."""
    url = database.url.replace("postgresql://", "postgresql+psycopg://", 1)
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        codebook.load(connection)
        usecases._premises(connection)
        town = usecases.Town(connection)
        usecases.furnish(town)
        for login, name in ((LOGIN, "Vesna Marković"), (COLLEAGUE, "Milan Jovanović")):
            connection.exec_driver_sql(f"CREATE ROLE {login} LOGIN PASSWORD '{PASSWORD}'")
            connection.exec_driver_sql(f"GRANT desk_supervisor TO {login}")
            town.insert("staff", login=login, full_name=name, role="desk_supervisor", branch_id=6)
        for month in (1, 2, 3, 4, 5):
            town.bill(DEBTOR, Period(2026, month), [("cold_water", "100", "59.46")])
    engine.dispose()
    yield database
    with psycopg.connect(database.url, autocommit=True) as connection:
        for login in (LOGIN, COLLEAGUE):
            connection.execute(f"DROP OWNED BY {login}")
            connection.execute(f"DROP ROLE {login}")


@pytest.fixture
def gateway(settled: Database) -> Iterator[Gateway]:
    opened = Gateway(settled.url_for(LOGIN, password=PASSWORD))
    yield opened
    opened.close()


@pytest.fixture
def colleague(settled: Database) -> Iterator[Gateway]:
    """Another supervisor, at another desk."""
    opened = Gateway(settled.url_for(COLLEAGUE, password=PASSWORD))
    yield opened
    opened.close()


@pytest.fixture
def desk(qapp: object, gateway: Gateway, tmp_path: Path) -> Iterator[Desk]:
    jobs = Jobs(gateway)
    yield Desk(
        jobs=jobs,
        me=gateway.ask(staff.sign_in_facts),
        preferences=NoPreferences(),
        commands=Commands(jobs),
        drafts=tmp_path / "drafts",
        settings=tmp_path,
        today=_today,
        parent=jobs,
    )
    assert jobs.close()
    jobs.deleteLater()


def _today() -> date:
    return TODAY


@pytest.fixture
def said(desk: Desk) -> list[str]:
    """What was told in the bar."""
    heard: list[str] = []
    desk.said.connect(lambda message, _undo: heard.append(message))
    return heard


@pytest.fixture
def until(qtbot: QtBot) -> Until:
    """Wait until a claim holds, or fail."""

    def wait(claim: Callable[[], object]) -> None:
        qtbot.waitUntil(lambda: bool(claim()), timeout=15_000)

    return wait


@pytest.fixture
def opened(qtbot: QtBot, desk: Desk, until: Until) -> Callable[[], ProgrammesPage]:
    """Show the page of programmes at the size the counters have."""

    hosts = []

    def show() -> ProgrammesPage:
        host = QWidget()
        hosts.append(host)
        qtbot.addWidget(host)
        host.resize(1282, 680)
        column = QVBoxLayout(host)
        column.setContentsMargins(0, 0, 0, 0)
        page = ProgrammesPage(desk, host)
        column.addWidget(page)
        with qtbot.waitExposed(host):
            host.show()
        until(lambda: page.list.rows and page.pane.about)
        return page

    return show


@pytest.fixture
def page(opened: Callable[[], ProgrammesPage]) -> ProgrammesPage:
    return opened()


@pytest.fixture
def draft(gateway: Gateway) -> About:
    """A draft of a further version of the programme in force, stored before the page is opened."""
    return stored_draft(gateway)


def stored_draft(gateway: Gateway, *, valid_from: date = date(2026, 9, 1), basis: str = "Zaključak") -> About:
    """Draft version 2 of the programme in force."""
    version = version_of(gateway, IN_FORCE)
    action = partial(
        plans.draft_programme,
        terms=version.programme.terms,
        fields=DraftFields(valid_from, legal_basis=basis, note="nacrt"),
        programme_id=IN_FORCE.programme_id,
    )
    made = gateway.act(action, key=uuid4())
    return About(made["programme_id"], made["version"])


def version_of(gateway: Gateway, about: About) -> plans.EditedVersion:
    """Return a version as it is stored."""
    return next(one for one in gateway.ask(plans.programme_versions) if about_of(one) == about)


def choose(page: ProgrammesPage, about: About) -> None:
    """Put the cursor on a version."""
    places = [at for at, one in enumerate(page.list.rows) if about_of(one) == about]
    page.list.table.choose_row(places[0])
    assert page.pane.about == about


def types(qtbot: QtBot, page: ProgrammesPage, name: str, words: str) -> None:
    """Type over what stands in a field, and leave it."""
    editor = page.findChild(QWidget, f"programme.{name}.editor") or page.findChild(
        QWidget, f"programme.{name}"
    )
    editor.setFocus()
    editor.selectAll()
    qtbot.keyClick(editor, Qt.Key.Key_Delete)
    qtbot.keyClicks(editor, words)
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
