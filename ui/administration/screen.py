"""The administrator's page: what is set and who serves, what programmes may give, and what it all runs on."""

import functools

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.usecases import settings
from app.usecases.settings import Installation
from ui.administration.bounds import BoundsCard, BoundsSheet
from ui.administration.people_list import PeopleList
from ui.administration.settings_list import SettingsList
from ui.ceilings.alert_card import AlertCard
from ui.ceilings.watching import AlertWatch
from ui.desk.desk import Desk
from ui.desk.pages import DeskPage
from ui.desk.places import Place
from ui.kit.labels import Item, KeyValueGrid
from ui.kit.speaking import Speaking
from ui.kit.styling import label
from ui.kit.table import Table
from ui.kit.tokens import GRID
from ui.words import errors, states, text

_SIDE_WIDTH = 400


class AdministrationPage(Speaking, DeskPage):
    """Lists on the left; on the right what the administrator decides, and what the program works on."""

    def __init__(self, desk: Desk, parent: QWidget, *, alerts: AlertWatch | None) -> None:
        super().__init__(parent)
        self.setObjectName("administration")
        self._desk = desk
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 4 * GRID)
        column.setSpacing(GRID)
        self._greeting = label(self, "title", name="administration.greeting")
        self._where = label(self, "soft", name="administration.where")
        column.addWidget(self._greeting)
        column.addWidget(self._where)
        column.addSpacing(2 * GRID)
        if alerts is not None:
            column.addWidget(AlertCard(desk, alerts, self))
        across = QHBoxLayout()
        across.setSpacing(4 * GRID)
        across.addWidget(self._make_lists(), 1)
        across.addWidget(self._make_side())
        column.addLayout(across, 1)
        self.sheet = BoundsSheet(desk, self)
        self.bounds.change.clicked.connect(self.change_bounds)
        add = functools.partial(desk.commands.add, owner=self)
        add("administration.bounds", run=self.change_bounds)
        add("administration.turn", run=self.turn)
        add("administration.refresh", run=self.refresh)
        self.retranslate()

    def _make_lists(self) -> QWidget:
        card = QFrame(self)
        card.setProperty("look", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(1, GRID, 1, GRID)
        column.setSpacing(GRID)
        self.tabs = QTabBar(card)
        self.tabs.setObjectName("administration.tabs")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self._places = QStackedWidget(card)
        self.settings = SettingsList(self._desk, self._places)
        self.people = PeopleList(self._desk, self._places)
        self.lists = (self.settings, self.people)
        for one in self.lists:
            self.tabs.addTab("")
            self._places.addWidget(one)
        self.tabs.currentChanged.connect(self._turned)
        column.addWidget(self.tabs)
        column.addWidget(self._places, 1)
        return card

    def _make_side(self) -> QWidget:
        side = QWidget(self)
        side.setFixedWidth(_SIDE_WIDTH)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3 * GRID)
        self.bounds = BoundsCard(self._desk, side)
        column.addWidget(self.bounds, 1)
        card = QFrame(side)
        card.setProperty("look", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
        inside.setSpacing(2 * GRID)
        self._ground = label(card, "heading", name="administration.ground.title")
        self.facts = KeyValueGrid("administration.ground", card)
        self._elsewhere = label(card, "soft", name="administration.elsewhere")
        self._elsewhere.setWordWrap(True)
        for widget in (self._ground, self.facts, self._elsewhere):
            inside.addWidget(widget)
        column.addWidget(card)
        self._installation: Installation | None = None
        return side

    # being shown ---------------------------------------------------------------------------------

    def arrive(self, _place: Place) -> None:
        self.refresh()
        self.take_keyboard()

    def refresh(self) -> None:
        """Ask for what is seen again."""
        self.lists[self.tabs.currentIndex()].load()
        self.bounds.list.load()
        self._desk.jobs.ask(
            settings.installation, self._told, screen=self, lane="installation", failed=self._not_told
        )

    def take_keyboard(self) -> None:
        """Put the cursor into the list that is seen."""
        self.lists[self.tabs.currentIndex()].table.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        for table in self.findChildren(Table):
            table.keep_now()

    def turn(self) -> None:
        """Look at the other list."""
        self.tabs.setCurrentIndex(1 - self.tabs.currentIndex())
        self.take_keyboard()

    def change_bounds(self) -> None:
        """Ask for other bounds of programmes."""
        if self.sheet.isHidden():
            self.sheet.begin(self.bounds.list.in_force)

    def _turned(self, place: int) -> None:
        self._places.setCurrentIndex(place)
        self.lists[place].load_once()

    def _told(self, installation: Installation) -> None:
        self._installation = installation
        self._say_ground()

    def _not_told(self, error: Exception) -> None:
        self._desk.say(errors.sentence(error))

    # words ---------------------------------------------------------------------------------------

    def _say_ground(self) -> None:
        it = self._installation
        years = f"{it.years[0]}–{it.years[-1]}" if it is not None and it.years else ""
        self.facts.set_items(
            [
                Item(name="years", title=self.tr("Years with room for bills"), value=years),
                Item(name="schema", title=self.tr("Revision of the schema"), value=it.schema if it else ""),
                Item(name="server", title=self.tr("PostgreSQL"), value=it.server if it else ""),
            ]
        )

    def retranslate(self) -> None:
        me = self._desk.me
        self._greeting.setText(me.full_name)
        day = text.day(self._desk.today)
        self._where.setText(f"{day}  ·  {text.listed(me.branch)}  ·  {states.word(me.role)}")
        self.tabs.setTabText(0, self.tr("Settings"))
        self.tabs.setTabText(1, self.tr("People"))
        self._ground.setText(self.tr("Database"))
        self._elsewhere.setText(
            self.tr(
                "People are let in and out, programmes withdrawn and the database checked "
                "with salter-db on the server."
            )
        )
        self._say_ground()
