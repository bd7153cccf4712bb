"""An administrator before a page of their own, in a small town: all in a real PostgreSQL."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QVBoxLayout
from pytestqt.qtbot import QtBot

from db.gateway import Gateway
from tests.conftest import Database
from tests.robots.seating import Seats, Until, heard_by, inhabited, until
from ui.administration.screen import AdministrationPage
from ui.desk.desk import Desk
from ui.desk.places import Place

__all__ = ["until"]

LOGIN, CHIEF, CHIEFS_COLLEAGUE = "vera_office", "sava_office", "rada_office"
STAFF = {
    LOGIN: ("desk_admin", "Vera Tasić"),
    CHIEF: ("desk_supervisor", "Sava Ilić"),
    CHIEFS_COLLEAGUE: ("desk_supervisor", "Rada Simić"),
}
TODAY = date(2026, 7, 10)


@pytest.fixture
def settled(database: Database) -> Iterator[Database]:
    with inhabited(database, STAFF, today=TODAY):
        yield database


@pytest.fixture
def seats(qapp: object, settled: Database, tmp_path: Path) -> Iterator[Seats]:
    made = Seats(settled, tmp_path)
    yield made
    made.close()


@pytest.fixture
def desk(seats: Seats) -> Desk:
    return seats.desk(LOGIN)


@pytest.fixture
def chiefs(seats: Seats) -> tuple[Gateway, Gateway]:
    """Two supervisors, at other desks."""
    return seats.gateway(CHIEF), seats.gateway(CHIEFS_COLLEAGUE)


@pytest.fixture
def said(desk: Desk) -> list[str]:
    """What was told in the bar."""
    return heard_by(desk)


@pytest.fixture
def page(qtbot: QtBot, seats: Seats, desk: Desk, until: Until) -> AdministrationPage:
    """The page at the size the counters have."""
    host = seats.page(qtbot)
    column = QVBoxLayout(host)
    column.setContentsMargins(0, 0, 0, 0)
    made = AdministrationPage(desk, host, alerts=None)
    column.addWidget(made)
    with qtbot.waitExposed(host):
        host.show()
    made.arrive(Place.home())
    until(lambda: made.settings.model.rowCount() and made.bounds.list.model.rowCount())
    return made


Shown = Callable[[], AdministrationPage]
