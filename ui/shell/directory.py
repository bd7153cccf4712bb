"""The directory of pages: one row each, and nothing else in the program knows them all.

A new page is its folder, its name in ``ui.desk.places.Page``, its command in
``ui.desk.commands``, and a row here.
"""

from functools import partial

from PySide6.QtCore import QCoreApplication

from app.usecases.staff import DECIDING, OVERSEEING, SERVING, Role
from ui.administration.screen import AdministrationPage
from ui.ceilings.watching import AlertWatch
from ui.desk.desk import Desk
from ui.desk.pages import PageRow
from ui.desk.places import Page
from ui.home.screen import Home
from ui.oversight.screen import OversightPage
from ui.portfolio.screen import PortfolioPage
from ui.programmes.screen import ProgrammesPage
from ui.shell.tabs import AccountTabs
from ui.work.counts import CountWatch
from ui.work.screen import WorkPage

EVERYBODY = frozenset(Role)


def pages_for(desk: Desk) -> tuple[PageRow, ...]:
    """Return the pages that the person at ``desk`` is offered, in the order of the rail."""
    tr = QCoreApplication.translate
    requests = CountWatch(desk, desk)
    alerts = AlertWatch(desk, desk) if desk.me.role in OVERSEEING else None
    rows: tuple[PageRow, ...] = (
        PageRow(
            page=Page.HOME,
            title=lambda: tr("Rail", "Home"),
            icon_name="home",
            roles=SERVING,
            command="desk.home",
            factory=partial(Home, alerts=alerts),
            waiting=alerts,
        ),
        PageRow(
            page=Page.HOME,
            title=lambda: tr("Rail", "Administration"),
            icon_name="settings",
            roles=frozenset({Role.ADMIN}),
            command="desk.home",
            factory=partial(AdministrationPage, alerts=alerts),
            waiting=alerts,
        ),
        PageRow(
            page=Page.WORK,
            title=lambda: tr("Rail", "Work"),
            icon_name="list-check",
            roles=DECIDING,
            command="desk.work",
            factory=partial(WorkPage, counts=requests),
            waiting=requests,
        ),
        PageRow(
            page=Page.ACCOUNT,
            title=lambda: tr("Rail", "Accounts"),
            icon_name="address-book",
            roles=EVERYBODY,
            command="",
            factory=AccountTabs,
            stands_under=None if desk.me.serves else Page.HOME,
        ),
        PageRow(
            page=Page.PLANS,
            title=lambda: tr("Rail", "Plans"),
            icon_name="calendar-dollar",
            roles=DECIDING,
            command="desk.plans",
            factory=PortfolioPage,
        ),
        PageRow(
            page=Page.PROGRAMMES,
            title=lambda: tr("commands", "Programmes of payment plans"),
            icon_name="scale",
            roles=frozenset({Role.SUPERVISOR}),
            command="desk.programmes",
            factory=ProgrammesPage,
            stands_under=Page.PLANS,
        ),
    )
    if alerts is not None:
        rows += (
            PageRow(
                page=Page.OVERSIGHT,
                title=lambda: tr("commands", "Oversight of limits"),
                icon_name="eye",
                roles=OVERSEEING,
                command="desk.oversight",
                factory=partial(OversightPage, alerts=alerts),
                stands_under=Page.HOME,
            ),
        )
    return tuple(row for row in rows if desk.me.role in row.roles)
