"""A desk before an account with plans: every question and act goes to a real PostgreSQL as that person."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.conftest import Database, copied_from
from tests.invented_day import invent_day
from tests.robots.seating import Seats, Until, changed, inhabited, until
from tests.usecases.conftest import AGENT, ANA, CLERK, NEW, SUPERVISOR, Town
from ui.desk.desk import Desk
from ui.kit.printing import PrintProfile, PrintProfiles
from ui.plans.section import PlansSection

__all__ = ["Until", "until"]

SIGNED_ON = date(2026, 3, 16)
"""The Monday on which plans of these tests are signed."""

STAFF = {
    CLERK: ("desk_clerk", "Ana Kovač"),
    SUPERVISOR: ("desk_supervisor", "Sava Ilić"),
    AGENT: ("desk_agent", "Mila Janković"),
    "vid_clerk": ("desk_clerk", "Vid Marić"),
}


@pytest.fixture(scope="module")
def furnished(module_database: Database) -> Iterator[Database]:
    """The town and its staff; never used itself, but copied for each test."""
    with inhabited(module_database, STAFF) as database:
        yield database


@dataclass(slots=True)
class Scene(Seats):
    """The town of one test, and those who sit down at desks in it; they serve both accounts."""

    def changed(self) -> AbstractContextManager[Town]:
        """Change the town as its owner; it is seen by everybody after the block."""
        return changed(self.database)

    def goes_to(self, day: date) -> None:
        """Let it be a day for the server."""
        with self.changed() as town:
            invent_day(town.run, day)

    def desk(self, login: str, *, idents: Sequence[int] = (ANA, NEW)) -> Desk:
        return Seats.desk(self, login, idents=idents)


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


Shown = Callable[..., PlansSection]


@pytest.fixture
def shown(qtbot: QtBot, scene: Scene, until: Until) -> Shown:
    """Show the plans of an account on a page of the counters' size."""

    def show(login: str = CLERK, *, ident: int = ANA) -> PlansSection:
        desk = scene.desk(login)
        section = scene.shown(qtbot, partial(PlansSection, desk, ident))
        until(lambda: section.is_empty or section.view.story is not None)
        return section

    return show
