"""The alerts as a list: who, what, how many of how many, and since when."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.usecases.ceilings import CeilingAlert
from ui.ceilings import words
from ui.ceilings.watching import AlertWatch
from ui.desk.desk import Desk
from ui.kit.section import Section
from ui.kit.speaking import Speaking
from ui.kit.table import Align, Column, Table, TableModel
from ui.words import errors, states, text


class AlertList(Speaking, Section):
    """Shows what the watch has; Enter goes to what the person did."""

    opened = Signal(object)
    """CeilingAlert: look at what was done."""
    chosen = Signal(object)
    """CeilingAlert the cursor came to, or None."""

    def __init__(self, name: str, desk: Desk, watch: AlertWatch, parent: QWidget) -> None:
        super().__init__(name, parent)
        self._alerts = watch
        self._is_filling = False
        self._wanted: tuple[object, ...] | None = None
        self._model = TableModel(
            [
                Column(
                    name="who", field="full_name", as_=text.listed, width=170, strong=True, stretches=True
                ),
                Column(name="what", field="ceiling", as_=states.word, hinted=True, width=230),
                Column(
                    name="amount",
                    text=lambda alert: words.amount(alert.counted, alert.most),
                    tone=words.tone,
                    align=Align.RIGHT,
                    width=120,
                ),
                Column(name="when", text=words.when, hinted=True, width=180),
                Column(name="branch", as_=text.listed, width=140, quiet=True, hidden=True),
            ],
            self,
        )
        self.table = Table(self._model, f"{name}.table", self.content, preferences=desk.preferences)
        self.table.sorts_here = False  # those who reached a ceiling come first
        self.body.addWidget(self.table)
        self.table.row_opened.connect(self._row_opened)
        self.table.row_chosen.connect(self._row_chosen)
        watch.came.connect(self.show_alerts)
        watch.failed.connect(self._failed)
        self.retranslate()
        if watch.is_known:
            self.show_alerts()

    def load(self) -> None:
        """Ask for the alerts again."""
        self.show_busy()
        self._alerts.ask()

    @property
    def rows(self) -> list[CeilingAlert]:
        """The alerts that are listed."""
        return self._model.rows()

    @property
    def current(self) -> CeilingAlert | None:
        """The alert the cursor is on."""
        place = self.table.chosen_row()
        return self._model.row(place) if 0 <= place < self._model.rowCount() else None

    def want(self, alert: tuple[object, ...]) -> None:
        """Put the cursor on an alert, known by whose, which and since when, now or once it is here."""
        self._wanted = alert
        self.show_alerts()

    def show_alerts(self) -> None:
        """Show what the watch has now; the cursor stays where it was."""
        before = self._wanted or (_key(self.current) if self.current is not None else None)
        keys = [_key(alert) for alert in self._alerts.alerts]
        self._is_filling = True
        self._model.set_rows(self._alerts.alerts)
        self.show_rows()
        if before in keys:
            self._wanted = None
        self.table.choose_row(keys.index(before) if before in keys else 0)
        self._is_filling = False
        if not keys:
            self.show_empty(
                self.tr("Nobody is near a limit"),
                self.tr("Whoever does half of what they may, or holds it open, is listed here."),
                icon_name="shield-check",
            )
        self.chosen.emit(self.current)

    def _failed(self, error: Exception) -> None:
        self.show_failure(errors.sentence(error))

    def _row_opened(self, place: int) -> None:
        self.opened.emit(self._model.row(place))

    def _row_chosen(self, place: int) -> None:
        if place >= 0 and not self._is_filling:
            self.chosen.emit(self._model.row(place))

    def retranslate(self) -> None:
        self._model.set_titles(
            {
                "who": self.tr("Who"),
                "what": self.tr("What"),
                "amount": self.tr("How many"),
                "when": self.tr("When"),
                "branch": self.tr("Branch"),
            }
        )
        self.table.setAccessibleName(self.tr("People near a limit"))
        if self.is_empty:
            self.show_alerts()


def _key(alert: CeilingAlert) -> tuple[object, ...]:
    return alert.login, alert.ceiling, alert.began_at
