"""Alerts, asked for once a minute and whenever one was looked at; for all who show them."""

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.topics import Topic
from app.usecases import ceilings
from app.usecases.ceilings import CeilingAlert
from ui.desk.desk import Desk
from ui.desk.pages import Waiting
from ui.kit.watch import Watch

EVERY_SECONDS = 60


class AlertWatch(Waiting):
    """Keeps the alerts current; one question for all who show them."""

    came = Signal()
    """``alerts`` are what they are now."""
    failed = Signal(Exception)
    """They did not come; those that were known stay."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName("ceilings.watch")
        self._desk = desk
        self.alerts: tuple[CeilingAlert, ...] = ()
        self.is_known = False
        """Whether they have come once."""
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_SECONDS * 1000)
        self._timer.timeout.connect(self.ask)
        self._watch = Watch(self)
        self._watch.wanted.connect(self.ask)
        self._watch.follow(desk.jobs.changed, {Topic.ALERTS})

    def begin(self) -> None:
        """Ask now, and from now on."""
        self._watch.set_seen(is_seen=True)
        self._timer.start()

    def words(self, waiting: int, overdue: int) -> str:
        said = self.tr("%n alert(s) nobody has looked at", "", waiting)
        if overdue:
            reached = self.tr("%n at the limit", "", overdue)
            return f"{said}, {reached}"
        return said

    def ask(self) -> None:
        """Ask for the alerts; an older question that has not been answered is dropped."""
        self._watch.note_asked()
        self._desk.jobs.ask(
            ceilings.alerts, self._came, screen=self, lane="alerts", failed=self._did_not_come
        )

    def _came(self, alerts: tuple[CeilingAlert, ...]) -> None:
        self.alerts = alerts
        self.is_known = True
        self.counted.emit(len(alerts), sum(alert.is_reached for alert in alerts))
        self.came.emit()

    def _did_not_come(self, error: Exception) -> None:
        self.failed.emit(error)  # the lists say so; a number that is a minute old does no harm
