"""The strip beneath the header that verifies a caller: two of five data, before anything is disclosed."""

import functools
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.usecases import visits
from app.usecases.accounts import AccountHeader
from app.usecases.visits import Claim, Verification
from ui.desk.desk import Desk
from ui.kit.buttons import Button, ButtonKind, IconButton
from ui.kit.speaking import Speaking
from ui.kit.styling import label, set_look
from ui.kit.tokens import GRID
from ui.words import errors

_ATTESTED = (Claim.IDENT, Claim.NAME, Claim.ADDRESS)
_ASKED = (Claim.JMBG_LAST4, Claim.EMAIL)
_ENOUGH = 2


class VerifyStrip(Speaking, QFrame):
    """What the caller said right is ticked; what is not on the screen is typed and compared."""

    passed = Signal()

    def __init__(self, desk: Desk, ident: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("verify")
        self.setProperty("look", "strip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk = desk
        self._ident = ident
        self._header: AccountHeader | None = None
        self._is_asked = False
        self._is_sending = False
        outer = QVBoxLayout(self)
        outer.setContentsMargins(4 * GRID, 2 * GRID, 4 * GRID, 2 * GRID)
        outer.setSpacing(GRID)
        row = QHBoxLayout()
        row.setSpacing(4 * GRID)
        self._title = label(self, "strong")
        row.addWidget(self._title)
        self.ticks: dict[Claim, QCheckBox] = {}
        for claim in _ATTESTED:
            tick = QCheckBox(self)
            tick.setObjectName(f"verify.{claim}")
            tick.toggled.connect(self._count)
            row.addWidget(tick)
            self.ticks[claim] = tick
        self.said: dict[Claim, QLineEdit] = {}
        for claim in _ASKED:
            line = QLineEdit(self)
            line.setObjectName(f"verify.{claim}")
            line.textChanged.connect(self._count)
            line.returnPressed.connect(self._send)
            row.addWidget(line)
            self.said[claim] = line
        self.said[Claim.JMBG_LAST4].setMaxLength(4)
        self.said[Claim.JMBG_LAST4].setFixedWidth(190)
        self.said[Claim.EMAIL].setMinimumWidth(200)
        self.send = Button("verify.send", self, kind=ButtonKind.PRIMARY)
        self.send.clicked.connect(self._send)
        self._close = IconButton("verify.close", self, icon_name="x")
        self._close.clicked.connect(self._put_off)
        row.addStretch(1)
        row.addWidget(self.send)
        row.addWidget(self._close)
        outer.addLayout(row)
        self.outcome = label(self, "error", name="verify.outcome")
        self.outcome.hide()
        outer.addWidget(self.outcome)
        self.hide()
        self.retranslate()

    def set_header(self, header: AccountHeader) -> None:
        """Know what is on the screen for the caller's answers to be held against."""
        self._header = header
        self._close.setVisible(header.is_disclosed)
        if header.visit is not None and header.visit.is_verified:
            self.hide()

    def begin(self) -> None:
        """Show the strip; which data can be asked depends on what is on file."""
        if self._header is not None and self._header.visit is not None and self._header.visit.is_verified:
            return
        self.show()
        self.ticks[Claim.IDENT].setFocus()
        if not self._is_asked:
            self._is_asked = True
            question = functools.partial(visits.verification_choices, ident=self._ident)
            self._desk.jobs.ask(
                question, self._choices_came, screen=self, lane="choices", failed=self._failed
            )

    def _put_off(self) -> None:
        page = self.parentWidget()
        if page is not None:
            page.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()

    def _choices_came(self, choices: Sequence[Claim]) -> None:
        for claim, line in self.said.items():
            line.setVisible(claim in choices)

    def _claims(self) -> dict[Claim, bool | str]:
        claims: dict[Claim, bool | str] = {
            claim: True for claim, tick in self.ticks.items() if tick.isChecked()
        }
        claims |= {
            claim: line.text().strip()
            for claim, line in self.said.items()
            if line.text().strip() and not line.isHidden()
        }
        return claims

    def _count(self, _changed: object) -> None:
        self.send.setEnabled(len(self._claims()) >= _ENOUGH)

    def _send(self) -> None:
        claims = self._claims()
        if len(claims) < _ENOUGH or self._is_sending:
            return
        self._is_sending = True
        action = functools.partial(visits.verify_caller, ident=self._ident, claims=claims)
        self._desk.jobs.act(action, self._answered, screen=self, failed=self._failed)

    def _answered(self, verification: Verification) -> None:
        self._is_sending = False
        for claim, line in self.said.items():
            set_look(line, "invalid", verification["checks"].get(claim.value) is False)
        if verification["passed"]:
            self.outcome.hide()
            self._put_off()
            self._desk.say(self.tr("The caller is verified."))
            self.passed.emit()
            return
        self._count(None)
        left = verification["attempts_left"]
        self.outcome.setText(
            self.tr("That does not agree with what is on file.")
            + " "
            + self.tr("%n attempt(s) left this hour.", "", left)
        )
        self.outcome.show()
        wrong = [
            line for claim, line in self.said.items() if verification["checks"].get(claim.value) is False
        ]
        for line in wrong[:1]:
            line.setFocus(Qt.FocusReason.OtherFocusReason)
            line.selectAll()

    def _failed(self, error: Exception) -> None:
        self._is_sending = False
        self._count(None)
        self.outcome.setText(errors.sentence(error))
        self.outcome.show()

    def retranslate(self) -> None:
        self._title.setText(self.tr("The caller said:"))
        words = {
            Claim.IDENT: self.tr("account number"),
            Claim.NAME: self.tr("full name"),
            Claim.ADDRESS: self.tr("address"),
        }
        for claim, tick in self.ticks.items():
            tick.setText(words[claim])
            tick.setAccessibleName(words[claim])
        said = {
            Claim.JMBG_LAST4: self.tr("JMBG, last four"),
            Claim.EMAIL: self.tr("e-mail on file"),
        }
        for claim, line in self.said.items():
            line.setPlaceholderText(said[claim])
            line.setAccessibleName(said[claim])
        self.send.setText(self.tr("Verify"))
        self._close.set_words(self.tr("Not now"))
        self._count(None)
