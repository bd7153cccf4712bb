"""An account that is open: its visit, what its header told, and where in it the clerk was.

Every open account has one of these, and a tab.  The widgets that show it are the
page's, and the page turns from one account to the next.
"""

import functools

from PySide6.QtCore import QObject, Signal

from app.domain.topics import DATA, DEBT
from app.usecases import accounts
from app.usecases.accounts import AccountHeader
from app.usecases.ceilings import CeilingReached
from app.usecases.visits import Visit
from ui.accounts.verify import VerifyStrip
from ui.changes.sheet import ChangeSheet
from ui.delivery.sheet import DeliverySheet
from ui.desk.desk import Desk
from ui.desk.places import Place
from ui.kit.sheet import Sheet
from ui.kit.watch import Watch
from ui.notes.sheet import NoteSheet
from ui.plans.wizard.sheet import PlanSheet
from ui.words import text


class OpenAccount(QObject):
    """One visit, from opening the account to closing its tab.  No visit, no data."""

    told = Signal()
    """The header came."""
    failed = Signal(Exception)
    """It did not: why not."""
    verified = Signal()
    """The caller was: more may be told than before."""
    titled = Signal(int, str)

    def __init__(self, desk: Desk, ident: int, parent: QObject) -> None:
        super().__init__(parent)
        self.ident = ident
        self.header: AccountHeader | None = None
        self.refusal: Exception | None = None
        """Why the account could not be opened."""
        self.place = Place.account(ident)
        """Where to go on when the account is next shown."""
        self.note: NoteSheet | None = None
        self.delivery: DeliverySheet | None = None
        self.change: ChangeSheet | None = None
        self.plan: PlanSheet | None = None
        self.verify: VerifyStrip | None = None
        """The forms of this account, once they were needed: what was typed belongs to the account."""
        self.is_open = False
        self.watch = Watch(self)
        """Told by the page whether the account is what is seen."""
        self._desk = desk
        self.watch.wanted.connect(self._ask_again)
        self.watch.follow(desk.jobs.changed, DEBT | DATA)  # its warnings included

    @property
    def may_be_let_in(self) -> bool:
        """Whether it may be opened a little later, though it was refused."""
        return isinstance(self.refusal, CeilingReached)

    @property
    def is_disclosed(self) -> bool:
        """Whether anything beyond the header may be told."""
        return self.header is not None and self.header.is_disclosed

    @property
    def sheets(self) -> list[Sheet]:
        """The forms that slide over the page, as far as they were made."""
        return [form for form in (self.note, self.delivery, self.change, self.plan) if form is not None]

    @property
    def has_form(self) -> bool:
        """Whether one of its forms is open, on the page or behind another account."""
        forms = [*self.sheets, self.verify]
        return any(form is not None and not form.isHidden() for form in forms)

    def begin(self, _visit: Visit) -> None:
        """The visit is open: ask for what may be seen."""
        self.is_open = True
        self.ask()

    def refuse(self, error: Exception) -> None:
        """The account was not opened."""
        self.refusal = error
        self.failed.emit(error)

    def ask(self) -> None:
        """Ask for the header, again if need be."""
        self.watch.note_asked()
        question = functools.partial(accounts.account_header, ident=self.ident, today=self._desk.today)
        self._desk.jobs.ask(question, self._header_came, screen=self, lane="header", failed=self._failed)

    def _ask_again(self) -> None:
        if self.is_open:
            self.ask()

    def _failed(self, error: Exception) -> None:
        self.watch.forget()
        self.failed.emit(error)

    def _header_came(self, header: AccountHeader) -> None:
        self.header = header
        if self.verify is not None:
            self.verify.set_header(header)
        self.titled.emit(self.ident, f"{text.ident(self.ident)} {header.name}")
        self.told.emit()

    def keep_drafts(self) -> None:
        """Have its forms put what was typed on disk now."""
        for form in (self.note, self.delivery, self.change, self.plan):
            if form is not None:
                form.keep()

    def close(self) -> None:
        """Nobody looks at it any more: its forms go, and answers to it are not heard."""
        for form in (self.note, self.delivery, self.change, self.plan, self.verify):
            if form is not None:
                self._desk.jobs.leave(form)
                form.hide()
                form.deleteLater()
        self._desk.jobs.leave(self)
        self.deleteLater()
