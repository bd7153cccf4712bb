"""The page of programmes: every version on the left, one of them in whole on the right."""

import functools
from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from app.domain.faulty import Faulty
from app.domain.topics import Topic
from app.usecases import plans
from app.usecases.plans import EditedVersion
from ui.desk.desk import Desk
from ui.desk.pages import DeskPage
from ui.kit.buttons import Button
from ui.kit.section import Section
from ui.kit.speaking import Speaking
from ui.kit.styling import label
from ui.kit.table import Align, Column, Table, TableModel
from ui.kit.tokens import GRID
from ui.programmes import words
from ui.programmes.head import Side
from ui.programmes.model import About, about_of
from ui.programmes.pane import VersionPane
from ui.words import errors, text
from ui.words.tones import Tone

_LIST_WIDTH, _PANE_WIDTH = 462, 820


class VersionList(Speaking, Section):
    """Every version of every programme, the latest first."""

    chosen = Signal(object)
    """EditedVersion: look at this one."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("programmes", parent)
        self._desk = desk
        self._is_filling = False
        self._wanted: About | None = None
        self._model = TableModel(
            [
                Column(
                    name="programme",
                    field="programme.name",
                    as_=text.listed,
                    hint=words.version_title,
                    width=140,
                    strong=True,
                    stretches=True,
                ),
                Column(name="version", field="programme.version", align=Align.RIGHT, width=44),
                Column(name="validity", text=_validity, hinted=True, width=180),
                Column(name="state", text=self._state, tone=self._tone, hint=self._state, width=92),
                Column(
                    name="decision",
                    field="programme.decision",
                    as_=text.or_dash,
                    hinted=True,
                    width=150,
                    hidden=True,
                ),
                Column(
                    name="basis",
                    field="programme.legal_basis",
                    as_=text.or_dash,
                    hinted=True,
                    width=180,
                    quiet=True,
                    hidden=True,
                ),
                Column(
                    name="author", text=words.author, hint=words.author, width=200, quiet=True, hidden=True
                ),
            ],
            self,
        )
        self.table = Table(self._model, "programmes.table", self.content, preferences=desk.preferences)
        self.body.addWidget(self.table)
        self.table.row_chosen.connect(self._row_chosen)
        self.follow(desk.jobs.changed, {Topic.PROGRAMMES})
        self.retranslate()

    def load(self) -> None:
        """Ask for every version again."""
        self.show_busy()
        self._desk.jobs.ask(
            plans.programme_versions, self._came, screen=self, lane="versions", failed=self._failed
        )

    @property
    def rows(self) -> list[EditedVersion | Faulty]:
        """The versions that are listed, those that cannot be read among them."""
        return self._model.rows()

    @property
    def current(self) -> EditedVersion | None:
        """The version the cursor is on."""
        place = self.table.chosen_row()
        return self._model.row(place) if place >= 0 else None

    def go_to_version(self, about: About) -> None:
        """Choose a version as soon as it is listed."""
        self._wanted = about
        self.load()

    def choose_none(self) -> None:
        """Let the cursor be on no version: what is edited is not listed yet."""
        self._is_filling = True
        self.table.setCurrentIndex(QModelIndex())
        self.table.clearSelection()
        self._is_filling = False

    def _came(self, versions: Sequence[EditedVersion | Faulty]) -> None:
        before = self._wanted or (about_of(self.current) if self.current is not None else None)
        was_empty = not self._model.rowCount()
        self._wanted = None
        self._is_filling = True
        self._model.set_rows(versions)
        self.show_rows()
        place = next((at for at, one in enumerate(self.rows) if _about(one) == before), -1)
        if place < 0 and was_empty:
            place = self._first_in_force()
        self.table.choose_row(place)
        self._is_filling = False
        if not versions:
            self.show_empty(self.tr("No programmes"), self.tr("Draft the first one."))
        elif self.current is not None:
            self.chosen.emit(self.current)

    def _first_in_force(self) -> int:
        today = self._desk.today
        states = [
            Tone.BAD if isinstance(one, Faulty) else words.standing(one, today=today)[1] for one in self.rows
        ]
        return states.index(Tone.GOOD) if Tone.GOOD in states else 0

    def _failed(self, error: Exception) -> None:
        self.show_failure(errors.sentence(error))

    def _row_chosen(self, place: int) -> None:
        if place >= 0 and not self._is_filling:
            self.chosen.emit(self._model.row(place))

    def _state(self, version: EditedVersion) -> str:
        return words.standing(version, today=self._desk.today)[0]

    def _tone(self, version: EditedVersion) -> Tone:
        return words.standing(version, today=self._desk.today)[1]

    def retranslate(self) -> None:
        self.table.setAccessibleName(self.tr("Programmes of payment plans"))
        self._model.set_titles(
            {
                "programme": self.tr("Programme"),
                "version": self.tr("Ver."),
                "validity": self.tr("In force"),
                "state": self.tr("State"),
                "decision": self.tr("Decision"),
                "basis": self.tr("Legal basis"),
                "author": self.tr("Drafted or published"),
            }
        )


class ProgrammesPage(Speaking, DeskPage):
    """Where supervisors draft programmes, try them on accounts, and publish them."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("programme")
        self._desk = desk
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(4 * GRID, 2 * GRID, 4 * GRID, 2 * GRID)
        head.setSpacing(2 * GRID)
        self._title = label(self, "title", name="programmes.title")
        self.new = Button("programmes.new", self, icon_name="plus")
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self.new)
        column.addLayout(head)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setChildrenCollapsible(False)
        self.list = VersionList(desk, self._splitter)
        self.list.setMinimumWidth(70 * GRID)
        self.pane = VersionPane(desk, self._splitter)
        self.pane.setMinimumWidth(160 * GRID)
        self._splitter.addWidget(self.list)
        self._splitter.addWidget(self.pane)
        self._splitter.setStretchFactor(0, 0)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([_LIST_WIDTH, _PANE_WIDTH])
        column.addWidget(self._splitter, 1)
        self.list.chosen.connect(self.pane.show_version)
        self.new.clicked.connect(self.begin_new)
        self.pane.extension_wanted.connect(self._begin_extension)
        self.pane.model.stored.connect(self.list.go_to_version)
        self.pane.model.published.connect(self._published)
        self.pane.model.gone_out.connect(self._gone_out)
        self._bind_commands()
        self.retranslate()

    def _bind_commands(self) -> None:
        add = functools.partial(self._desk.commands.add, owner=self)
        add("programme.new", run=self.begin_new)
        add("programme.extend", run=self.pane.ask_to_extend)
        add("programme.save", run=self.pane.save_draft)
        add("programme.trial", run=self.pane.show_trial)
        add("programme.publish", run=self.pane.ask_to_publish)
        add("programme.refresh", run=self.refresh)

    # being shown ---------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Ask for what is seen again."""
        self.pane.keep()
        self.list.load()

    def take_keyboard(self) -> None:
        """Put the cursor into the list of versions."""
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Keep what was typed: this person signs out."""
        self.pane.keep()
        for table in self.findChildren(Table):
            table.keep_now()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.pane.keep()

    # doing ---------------------------------------------------------------------------------------

    def begin_new(self) -> None:
        """Draft a programme there was none of."""
        self.list.choose_none()
        self.pane.begin_new()
        self.pane.take_keyboard()

    def _begin_extension(self, version: EditedVersion) -> None:
        self.list.choose_none()
        self.pane.begin_extension(version)
        self.pane.take_keyboard()

    def _gone_out(self, _theirs: EditedVersion) -> None:
        """Ask for the list again: it still calls the version a draft."""
        self.list.load()

    def _published(self, about: About) -> None:
        self._desk.say(self.tr("The version is published; it is not altered any more."))
        self.take_keyboard()
        self.pane.head.show_side(Side.TERMS)
        self.list.go_to_version(about)

    def retranslate(self) -> None:
        self._title.setText(self.tr("Programmes of payment plans"))
        self.new.setText(self.tr("New programme"))


def _about(version: EditedVersion | Faulty) -> About:
    return About() if isinstance(version, Faulty) else about_of(version)


def _validity(version: EditedVersion) -> str:
    return words.validity(version.programme.valid_from, version.programme.valid_to)
