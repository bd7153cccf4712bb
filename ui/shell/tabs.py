"""The open accounts, one tab each, in the order they were opened."""

import functools

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.usecases import visits
from ui.accounts.open_account import OpenAccount
from ui.accounts.screen import AccountPage
from ui.desk.desk import Desk
from ui.desk.pages import DeskPage
from ui.desk.places import Place
from ui.kit.speaking import Speaking
from ui.kit.styling import set_tab_tip
from ui.words import text

_PREPARE_AFTER = 1_000
_PREPARE_EVERY = 100
MOST_OPEN = 12
"""More accounts than this at once is a sign of not closing them: the oldest is closed."""


class AccountTabs(Speaking, DeskPage):
    """Opens, shows and closes accounts; each is a visit on record while its tab is open.

    One page shows them all in turn.  A page with an open form stays with its account,
    and the next account is shown on another.
    """

    emptied = Signal()
    """The last tab was closed."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("tabs")
        self._desk = desk
        self._accounts: list[OpenAccount] = []
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
        self.is_prepared = False
        """Whether the page was made before the first account was opened."""
        self._prepare_timer = QTimer(self)
        self._prepare_timer.setInterval(_PREPARE_EVERY)
        self._prepare_timer.timeout.connect(self._prepare)
        self._bar.currentChanged.connect(self._show_current)
        self._bar.tabCloseRequested.connect(self._close)
        self.retranslate()

    def begin(self) -> None:
        """Make the page bit by bit, so that the first account is opened as fast as those after it."""
        QTimer.singleShot(_PREPARE_AFTER, self._prepare_timer, self._prepare_timer.start)

    def _prepare(self) -> None:
        pages = self._all_pages()
        if not pages:
            self._pages.addWidget(AccountPage(self._desk, self._pages))
        elif not pages[0].make_next():
            self._prepare_timer.stop()
            self.is_prepared = pages[0].account is None

    @property
    def current(self) -> AccountPage | None:
        """The page of the account that is seen, if any is open."""
        page = self._pages.currentWidget()
        return page if isinstance(page, AccountPage) and page.account is not None else None

    @property
    def idents(self) -> list[int]:
        """The open accounts, in tab order."""
        return [account.ident for account in self._accounts]

    def arrive(self, place: Place) -> None:
        """Show the account of ``place``, opening it first where it is not open; 0 stays where one is."""
        if not place.ident:
            self.take_keyboard()
            return
        if place.ident not in self.idents:
            self._add(place.ident)
        elif self._accounts[self.idents.index(place.ident)].refusal is not None:
            self._begin(self._accounts[self.idents.index(place.ident)])  # by now it may be let in
        index = self.idents.index(place.ident)
        self._bar.blockSignals(True)
        self._bar.setCurrentIndex(index)
        self._bar.blockSignals(False)
        page = self._show(index)
        page.take_keyboard()
        page.arrive(place)

    def take_keyboard(self) -> None:
        if self.current is not None:
            self.current.take_keyboard()

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
        for account in self._accounts:
            account.keep_drafts()
        for page in self._all_pages():
            page.keep_drafts()

    def leave(self) -> None:
        """End every visit in one go: this person signs out."""
        self.keep_drafts()
        idents = tuple(self.idents)
        if idents and not self._desk.jobs.is_line_lost:
            action = functools.partial(visits.close_visits, idents=idents)
            self._desk.jobs.act(action, self._closed, screen=self, failed=self._not_closed)

    def _add(self, ident: int) -> None:
        if self._bar.count() >= MOST_OPEN:
            self._close(0)
        account = OpenAccount(self._desk, ident, self)
        account.titled.connect(self._titled)
        self._accounts.append(account)
        self._bar.blockSignals(True)
        self._bar.addTab(text.ident(ident))
        self._bar.blockSignals(False)
        self._begin(account)
        self._desk.accounts.set(self.idents)

    def _begin(self, account: OpenAccount) -> None:
        """Open the visit; whether it is let in, the account tells."""
        account.refusal = None
        channel = self._desk.me.channel
        action = functools.partial(
            visits.open_account, ident=account.ident, purpose=visits.usual_purpose(channel), channel=channel
        )
        self._desk.jobs.act(action, account.begin, screen=account, failed=account.refuse)

    def _close(self, index: int) -> None:
        account = self._accounts.pop(index)
        account.keep_drafts()
        # The bar names its next tab while the accounts still number as before: it is asked afterwards.
        self._bar.blockSignals(True)
        self._bar.removeTab(index)
        self._bar.blockSignals(False)
        page = self._page_of(account)
        is_seen = page is not None and page is self._pages.currentWidget()
        if page is not None:
            page.keep_drafts()
            page.show_account(None)
        account.close()
        action = functools.partial(visits.close_account, ident=account.ident)
        self._desk.jobs.act(action, self._closed, screen=self, failed=self._not_closed)
        self._desk.accounts.set(self.idents)
        if not self._bar.count():
            self.emptied.emit()
        elif is_seen:
            self._show_current(self._bar.currentIndex())

    def _closed(self, _result: object) -> None:
        pass

    def _not_closed(self, _error: Exception) -> None:
        pass  # a visit ends by itself after twelve hours

    def _show_current(self, index: int) -> None:
        if index >= 0:
            self._show(index).take_keyboard()

    def _show(self, index: int) -> AccountPage:
        """Have a page show the account of a tab, and return the page."""
        account = self._accounts[index]
        before = self.current
        if before is not None and before.account is not account:
            before.keep_drafts()
        page = self._page_of(account) or self._free_page()
        page.show_account(account)
        self._pages.setCurrentWidget(page)
        for other in self._all_pages():
            if other is not page and not other.is_held:
                other.show_account(None)
                other.rest()
        return page

    def _free_page(self) -> AccountPage:
        """Return a page that may turn to another account, the one that is seen if it may."""
        pages = sorted(self._all_pages(), key=self._is_unseen)
        page = next((page for page in pages if not page.is_held), None)
        if page is None:
            page = AccountPage(self._desk, self._pages)
            self._pages.addWidget(page)
        return page

    def _is_unseen(self, page: AccountPage) -> bool:
        return page is not self._pages.currentWidget()

    def _all_pages(self) -> list[AccountPage]:
        pages = [self._pages.widget(place) for place in range(self._pages.count())]
        return [page for page in pages if isinstance(page, AccountPage)]

    def _page_of(self, account: OpenAccount) -> AccountPage | None:
        return next((page for page in self._all_pages() if page.account is account), None)

    def _titled(self, ident: int, title: str) -> None:
        if ident in self.idents:
            index = self.idents.index(ident)
            self._bar.setTabText(index, title)
            set_tab_tip(self._bar, index, title)

    def retranslate(self) -> None:
        self._bar.setAccessibleName(self.tr("Open accounts"))
