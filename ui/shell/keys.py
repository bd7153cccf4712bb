"""F1: the keys that mean something on this screen."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from ui.desk.desk import Desk
from ui.kit.sheet import Sheet
from ui.kit.speaking import Speaking
from ui.kit.styling import label
from ui.kit.tokens import GRID


class KeysSheet(Speaking, Sheet):
    """Lists the commands of what is seen, each with its keys."""

    def __init__(self, desk: Desk, host: QWidget) -> None:
        super().__init__("keys", host)
        self._desk = desk
        self._host_window = host
        self._rows: list[QLabel] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(4 * GRID)
        self._grid.setVerticalSpacing(2 * GRID)
        self._grid.setColumnStretch(0, 1)
        self.body.addLayout(self._grid)
        self.retranslate()

    def show_keys(self) -> None:
        """List the keys of the screen as it is now."""
        self._fill()
        self.open()

    def _fill(self) -> None:
        for old in self._rows:
            self._grid.removeWidget(old)
            old.deleteLater()
        self._rows = []
        place = 0
        for action in self._desk.commands.available(self._host_window.window()):
            keys = [key.toString(QKeySequence.SequenceFormat.NativeText) for key in action.shortcuts()]
            if not keys:
                continue
            words = label(self.inside)
            words.setText(action.text())
            shown = label(self.inside, "key")
            shown.setText("  ".join(keys))
            self._grid.addWidget(words, place, 0)
            self._grid.addWidget(shown, place, 1, Qt.AlignmentFlag.AlignRight)
            place += 1
            self._rows += [words, shown]

    def retranslate(self) -> None:
        self.set_title(self.tr("Keys of this screen"))
        if self.isVisible():
            self._fill()
