"""The first page: the accounts opened lately, and how to begin."""

import functools
from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.usecases import search
from app.usecases.search import Recent
from ui import errors, text
from ui.kit.looks import label
from ui.kit.section import Section
from ui.kit.table import Column, Table, TableModel
from ui.kit.tokens import GRID
from ui.shell.desk import Desk
from ui.shell.places import Place

_RECENT = 50


class Home(QWidget):
    """Greets, and lists what was worked on."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("home")
        self._desk = desk
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        head = QHBoxLayout()
        self._greeting = label(self, "title", name="home.greeting")
        self._hint = label(self, "soft", name="home.hint")
        head.addWidget(self._greeting)
        head.addStretch(1)
        head.addWidget(self._hint)
        column.addLayout(head)
        self.recent = _Recent(desk, self)
        column.addWidget(self.recent, 1)
        self.retranslate()

    def load(self) -> None:
        """Ask for the accounts opened lately."""
        self.recent.load()

    def take_keyboard(self) -> None:
        """Put the cursor into the list."""
        self.recent.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        self._greeting.setText(self._desk.me.full_name)
        self._hint.setText(
            self.tr("Ctrl+K finds an account; a scanned bill opens on its month. F1 lists the keys.")
        )


class _Recent(Section):
    """The accounts opened lately, the latest first."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("home.recent", parent)
        self._desk = desk
        self._model = TableModel(
            [
                Column(name="ident", text=_ident, width=100, sortable=False),
                Column(name="name", text=_name, width=320, strong=True, sortable=False),
                Column(name="address", text=_address, width=420, stretches=True, sortable=False),
                Column(name="opened", text=_opened, width=160, quiet=True, sortable=False),
            ],
            self,
        )
        self.table = Table(self._model, "home.recent.table", self.content, preferences=desk.preferences)
        self.body.addWidget(self.table)
        self.table.row_opened.connect(self._open)
        self.retranslate()

    def load(self) -> None:
        self.show_busy()
        question = functools.partial(search.recent_accounts, limit=_RECENT)
        self._desk.jobs.ask(question, self._came, screen=self, lane="recent", failed=self._failed)

    def _came(self, hits: Sequence[Recent]) -> None:
        self._model.set_rows(list(hits))
        if hits:
            self.show_rows()
        else:
            self._say_empty()

    def _failed(self, error: Exception) -> None:
        self.show_failure(errors.sentence(error))

    def _say_empty(self) -> None:
        self.show_empty(
            self.tr("No account was opened lately"),
            self.tr("Press Ctrl+K and type a name, an address or a number – or scan a bill."),
            icon_name="search",
        )

    def _open(self, row: int) -> None:
        self._desk.go(Place.account(self._model.row(row).ident))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        self._model.set_titles(
            {
                "ident": self.tr("Account"),
                "name": self.tr("Name"),
                "address": self.tr("Address"),
                "opened": self.tr("Opened"),
            }
        )
        if self.is_empty:
            self._say_empty()


def _ident(hit: Recent) -> str:
    return text.ident(hit.ident)


def _name(hit: Recent) -> str:
    return hit.name


def _address(hit: Recent) -> str:
    return hit.address


def _opened(hit: Recent) -> str:
    return text.moment(hit.opened_at)
