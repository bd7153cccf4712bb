"""The head of the right side: which version it is, where it stands, and what can be done with it."""

from enum import IntEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QVBoxLayout, QWidget

from ui.kit.buttons import Button, ButtonKind
from ui.kit.labels import Badge
from ui.kit.speaking import Speaking
from ui.kit.styling import label
from ui.kit.tokens import GRID
from ui.words.tones import Tone


class Side(IntEnum):
    """What is looked at: the terms, or what they would offer."""

    TERMS = 0
    TRIAL = 1


class VersionHead(Speaking, QWidget):
    """Name and state above, the two sides below; never scrolled away."""

    side_changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(5 * GRID, 3 * GRID, 4 * GRID, 0)
        column.setSpacing(GRID)
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        self.title = label(self, "heading", name="programme.title")
        self.badge = Badge("programme.state", self)
        row.addWidget(self.title)
        row.addWidget(self.badge)
        row.addStretch(1)
        self.extend = Button("programme.extend", self, kind=ButtonKind.QUIET, icon_name="copy")
        self.save = Button("programme.save", self)
        self.publish = Button("programme.publish", self, kind=ButtonKind.PRIMARY)
        for button in (self.extend, self.save, self.publish):
            row.addWidget(button)
        column.addLayout(row)
        under = QHBoxLayout()
        self.tabs = QTabBar(self)
        self.tabs.setObjectName("programme.sides")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)  # the chosen one is bold, and wider than was thought
        for _side in Side:
            self.tabs.addTab("")
        self.author = label(self, "caption", name="programme.author")
        self.author.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        under.addWidget(self.tabs)
        under.addWidget(self.author, 1)
        column.addLayout(under)
        self.tabs.currentChanged.connect(self._side_changed)
        self.retranslate()

    @property
    def side(self) -> Side:
        """Which side is looked at."""
        return Side(self.tabs.currentIndex())

    def show_side(self, side: Side) -> None:
        """Look at a side."""
        self.tabs.setCurrentIndex(side)

    def tell(self, name: str, state: tuple[str, Tone], author: str) -> None:
        """Say what is shown, where it stands and who made it."""
        self.title.setText(name)
        self.badge.set_state(*state)
        self.author.setText(author)

    def offer(self, *, extends: bool, edits: bool, saves: bool, publishes: bool) -> None:
        """Show what can be done; a draft is saved and published, anything stored can be gone on from."""
        self.extend.setVisible(extends)
        self.save.setVisible(edits)
        self.publish.setVisible(edits)
        self.save.setEnabled(saves)
        self.publish.setEnabled(publishes)

    def _side_changed(self, _place: int) -> None:
        self.side_changed.emit()

    def retranslate(self) -> None:
        self.extend.setText(self.tr("New version"))
        self.save.setText(self.tr("Save"))
        self.publish.setText(self.tr("Publish…"))
        self.tabs.setTabText(Side.TERMS, self.tr("Terms"))
        self.tabs.setTabText(Side.TRIAL, self.tr("Trial run"))
        self.tabs.setAccessibleName(self.tr("Terms or trial run"))
