"""The alerts on the first page of whoever oversees others; Enter leads to what was done."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.usecases.ceilings import CeilingAlert
from ui.ceilings.alert_list import AlertList
from ui.ceilings.watching import AlertWatch
from ui.desk.desk import Desk
from ui.desk.places import Place
from ui.kit.speaking import Speaking
from ui.kit.styling import label
from ui.kit.tokens import GRID

_HEIGHT = 190


class AlertCard(Speaking, QFrame):
    """Takes no room while there is nothing to be told."""

    def __init__(self, desk: Desk, watch: AlertWatch, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("home.alerts.card")
        self.setProperty("look", "card")
        self._desk = desk
        self.setFixedHeight(_HEIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 2 * GRID, 1, GRID)
        column.setSpacing(GRID)
        self._title = label(self, "heading", name="home.alerts.title")
        self._title.setContentsMargins(2 * GRID, 0, 0, 0)
        column.addWidget(self._title)
        self.list = AlertList("home.alerts", desk, watch, self)
        self.list.opened.connect(self._opened)
        column.addWidget(self.list, 1)
        watch.came.connect(self._show)
        self._show()
        self.retranslate()

    def _show(self) -> None:
        self.setVisible(bool(self.list.rows))

    def _opened(self, alert: CeilingAlert) -> None:
        self._desk.go(Place.oversight(alert.login, alert.ceiling, alert.began_at))

    def retranslate(self) -> None:
        self._title.setText(self.tr("Near a limit, and nobody has looked"))
