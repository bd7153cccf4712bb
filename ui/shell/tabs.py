"""The open accounts, one tab each, in the order they were opened."""

import functools

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from app.domain.visits import Channel, Purpose
from app.usecases import visits
from app.usecases.staff import Role
from ui import text
from ui.accounts.screen import AccountPage
from ui.shell.desk import Desk
from ui.shell.places import Place

MOST_OPEN = 12
"""More accounts than this at once is a sign of not closing them: the oldest is closed."""


class AccountTabs(QWidget):
    """Opens, shows and closes accounts; each is a visit on record while its tab is open."""

    emptied = Signal()
    """The last tab was closed."""
    counted = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("tabs")
        self._desk = desk
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._bar = QTabBar(self)
        self._bar.setObjectName("tabs.bar")
        self._bar.setProperty("look", "documents")
        self._bar.setTabsClosable(True)
        self._bar.setMovable(False)
        self._bar.setElideMode(Qt.TextElideMode.ElideRight)
        self._bar.setDrawBase(False)
        self._bar.setExpanding(False)
        self._bar.setUsesScrollButtons(True)
        self._pages = QStackedWidget(self)
        column.addWidget(self._bar)
        column.addWidget(self._pages, 1)
        self._bar.currentChanged.connect(self._show_current)
        self._bar.tabCloseRequested.connect(self._close)
        self.retranslate()

    @property
    def current(self) -> AccountPage | None:
        """The account that is seen, if any is open."""
        page = self._pages.currentWidget()
        return page if isinstance(page, AccountPage) else None

    @property
    def idents(self) -> list[int]:
        """The open accounts, in tab order."""
        return [self._page(index).ident for index in range(self._pages.count())]

    def open(self, place: Place) -> None:
        """Show the account of ``place``, opening it first where it is not open."""
        if place.ident not in self.idents:
            self._add(place.ident)
        index = self.idents.index(place.ident)
        self._bar.setCurrentIndex(index)
        self._show_current(index)
        self._page(index).arrive(place)

    def close_current(self) -> None:
        """Close the account that is seen."""
        if self._bar.count():
            self._close(self._bar.currentIndex())

    def step(self, by: int) -> None:
        """Go ``by`` tabs to the right, round the end."""
        if self._bar.count():
            self._bar.setCurrentIndex((self._bar.currentIndex() + by) % self._bar.count())

    def keep_drafts(self) -> None:
        """Have every open form put what was typed on disk now."""
        for index in range(self._pages.count()):
            self._page(index).keep_drafts()

    def leave_all(self) -> None:
        """End every visit in one go: the shift is ending."""
        self.keep_drafts()
        idents = tuple(self.idents)
        if idents and not self._desk.jobs.is_line_lost:
            action = functools.partial(_close_accounts, idents=idents)
            self._desk.jobs.act(action, self._closed, screen=self, stems=("visits",), failed=self._not_closed)

    def _add(self, ident: int) -> None:
        if self._bar.count() >= MOST_OPEN:
            self._close(0)
        page = AccountPage(self._desk, ident, self._pages)
        page.titled.connect(self._titled)
        self._pages.addWidget(page)
        self._bar.blockSignals(True)
        self._bar.addTab(text.ident(ident))
        self._bar.blockSignals(False)
        by_phone = self._desk.me.role is Role.AGENT
        action = functools.partial(
            visits.open_account,
            ident=ident,
            purpose=Purpose.CALL if by_phone else Purpose.SERVICE,
            channel=Channel.PHONE if by_phone else Channel.COUNTER,
        )
        self._desk.jobs.act(action, page.begin, screen=page, stems=("visits",), failed=page.refuse)
        self.counted.emit(self._bar.count())

    def _close(self, index: int) -> None:
        page = self._page(index)
        page.keep_drafts()
        # The bar names its next tab while the pages still number as before: it is asked afterwards.
        self._bar.blockSignals(True)
        self._bar.removeTab(index)
        self._bar.blockSignals(False)
        is_seen = page is self._pages.currentWidget()
        self._pages.removeWidget(page)
        action = functools.partial(visits.close_account, ident=page.ident)
        self._desk.jobs.leave(page)
        self._desk.jobs.act(action, self._closed, screen=self, stems=("visits",), failed=self._not_closed)
        page.deleteLater()
        self.counted.emit(self._bar.count())
        if not self._bar.count():
            self.emptied.emit()
        elif is_seen:
            self._pages.setCurrentIndex(self._bar.currentIndex())
            shown = self._page(self._bar.currentIndex())
            shown.unpark()
            shown.take_keyboard()

    def _closed(self, _result: object) -> None:
        pass

    def _not_closed(self, _error: Exception) -> None:
        pass  # a visit ends by itself after twelve hours

    def _show_current(self, index: int) -> None:
        if index >= 0:
            before = self._pages.currentWidget()
            self._pages.setCurrentIndex(index)
            if isinstance(before, AccountPage) and before is not self._page(index):
                before.keep_drafts()
                before.park()
                self._page(index).unpark()
            self._page(index).take_keyboard()

    def _titled(self, ident: int, title: str) -> None:
        if ident in self.idents:
            index = self.idents.index(ident)
            self._bar.setTabText(index, title)
            self._bar.setTabToolTip(index, title)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        self._bar.setAccessibleName(self.tr("Open accounts"))

    def _page(self, index: int) -> AccountPage:
        page = self._pages.widget(index)
        assert isinstance(page, AccountPage)  # noqa: S101
        return page


def _close_accounts(session: Session, *, idents: tuple[int, ...]) -> None:
    for ident in idents:
        visits.close_account(session, ident=ident)
