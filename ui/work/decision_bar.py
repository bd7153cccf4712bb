"""The decisions at the foot of a review, each with its key; and why one is not offered."""

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.kit.buttons import Button, ButtonKind
from ui.kit.speaking import Speaking
from ui.kit.styling import label
from ui.kit.tokens import GRID
from ui.work.decisions import Move

_ICONS = {
    Move.APPROVE: "check",
    Move.REJECT: "x",
    Move.RETURN: "arrow-back-up",
    Move.PROVIDER: "building-store",
    Move.ORDER: "edit",
    Move.UNDO: "history",
}


class DecisionBar(Speaking, QFrame):
    """Offers what may be decided; hides what this person may not decide."""

    chosen = Signal(Move)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("work.bar")
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._offered: frozenset[Move] = frozenset()
        self._is_busy = False
        row = QHBoxLayout(self)
        row.setContentsMargins(4 * GRID, 2 * GRID, 4 * GRID, 2 * GRID)
        row.setSpacing(2 * GRID)
        self.why_not = label(self, "soft", name="work.why_not")
        self.why_not.setWordWrap(True)
        row.addWidget(self.why_not, 1)
        self._buttons: dict[Move, Button] = {}
        for move in (Move.UNDO, Move.PROVIDER, Move.ORDER, Move.RETURN, Move.REJECT, Move.APPROVE):
            kind = ButtonKind.PRIMARY if move is Move.APPROVE else ButtonKind.SECONDARY
            button = Button(f"work.bar.{move}", self, kind=kind, icon_name=_ICONS[move])
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(self._pressed)
            row.addWidget(button)
            self._buttons[move] = button
        self.retranslate()

    def offer(self, moves: Collection[Move], *, why_not: str) -> None:
        """Offer these decisions; ``why_not`` says why approval is not among them."""
        self._offered = frozenset(moves)
        for move, button in self._buttons.items():
            button.setVisible(move in self._offered)
        self.why_not.setText(why_not)

    def is_offered(self, move: Move) -> bool:
        """Whether this decision may be made now."""
        return move in self._offered and not self._is_busy

    def set_busy(self, *, is_busy: bool) -> None:
        """While a decision is under way there is no other."""
        self._is_busy = is_busy
        for button in self._buttons.values():
            button.setEnabled(not is_busy)

    def _pressed(self) -> None:
        pressed = self.sender()
        self.chosen.emit(next(move for move, button in self._buttons.items() if button is pressed))

    def retranslate(self) -> None:
        said = {
            Move.APPROVE: self.tr("Approve (A)"),
            Move.REJECT: self.tr("Reject (R)"),
            Move.RETURN: self.tr("Return (D)"),
            Move.PROVIDER: self.tr("Ask the provider (P)"),
            Move.ORDER: self.tr("Write down the order (P)"),
            Move.UNDO: self.tr("Undo (U)"),
        }
        for move, button in self._buttons.items():
            button.setText(said[move])
