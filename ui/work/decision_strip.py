"""Where a decision is given its reason: a strip under the request, never a box over it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.usecases.changes import ProviderChoice
from ui.kit.buttons import Button, ButtonKind
from ui.kit.fields import ChoiceField, NoteField, TextField
from ui.kit.files import ask_to_read
from ui.kit.speaking import Speaking
from ui.kit.tokens import GRID
from ui.words import text
from ui.work.decisions import Move

_LONGEST_ORDER = 60


class DecisionStrip(Speaking, QFrame):
    """Asks for what a decision needs: a reason, a provider, or the number of the provider's order."""

    confirmed = Signal()
    """What was asked for is there: the move ``asked`` for may be made."""
    put_away = Signal()
    """The strip is not seen any more."""
    dropped = Signal()
    """Esc: the decision is not made."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("work.decision")
        self.setProperty("ground", "sunken")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.asked: Move | None = None
        self._providers: Sequence[ProviderChoice] = ()
        self.path: Path | None = None
        """The scan of the provider's order; without one it was only seen on paper."""
        row = QHBoxLayout(self)
        row.setContentsMargins(4 * GRID, 2 * GRID, 4 * GRID, 2 * GRID)
        row.setSpacing(3 * GRID)
        fields = QVBoxLayout()
        fields.setSpacing(GRID)
        self.provider = ChoiceField("work.decision.provider", self)
        self.order = TextField("work.decision.order", self, limit=_LONGEST_ORDER)
        self.reason = NoteField("work.decision.reason", self, lines=2)
        for field in (self.provider, self.order, self.reason):
            fields.addWidget(field)
        self.file = Button("work.decision.file", self, kind=ButtonKind.SECONDARY, icon_name="upload")
        self.file.clicked.connect(self.choose_file)
        row.addLayout(fields, 1)
        row.addWidget(self.file, 0, Qt.AlignmentFlag.AlignBottom)
        self._drop = Button("work.decision.drop", self, kind=ButtonKind.QUIET)
        self._send = Button("work.decision.send", self, kind=ButtonKind.PRIMARY)
        self._drop.clicked.connect(self.close_strip)
        self._send.clicked.connect(self._confirm)
        row.addWidget(self._drop, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self._send, 0, Qt.AlignmentFlag.AlignBottom)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._confirm)
        self.order.committed.connect(self._order_committed)
        self.hide()
        self.retranslate()

    def begin(self, move: Move) -> None:
        """Ask for what ``move`` needs; what was typed for the same move before is still there."""
        if move is not self.asked:
            self._forget()
        self.asked = move
        self.provider.setVisible(move is Move.PROVIDER)
        self.order.setVisible(move in (Move.ORDER, Move.APPROVE))
        self.reason.setVisible(move in (Move.REJECT, Move.RETURN, Move.UNDO))
        self.file.setVisible(move is Move.ORDER)
        self._send.set_kind(ButtonKind.DANGER if move is Move.REJECT else ButtonKind.PRIMARY)
        self._send.setEnabled(True)
        self.retranslate()
        self.show()
        for field in (self.provider, self.order, self.reason):
            if not field.isHidden():
                field.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_providers(self, providers: Sequence[ProviderChoice]) -> None:
        """Offer these providers."""
        self._providers = tuple(providers)
        self.provider.set_choices([(one.id, text.listed(one.name)) for one in providers])

    def choose_file(self) -> None:
        """Ask for the scan of the provider's order."""
        ask_to_read(
            self,
            self.tr("The provider's order"),
            name="work.decision.dialog",
            kinds=self.tr("Papers (*.pdf *.png *.jpg *.jpeg *.tif *.tiff *.heic *.heif *.webp *.bmp)"),
            chosen=self.take_file,
        )

    def take_file(self, path: str) -> None:
        """Remember the scan that comes with the order."""
        self.path = Path(path)
        self.retranslate()

    def set_sending(self, *, is_sending: bool) -> None:
        """While a decision is under way it cannot be sent again."""
        self._send.setEnabled(not is_sending)

    def clear(self) -> None:
        """Forget what was typed, and put the strip away."""
        self._forget()
        self._put_away()

    def _forget(self) -> None:
        self.asked = None
        self.path = None
        self.reason.set_value("")
        self.order.set_value("")

    def close_strip(self) -> None:
        """Do not decide; what was typed is kept for as long as this request is looked at."""
        self._put_away()
        self.dropped.emit()

    def _put_away(self) -> None:
        self.hide()
        self.put_away.emit()

    def _order_committed(self) -> None:
        if self.order.line.hasFocus():
            self._confirm()

    def _confirm(self) -> None:
        if self.isHidden() or not self._send.isEnabled():
            return
        if not self.reason.isHidden() and not self.reason.value():
            self.reason.set_error(self.tr("Write the reason: the applicant will read it."))
            self.reason.setFocus()
        elif not self.order.isHidden() and not self.order.value():
            self.order.set_error(self.tr("Write the number of the order."))
            self.order.setFocus()
        else:
            self.confirmed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_strip()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        self._drop.setText(self.tr("Leave it (Esc)"))
        self.provider.set_label(self.tr("Provider who is asked"))
        self.order.set_label(self.tr("Number of the provider's order"))
        self.file.setText(self.path.name if self.path is not None else self.tr("Scan of the order…"))
        label, button = self._words()
        self.reason.set_label(label)
        self._send.setText(f"{button} (Ctrl+Enter)")
        self.set_providers(self._providers)

    def _words(self) -> tuple[str, str]:
        """Return what the reason is for, and what the button does."""
        match self.asked:
            case Move.REJECT:
                return self.tr("Reason, as it stands in the decision"), self.tr("Reject")
            case Move.RETURN:
                return self.tr("What has to be completed"), self.tr("Return")
            case Move.UNDO:
                return self.tr("Why the change is taken back"), self.tr("File its undoing")
            case Move.PROVIDER:
                return "", self.tr("Send")
            case Move.APPROVE:
                return "", self.tr("Approve")
        return "", self.tr("Save")
