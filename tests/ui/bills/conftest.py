"""A clerk's desk before a small town: every question and action goes to a real PostgreSQL as that clerk."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.domain.period import Period
from db.gateway import Gateway
from tests.conftest import Database
from tests.robots.seating import Seats, Until, changed, heard_by, inhabited, until
from tests.ui.bills.town import NOBODY_BILLED, PAYER, TODAY, bill_everybody
from ui.bills.section import BillsSection
from ui.desk.desk import Desk
from ui.kit.printing import PrintProfile, PrintProfiles

__all__ = ["until"]

LOGIN = "bills_clerk"


@pytest.fixture(scope="module")
def settled(module_database: Database) -> Iterator[Database]:
    """The town with its bills, and a clerk who may sign in."""
    with inhabited(module_database, {LOGIN: ("desk_clerk", "Jelena Savić")}, today=TODAY) as database:
        with changed(database) as town:
            bill_everybody(town)
        yield database


@pytest.fixture
def papers_folder(tmp_path: Path) -> Path:
    """Where this workstation's printer leaves what it prints: a PDF file a document."""
    folder = tmp_path / "printed"
    folder.mkdir()
    for kind in ("copy", "slip"):
        PrintProfiles(tmp_path).keep(kind, PrintProfile("", folder=str(folder)))
    return folder


@pytest.fixture
def seats(qapp: object, settled: Database, papers_folder: Path, tmp_path: Path) -> Iterator[Seats]:
    made = Seats(settled, tmp_path)
    yield made
    made.close()


@pytest.fixture
def desk(seats: Seats) -> Desk:
    return seats.desk(LOGIN, idents=(PAYER, NOBODY_BILLED))


@pytest.fixture
def gateway(seats: Seats, desk: Desk) -> Gateway:
    """The clerk's own way to the server."""
    return seats.gateways[0]


@pytest.fixture
def said(desk: Desk) -> list[str]:
    """What was told in the bar."""
    return heard_by(desk)


@pytest.fixture
def shown(qtbot: QtBot, seats: Seats, desk: Desk) -> Callable[[int], BillsSection]:
    """Show the bills of an account as on the page of the account."""

    def show(ident: int) -> BillsSection:
        return seats.shown(qtbot, partial(BillsSection, desk, ident), above=180)

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
