"""A clerk's desk before a small town: every question and action goes to a real PostgreSQL as that clerk."""

from collections.abc import Callable, Iterator
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

from app.domain.period import Period
from app.domain.visits import Channel, Purpose
from app.usecases import staff, visits
from db import codebook
from db.gateway import Gateway
from tests.conftest import Database
from tests.ui.bills.town import NOBODY_BILLED, PAYER, TODAY, bill_everybody
from tests.usecases import conftest as usecases
from ui.bills.section import BillsSection
from ui.desk.commands import Commands
from ui.desk.desk import Desk
from ui.jobs import Jobs
from ui.kit.preferences import NoPreferences
from ui.kit.printing import PrintProfile, PrintProfiles

LOGIN, PASSWORD = "bills_clerk", "šalter"

Until = Callable[[Callable[[], object]], None]


@pytest.fixture(scope="module")
def settled(module_database: Database) -> Iterator[Database]:
    """The town with its bills, and a clerk who may sign in."""
    url = module_database.url.replace("postgresql://", "postgresql+psycopg://", 1)
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        codebook.load(connection)
        usecases._premises(connection)
        town = usecases.Town(connection)
        usecases.furnish(town)
        connection.exec_driver_sql(f"CREATE ROLE {LOGIN} LOGIN PASSWORD '{PASSWORD}'")
        connection.exec_driver_sql(f"GRANT desk_clerk TO {LOGIN}")
        town.insert("staff", login=LOGIN, full_name="Jelena Savić", role="desk_clerk", branch_id=6)
        bill_everybody(town)
    engine.dispose()
    yield module_database
    with psycopg.connect(module_database.url, autocommit=True) as connection:
        connection.execute(f"DROP OWNED BY {LOGIN}")
        connection.execute(f"DROP ROLE {LOGIN}")


@pytest.fixture
def gateway(settled: Database) -> Iterator[Gateway]:
    opened = Gateway(settled.url_for(LOGIN, password=PASSWORD))
    for ident in (PAYER, NOBODY_BILLED):
        visit = partial(visits.open_account, ident=ident, purpose=Purpose.SERVICE, channel=Channel.COUNTER)
        opened.act(visit, key=uuid4())
    yield opened
    opened.close()


@pytest.fixture
def papers_folder(tmp_path: Path) -> Path:
    """Where this workstation's printer leaves what it prints: a PDF file a document."""
    folder = tmp_path / "printed"
    folder.mkdir()
    for kind in ("copy", "slip"):
        PrintProfiles(tmp_path).keep(kind, PrintProfile("", folder=str(folder)))
    return folder


@pytest.fixture
def desk(qapp: object, gateway: Gateway, papers_folder: Path, tmp_path: Path) -> Iterator[Desk]:
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
def shown(qtbot: QtBot, desk: Desk) -> Callable[[int], BillsSection]:
    """Show the bills of an account on a page of the counters' size."""

    def show(ident: int) -> BillsSection:
        page = QWidget()
        qtbot.addWidget(page)
        page.resize(1290, 640)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 180, 0, 0)
        stack = QStackedWidget(page)
        column.addWidget(stack)
        section = BillsSection(desk, ident, stack)
        stack.addWidget(section)
        with qtbot.waitExposed(page):
            page.show()
        section.load_once()
        return section

    return show


@pytest.fixture
def section(shown: Callable[[int], BillsSection], until: Until) -> BillsSection:
    """The bills of the payer, the latest of them open."""
    made = shown(PAYER)
    until(lambda: is_open(made, Period(2026, 6)))
    return made


def is_open(section: BillsSection, period: Period) -> bool:
    """Whether the bill of a month is the one that is seen in full."""
    whole = section.detail.whole if section.detail is not None else None
    return whole is not None and whole.detail.period == period
