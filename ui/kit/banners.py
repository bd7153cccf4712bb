"""Strips that tell something and offer one thing to do about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.kit.buttons import Button, ButtonKind
from ui.kit.flow import FlowLayout
from ui.kit.icons import pixmap
from ui.kit.styling import Fitting, PlainLabel, set_look
from ui.kit.tokens import GRID
from ui.words.tones import Tone

_ICONS = {
    Tone.NEUTRAL: "info-circle",
    Tone.GOOD: "circle-check",
    Tone.WARN: "alert-triangle",
    Tone.BAD: "alert-circle",
    Tone.INFO: "info-circle",
    Tone.PLAN: "calendar-dollar",
}


class Banner(Fitting, QFrame):
    """One sentence across the width of a screen, with at most one action."""

    action_chosen = Signal()

    def __init__(self, name: str, parent: QWidget, *, compact: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("look", "banner")
        self._icon_name = ""
        self._tone = Tone.NEUTRAL
        self._row = row = QHBoxLayout(self)
        edge = GRID // 2 if compact else GRID
        row.setContentsMargins(2 * GRID, edge, edge, edge)
        row.setSpacing(2 * GRID)
        self._icon = PlainLabel(self)
        self._icon.setFixedSize(18, 18)
        self._words = PlainLabel(self)
        self._words.setObjectName(f"{name}.words")
        self._words.setWordWrap(not compact)
        self._words.setMinimumHeight(24)
        self._action = Button(f"{name}.action", self, kind=ButtonKind.LINK if compact else ButtonKind.QUIET)
        self._action.clicked.connect(self._pressed)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._words, 1)
        row.addWidget(self._action, 0, Qt.AlignmentFlag.AlignVCenter)
        across = QSizePolicy.Policy.Maximum if compact else QSizePolicy.Policy.Preferred
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        self.hide()

    @property
    def words(self) -> str:
        return self._words.text()

    @property
    def tone(self) -> Tone:
        return self._tone

    def tell(self, words: str, *, tone: Tone = Tone.INFO, action: str = "", icon_name: str = "") -> None:
        """Show a sentence; no words hide the strip."""
        self._words.setText(words)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        edges = self._row.contentsMargins()
        edges.setRight(edges.bottom() if action else 2 * GRID)
        self._row.setContentsMargins(edges)
        self._tone = tone
        self._icon_name = icon_name or _ICONS[tone]
        set_look(self, "tone", str(tone))
        self.setAccessibleName(words)
        self._draw()
        self.setVisible(bool(words))

    def clear(self) -> None:
        """Take the strip away."""
        self.tell("")

    def _pressed(self) -> None:
        self.action_chosen.emit()

    def _draw(self) -> None:
        if self._icon_name:
            ratio = self.devicePixelRatioF()
            self._icon.setPixmap(pixmap(self._icon_name, size=18, ink=str(self._tone), ratio=ratio))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.DevicePixelRatioChange):
            self._draw()


@dataclass(frozen=True, slots=True, kw_only=True)
class BannerAlert:
    """Something about an account that must not be missed, with what can be done about it."""

    name: str
    words: str
    tone: Tone = Tone.INFO
    action: str = ""
    icon_name: str = ""


class _AlertStrip(Banner):
    """One alert in a row of alerts."""

    acted = Signal(str)

    def __init__(self, name: str, alert: BannerAlert, parent: QWidget) -> None:
        super().__init__(f"{name}.{alert.name}", parent, compact=True)
        self._alert_name = alert.name
        self.action_chosen.connect(self._act)

    def stand_after(self, before: QWidget) -> QWidget:
        """Let Tab come here from ``before``; return what Tab goes on from.

        Otherwise it would come here last: what is made late is walked to late,
        wherever it is seen.
        """
        QWidget.setTabOrder(before, self._action)
        return self._action

    def _act(self) -> None:
        self.acted.emit(self._alert_name)


class AlertRow(QWidget):
    """The alerts of an account, side by side while there is room."""

    action_chosen = Signal(str)
    """The action of the alert of this name was chosen."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._strips: dict[str, _AlertStrip] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._flow_holder = QWidget(self)
        self._flow = FlowLayout(self._flow_holder, gap=2 * GRID)
        column.addWidget(self._flow_holder)
        self.hide()

    def set_alerts(self, alerts: Sequence[BannerAlert]) -> None:
        """Show these alerts; none hides the row."""
        for strip in self._strips.values():
            self._flow.removeWidget(strip)
            strip.hide()
            strip.deleteLater()
        self._strips = {}
        before = _stop_before(self)
        for alert in alerts:
            strip = _AlertStrip(self.objectName(), alert, self._flow_holder)
            strip.acted.connect(self.action_chosen)
            self._flow.addWidget(strip)
            strip.tell(alert.words, tone=alert.tone, action=alert.action, icon_name=alert.icon_name)
            self._strips[alert.name] = strip
            if alert.action:
                before = strip.stand_after(before)
        self.setVisible(bool(alerts))
        self.updateGeometry()

    def strip(self, name: str) -> Banner:
        """Return the strip of the alert of this name."""
        return self._strips[name]


def _stop_before(widget: QWidget) -> QWidget:
    """Return the last thing before ``widget`` that the Tab key can come to."""
    before = widget.previousInFocusChain()
    while before is not None and before is not widget:
        if before.focusPolicy() & Qt.FocusPolicy.TabFocus:
            return before
        before = before.previousInFocusChain()
    return widget
