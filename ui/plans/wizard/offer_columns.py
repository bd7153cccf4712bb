"""Offers side by side: one column for each number of instalments, chosen with Left and Right."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.domain.plans import InterestRelief, Offer
from ui.kit.speaking import Speaking
from ui.kit.styling import label, set_look
from ui.kit.tokens import GRID
from ui.plans.wizard.model import Offered
from ui.words import errors, text

_ROWS = (
    "count", "now", "now_day", "monthly", "last", "last_day",
    "off_principal", "off_percent", "off_interest", "total", "saved", "saved_if",
)  # fmt: skip
_HEIGHTS = {"count": 32, **dict.fromkeys(("now_day", "last_day", "off_percent", "saved_if"), 18)}
_ROW_HEIGHT = 28
_WIDTH = 148


class OfferColumns(Speaking, QScrollArea):
    """The columns; what is refused is grey and says why."""

    chosen = Signal(int)
    """A number of instalments was chosen."""
    confirmed = Signal()
    """Enter: go on with the chosen one."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("plan.offers")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._offers: tuple[Offered, ...] = ()
        self._relief = InterestRelief.NONE
        self._count = 0
        self.columns: dict[int, OfferColumn] = {}
        self.inside = inside = QWidget(self)
        self._row = QHBoxLayout(inside)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GRID)
        self._names = QWidget(inside)
        names = QVBoxLayout(self._names)
        names.setContentsMargins(0, 2 * GRID + 2, 2 * GRID, 2 * GRID)  # the columns have a border
        names.setSpacing(0)
        self._titles: dict[str, QLabel] = {}
        for name in _ROWS:
            self._titles[name] = label(self._names, "soft", name=f"plan.offers.title.{name}")
            self._titles[name].setFixedHeight(_HEIGHTS.get(name, _ROW_HEIGHT))
            names.addWidget(self._titles[name])
        self._row.addWidget(self._names, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addStretch(1)
        self.setWidget(inside)
        self.retranslate()

    def show_offers(self, offers: Sequence[Offered], *, count: int, relief: InterestRelief) -> None:
        """Show these, with one of them chosen."""
        self._offers, self._count, self._relief = tuple(offers), count, relief
        counts = [one for one, _ in offers]
        for gone in [one for one in self.columns if one not in counts]:
            column = self.columns.pop(gone)
            self._row.removeWidget(column)
            column.hide()
            column.deleteLater()
        for place, (one, found) in enumerate(offers, start=1):
            if one not in self.columns:
                self.columns[one] = OfferColumn(one, self.inside)
                self.columns[one].pressed.connect(self._choose)
                self._row.insertWidget(place, self.columns[one], 0, Qt.AlignmentFlag.AlignTop)
            self.columns[one].show_found(found, relief=relief)
        self._show_chosen()

    @property
    def possible(self) -> list[int]:
        """The numbers of instalments that can be chosen."""
        return [count for count, found in self._offers if isinstance(found, Offer)]

    def _choose(self, count: int) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if count in self.possible and count != self._count:
            self._count = count
            self._show_chosen()
            self.chosen.emit(count)

    def _step(self, by: int) -> None:
        possible = self.possible
        if not possible:
            return
        place = possible.index(self._count) + by if self._count in possible else 0
        self._choose(possible[max(0, min(place, len(possible) - 1))])

    def _show_chosen(self) -> None:
        for count, column in self.columns.items():
            column.set_chosen(is_chosen=count == self._count, is_focused=self.hasFocus())
        chosen = self.columns.get(self._count)
        if chosen is not None:
            self.ensureWidgetVisible(chosen)
        self.setAccessibleDescription(chosen.words if chosen is not None else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._step(1 if key == Qt.Key.Key_Right else -1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._step(-len(self.columns) if key == Qt.Key.Key_Home else len(self.columns))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.confirmed.emit()
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_chosen()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_chosen()

    def retranslate(self) -> None:
        words = {
            "count": self.tr("Instalments"),
            "now": self.tr("Pay first"),
            "now_day": "",
            "monthly": self.tr("Then per month"),
            "last": self.tr("Last instalment"),
            "last_day": "",
            "off_principal": self.tr("Off the principal"),
            "off_percent": "",
            "off_interest": self.tr("Off the interest"),
            "total": self.tr("To pay in all"),
            "saved": self.tr("Saved"),
            "saved_if": "",
        }
        for name, said in words.items():
            self._titles[name].setText(said)
        self.setAccessibleName(self.tr("Offers, chosen with Left and Right"))
        for count, found in self._offers:
            self.columns[count].show_found(found, relief=self._relief)


class OfferColumn(QFrame):
    """What so many instalments would cost, or why they are not to be had."""

    pressed = Signal(int)

    def __init__(self, count: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"plan.offer.{count}")
        self.setProperty("look", "offer")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(_WIDTH)
        self._number = count
        self.words = ""
        grid = QGridLayout(self)
        grid.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        grid.setSpacing(0)
        self.cells: dict[str, QLabel] = {}
        for place, name in enumerate(_ROWS):
            cell = label(self, _LOOKS.get(name, "amount"), name=f"plan.offer.{count}.{name}")
            cell.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            cell.setFixedHeight(_HEIGHTS.get(name, _ROW_HEIGHT))
            grid.addWidget(cell, place, 0)
            self.cells[name] = cell
        self.why = label(self, "soft", name=f"plan.offer.{count}.why")
        self.why.setWordWrap(True)
        self.why.setAlignment(Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.why, 1, 0, len(_ROWS) - 1, 1, Qt.AlignmentFlag.AlignTop)

    def show_found(self, found: object, *, relief: InterestRelief) -> None:
        """Show an offer or a refusal."""
        is_offer = isinstance(found, Offer)
        head = str(self._number) if self._number > 1 else self.tr("at once")
        self.cells["count"].setText(head)
        for name, cell in self.cells.items():
            cell.setVisible(is_offer or name == "count")
        self.why.setVisible(not is_offer)
        self.cells["count"].setEnabled(is_offer)
        if isinstance(found, Offer):
            self._show_offer(found, relief)
            return
        sentence = errors.sentence(found) if isinstance(found, Exception) else ""
        self.why.setText(sentence)
        self.words = f"{head}: {sentence}"
        self.setAccessibleName(self.words)

    def _show_offer(self, offer: Offer, relief: InterestRelief) -> None:
        has_more = len(offer.instalments) > 1
        condition = self.tr("if the plan is kept") if relief is InterestRelief.ON_FULFILMENT else ""
        said = {
            "now": text.money(offer.first.amount),
            "now_day": self.tr("by {0}").format(text.day(offer.first.due_on)),
            "monthly": text.money(offer.monthly) if has_more else text.DASH,
            "last": text.money(offer.last.amount) if has_more else text.DASH,
            "last_day": self.tr("by {0}").format(text.day(offer.last.due_on)) if has_more else "",
            "off_principal": text.money(offer.written_off_principal),
            "off_percent": text.percent(offer.discount_percent),
            "off_interest": text.money(offer.written_off_interest),
            "total": text.money(offer.payable),
            "saved": text.money(offer.saved),
            "saved_if": condition if offer.saved else "",
        }
        for name, words in said.items():
            self.cells[name].setText(words)
        self.words = self.tr("{0}: pay {1} first, {2} in all, {3} saved").format(
            self.cells["count"].text(), said["now"], said["total"], said["saved"]
        )
        self.setAccessibleName(self.words)

    def set_chosen(self, *, is_chosen: bool, is_focused: bool) -> None:
        """Show whether it is the chosen one."""
        set_look(self, "chosen", is_chosen)
        set_look(self, "focused", is_chosen and is_focused)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit(self._number)
        event.accept()


_LOOKS = {
    "count": "title",
    "total": "strong",
    "saved": "strong",
    **dict.fromkeys(("now_day", "last_day", "off_percent", "saved_if"), "caption"),
}
