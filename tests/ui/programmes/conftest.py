"""A supervisor before the programmes of the city and a small town that owes: all in a real PostgreSQL."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.domain.period import Period
from app.usecases import plans
from app.usecases.plans import DraftFields
from db.gateway import Gateway
from tests.conftest import Database
from tests.robots.seating import Seats, Until, changed, heard_by, inhabited, until
from tests.usecases.conftest import ANA, NEW
from ui.desk.desk import Desk
from ui.programmes.model import About, about_of
from ui.programmes.screen import ProgrammesPage

__all__ = ["until"]

LOGIN, COLLEAGUE, THIRD = "vesna_chief", "milan_chief", "zora_chief"
STAFF = {
    LOGIN: ("desk_supervisor", "Vesna Marković"),
    COLLEAGUE: ("desk_supervisor", "Milan Jovanović"),
    THIRD: ("desk_supervisor", "Zora Petrović"),
}
TODAY = date(2026, 7, 10)
DEBTOR, OWES_NOTHING = ANA, NEW
PENSIONERS_TOO = About(3, 2)
"""The programme of 2023/24 as it was extended: published, over, with rules of sizes."""
IN_FORCE = About(4, 1)


@pytest.fixture
def settled(database: Database) -> Iterator[Database]:
    """The city's programmes, a debtor, and two supervisors who may sign in."""
    with inhabited(database, STAFF, today=TODAY):
        with changed(database) as town:
            for month in (1, 2, 3, 4, 5):
                town.bill(DEBTOR, Period(2026, month), [("cold_water", "100", "59.46")])
        yield database


@pytest.fixture
def seats(qapp: object, settled: Database, tmp_path: Path) -> Iterator[Seats]:
    made = Seats(settled, tmp_path)
    yield made
    made.close()


@pytest.fixture
def gateway(seats: Seats) -> Gateway:
    return seats.gateway(LOGIN)


@pytest.fixture
def colleague(seats: Seats) -> Gateway:
    """Another supervisor, at another desk."""
    return seats.gateway(COLLEAGUE)


@pytest.fixture
def third(seats: Seats) -> Gateway:
    """A supervisor who wrote none of it."""
    return seats.gateway(THIRD)


@pytest.fixture
def desk(seats: Seats) -> Desk:
    return seats.desk(LOGIN)


@pytest.fixture
def said(desk: Desk) -> list[str]:
    """What was told in the bar."""
    return heard_by(desk)


@pytest.fixture
def opened(qtbot: QtBot, seats: Seats, desk: Desk, until: Until) -> Callable[[], ProgrammesPage]:
    """Show the page of programmes at the size the counters have."""

    def show() -> ProgrammesPage:
        host = seats.page(qtbot, height=680)
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
