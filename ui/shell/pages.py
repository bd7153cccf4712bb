"""The pages beside home and the accounts: who is offered which, each made when somebody first goes there."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QStackedWidget

from app.usecases.staff import Role
from ui.desk.desk import Desk
from ui.desk.places import Page
from ui.portfolio.screen import PortfolioPage
from ui.programmes.screen import ProgrammesPage
from ui.work.counts import WORKING_ROLES, CountWatch
from ui.work.screen import WorkPage


def offered_pages(role: Role) -> tuple[Page, ...]:
    """Return the pages of somebody in this role, in the order of the rail."""
    if role in WORKING_ROLES:
        return (Page.HOME, Page.WORK, Page.ACCOUNT, Page.PLANS)
    return (Page.HOME, Page.ACCOUNT)


DeskPage = WorkPage | PortfolioPage | ProgrammesPage
"""Each can ``take_keyboard``, ``leave`` when the shift ends, and loads by itself when it is shown."""


class DeskPages:
    """Makes the pages in the stack of the desk, and finds them again."""

    def __init__(
        self,
        desk: Desk,
        counts: CountWatch,
        open_accounts: Callable[[], Sequence[int]],
        stack: QStackedWidget,
    ) -> None:
        self._desk = desk
        self._counts = counts
        self._open_accounts = open_accounts
        self._stack = stack
        self._made: dict[Page, DeskPage] = {}

    def offers(self, page: Page) -> bool:
        """Whether the person at the desk may go there."""
        if page is Page.PROGRAMMES:  # it has no button on the rail
            return self._desk.me.role is Role.SUPERVISOR
        return page in offered_pages(self._desk.me.role)

    def page(self, which: Page) -> DeskPage:
        """Return a page, made when it is first needed."""
        if which not in self._made:
            self._made[which] = self._make(which)
            self._stack.addWidget(self._made[which])
        return self._made[which]

    def show(self, which: Page) -> None:
        """Bring a page forward and give it the keyboard."""
        page = self.page(which)
        self._stack.setCurrentWidget(page)
        page.take_keyboard()

    def take_keyboard(self) -> bool:
        """Give the keyboard to the page that is seen; False when it is none of these."""
        for page in self._made.values():
            if page is self._stack.currentWidget():
                page.take_keyboard()
                return True
        return False

    def leave(self) -> None:
        """Leave every page: the shift is ending."""
        for page in self._made.values():
            page.leave()

    def _make(self, which: Page) -> DeskPage:
        if which is Page.WORK:
            return WorkPage(self._desk, self._counts, self._open_accounts, self._stack)
        if which is Page.PLANS:
            return PortfolioPage(self._desk, self._stack)
        if which is Page.PROGRAMMES:
            return ProgrammesPage(self._desk, self._open_accounts, self._stack)
        raise KeyError(which)
