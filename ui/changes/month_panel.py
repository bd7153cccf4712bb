"""From which month a change counts, by which rule, and whether it was reported in time."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.changes import EffectiveMonth
from ui.kit.banners import Banner
from ui.kit.speaking import Speaking
from ui.kit.styling import label
from ui.kit.tokens import GRID
from ui.words import text
from ui.words.tones import Tone


class MonthPanel(Speaking, QWidget):
    """The month, its reason beneath, and a warning when it was reported late."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._effective: EffectiveMonth | None = None
        self._late_days = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        self.month = label(self, "heading", name=f"{name}.month")
        self.reason = label(self, "caption", name=f"{name}.reason")
        self.reason.setWordWrap(True)
        self.late = Banner(f"{name}.late", self)
        for widget in (self.month, self.reason, self.late):
            column.addWidget(widget)
        self.hide()

    def show_month(self, effective: EffectiveMonth | None, *, late_days: int = 0) -> None:
        """Say from which month it counts; ``late_days`` after the change is 0 when reported in time."""
        self._effective = effective
        self._late_days = late_days
        self.setVisible(effective is not None)
        self.retranslate()

    def retranslate(self) -> None:
        effective = self._effective
        if effective is not None:
            self.month.setText(self.tr("Counts from {0}").format(text.period(effective.period)))
            self.reason.setText(month_reason(effective))
        if self._late_days:
            self.late.tell(
                self.tr("Reported late: %n day(s) after the change.", "", self._late_days), tone=Tone.WARN
            )
        else:
            self.late.clear()


def month_reason(effective: EffectiveMonth) -> str:
    """Say by which rule a request counts from its month."""
    tr = QCoreApplication.translate
    if effective.is_after_cutoff:
        sentence = tr("changes", "Received {0}, after the {1}th: from the next month, {2}.")
    else:
        sentence = tr("changes", "Received {0}, by the {1}th: from the same month, {2}.")
    received = text.day(effective.received_on)
    return sentence.format(received, effective.cutoff_day, text.period(effective.period))
