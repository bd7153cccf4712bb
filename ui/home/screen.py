"""The first page: the accounts opened lately, and how to begin."""

import functools

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.usecases import search
from app.usecases.staff import Role
from ui.ceilings.alert_card import AlertCard
from ui.ceilings.watching import AlertWatch
from ui.desk.commands import ENTRIES
from ui.desk.desk import Desk
from ui.desk.pages import DeskPage
from ui.desk.places import Place
from ui.kit.list_section import ListSection, Question
from ui.kit.speaking import Speaking
from ui.kit.styling import label
from ui.kit.table import Column, Table
from ui.kit.tokens import GRID
from ui.words import states, text

_RECENT = 50
_HINTS_WIDTH = 288


class Home(Speaking, DeskPage):
    """Greets, and lists what was worked on; who oversees others is told of alerts first."""

    def __init__(self, desk: Desk, parent: QWidget, *, alerts: AlertWatch | None) -> None:
        super().__init__(parent)
        self.setObjectName("home")
        self._desk = desk
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 4 * GRID)
        column.setSpacing(GRID)
        self._greeting = label(self, "title", name="home.greeting")
        self._where = label(self, "soft", name="home.where")
        column.addWidget(self._greeting)
        column.addWidget(self._where)
        column.addSpacing(3 * GRID)
        self.alerts = AlertCard(desk, alerts, self) if alerts is not None else None
        if self.alerts is not None:
            column.addWidget(self.alerts)
            column.addSpacing(2 * GRID)
        across = QHBoxLayout()
        across.setSpacing(4 * GRID)
        across.addWidget(self._make_recent(desk), 1)
        self.hints = _Hints(desk, self)
        across.addWidget(self.hints, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(across, 1)
        self.retranslate()

    def _make_recent(self, desk: Desk) -> QWidget:
        card = QFrame(self)
        card.setProperty("look", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(1, 3 * GRID, 1, GRID)
        column.setSpacing(2 * GRID)
        self._recent_title = label(card, "heading", name="home.recent.title")
        self._recent_title.setContentsMargins(2 * GRID, 0, 0, 0)
        column.addWidget(self._recent_title)
        self.recent = _Recent(desk, card)
        column.addWidget(self.recent, 1)
        return card

    def arrive(self, _place: Place) -> None:
        self.recent.load()

    def take_keyboard(self) -> None:
        """Put the cursor into the list."""
        self.recent.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        for table in self.findChildren(Table):
            table.keep_now()

    def retranslate(self) -> None:
        self._greeting.setText(self._desk.me.full_name)
        me = self._desk.me
        day = text.day(self._desk.today)
        self._where.setText(f"{day}  ·  {text.listed(me.branch)}  ·  {states.word(me.role)}")
        self._recent_title.setText(self.tr("Opened lately"))


class _Hints(Speaking, QFrame):
    """The keys a newcomer asks for most, until they are known by heart."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("home.hints")
        self.setProperty("look", "card")
        self.setFixedWidth(_HINTS_WIDTH)
        self._is_agent = desk.me.role is Role.AGENT
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 4 * GRID)
        column.setSpacing(2 * GRID)
        self._title = label(self, "heading", name="home.hints.title")
        column.addWidget(self._title)
        self._lines: list[tuple[QLabel, str]] = []
        grid = QGridLayout()
        grid.setHorizontalSpacing(3 * GRID)
        grid.setVerticalSpacing(3 * GRID)
        grid.setColumnStretch(1, 1)
        for place, name in enumerate(self._names()):
            key = label(self, "key")
            key.setText(ENTRIES[name].keys[0] if name in ENTRIES else "QR")
            words = label(self, "soft")
            words.setWordWrap(True)
            grid.addWidget(key, place, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words, place, 1, Qt.AlignmentFlag.AlignTop)
            self._lines.append((words, name))
        column.addLayout(grid)
        self.retranslate()

    def _names(self) -> tuple[str, ...]:
        first = "account.verify" if self._is_agent else "scan"
        return ("desk.find", first, "account.print_copy", "account.note", "desk.lock", "desk.keys")

    def retranslate(self) -> None:
        self._title.setText(self.tr("Without the mouse"))
        said = {
            "desk.find": self.tr("finds an account by anything: name, address, number, telephone"),
            "scan": self.tr("scan a bill anywhere: it opens on its very month"),
            "account.verify": self.tr("verifies the caller by two data"),
            "account.print_copy": self.tr("prints a copy of the bill that is chosen"),
            "account.note": self.tr("writes a note of what was said"),
            "desk.lock": self.tr("locks the desk; everything stays as it is"),
            "desk.keys": self.tr("lists all keys of the screen you are on"),
        }
        for words, name in self._lines:
            words.setText(said[name])


class _Recent(Speaking, ListSection):
    """The accounts opened lately, the latest first."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("home.recent", parent, jobs=desk.jobs)
        self._desk = desk
        self.make_table(
            [
                Column(name="ident", as_=text.ident, width=100),
                Column(name="name", width=240, strong=True),
                Column(name="address", width=300, stretches=True),
                Column(name="opened", field="opened_at", as_=text.moment, width=160, quiet=True),
            ],
            "home.recent.table",
            self.content,
            preferences=desk.preferences,
        )
        self.body.addWidget(self.table)
        self.table.row_opened.connect(self._open)
        self.retranslate()

    def question(self, _after: None) -> Question:
        return functools.partial(search.recent_accounts, limit=_RECENT)

    def say_empty(self) -> None:
        self.show_empty(
            self.tr("No account was opened lately"),
            self.tr("Press Ctrl+K and type a name, an address or a number – or scan a bill."),
            icon_name="search",
        )

    def _open(self, row: int) -> None:
        self._desk.go(Place.account(self.model.row(row).ident))

    def retranslate(self) -> None:
        self.model.set_titles(
            {
                "ident": self.tr("Account"),
                "name": self.tr("Name"),
                "address": self.tr("Address"),
                "opened": self.tr("Opened"),
            }
        )
        self.table.setAccessibleName(self.tr("Accounts opened lately"))
        if self.is_empty:
            self.say_empty()
