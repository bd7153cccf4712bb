"""The header of an account: who, what, where, the six sums of the portal, and what needs attention."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.usecases.accounts import AccountHeader, AlertTarget
from ui.accounts import alerts
from ui.kit.banners import AlertRow
from ui.kit.buttons import Button, ButtonKind
from ui.kit.labels import Badge, SumTile
from ui.kit.speaking import Speaking
from ui.kit.styling import label, set_tip
from ui.kit.tokens import GRID
from ui.words import states, text
from ui.words.tones import Tone

_SUMS = ("total", "current_month", "unsued", "sued", "plan", "overpaid")
_TONES = {
    "total": None,
    "current_month": None,
    "unsued": Tone.WARN,
    "sued": Tone.BAD,
    "plan": Tone.PLAN,
    "overpaid": Tone.GOOD,
}


class HeaderCard(Speaking, QFrame):
    """Stays on top of every section of the account."""

    alert_chosen = Signal(AlertTarget)
    verify_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("account.header")
        self._header: AccountHeader | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        column.addLayout(self._make_who())
        sums = QHBoxLayout()
        sums.setSpacing(8 * GRID)
        self.sums = {name: SumTile(f"account.sum.{name}", self, leading=name == "total") for name in _SUMS}
        for tile in self.sums.values():
            sums.addWidget(tile)
        sums.addStretch(1)
        column.addLayout(sums)
        self.alerts = AlertRow("account.alerts", self)
        self.alerts.action_chosen.connect(self._alert_pressed)
        column.addWidget(self.alerts)
        self.retranslate()

    def _make_who(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(3 * GRID)
        self.name = label(self, "title", name="account.name")
        self.where = label(self, "soft", name="account.where")
        self.ident = label(self, "strong", name="account.ident")
        self.closed = Badge("account.closed", self)
        self.verified = Badge("account.verified", self)
        self.verify = Button("account.verify", self, kind=ButtonKind.SECONDARY, icon_name="shield-check")
        self.verify.clicked.connect(self.verify_asked)
        row.addWidget(self.name)
        row.addWidget(self.where, 1)
        row.addWidget(self.closed)
        row.addWidget(self.verified)
        row.addWidget(self.ident)
        row.addWidget(self.verify)
        return row

    def show_header(self, header: AccountHeader) -> None:
        """Show what may be seen of the account."""
        self._header = header
        self.retranslate()
        self.show()  # an account that was refused hid it

    def clear(self) -> None:
        """Show nothing, as before the first account."""
        self._header = None
        for words in (self.name, self.where, self.ident):
            words.clear()
        for badge in (self.closed, self.verified):
            badge.set_state("", Tone.NEUTRAL)
        for tile in self.sums.values():
            tile.set_hidden_amount("")
        self.verify.show()
        self.alerts.set_alerts([])
        self.show()

    def _alert_pressed(self, name: str) -> None:
        for fact in self._header.alerts if self._header is not None else ():
            if fact.kind == name:
                self.alert_chosen.emit(fact.target)

    def retranslate(self) -> None:
        titles = {
            "total": self.tr("Total"),
            "current_month": self.tr("This month"),
            "unsued": self.tr("Unsued"),
            "sued": self.tr("Sued"),
            "plan": self.tr("Plan"),
            "overpaid": self.tr("Overpaid"),
        }
        for name, tile in self.sums.items():
            tile.set_title(titles[name])
        self.verify.setText(self.tr("Verify"))
        set_tip(self.verify, self.tr("Verify the caller (Ctrl+Shift+V)"))
        if self._header is not None:
            self._say(self._header)

    def _say(self, header: AccountHeader) -> None:
        self.name.setText(header.name)
        self.where.setText(_premises(header))
        self.ident.setText(text.ident(header.ident))
        self.closed.set_state(self.tr("closed") if header.is_closed else "", Tone.NEUTRAL)
        is_verified = header.visit is not None and header.visit.is_verified
        self.verified.set_state(self.tr("caller verified") if is_verified else "", Tone.GOOD)
        self.verify.setVisible(not is_verified)
        for name, tile in self.sums.items():
            if header.sums is None:
                tile.set_hidden_amount("•••")
            else:
                tile.set_amount(getattr(header.sums, name), tone=_TONES[name])
        self.alerts.set_alerts([alerts.say(fact) for fact in header.alerts])


def _premises(header: AccountHeader) -> str:
    parts = []
    if header.premises_kind is not None:
        kind = states.word(header.premises_kind)
        parts.append(f"{kind} {text.quantity(header.area)} m²" if header.area is not None else kind)
    parts.append(header.address)
    return " · ".join(part for part in parts if part)
