"""The strip beneath the header that verifies a caller: two data that agree, before anything is disclosed.

What led to the account stands on the screen, so it is ticked and counts once.
What is typed stands on no screen yet, and the database compares it.
"""

import functools
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.money import NotMoney, parse_rsd
from app.usecases import visits
from app.usecases.accounts import AccountHeader
from app.usecases.visits import Claim, Said, SaidPayment, Verification
from ui.desk.desk import Desk
from ui.kit.buttons import Button, ButtonKind, IconButton
from ui.kit.dates import NotADay, read_day
from ui.kit.speaking import Speaking
from ui.kit.styling import label, set_look
from ui.kit.tokens import GRID
from ui.words import errors, states

_ATTESTED = tuple(claim for claim in Claim if claim.is_attested)
_TYPED = tuple(claim for claim in Claim if not claim.is_attested)
_WIDTHS = {Claim.EMAIL: 60, Claim.JMBG_LAST4: 44}
_WIDTH = 48


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
        self._choices: Sequence[Claim] | None = None
        self._is_sending = False
        outer = QVBoxLayout(self)
        outer.setContentsMargins(4 * GRID, 2 * GRID, 4 * GRID, 2 * GRID)
        outer.setSpacing(2 * GRID)
        outer.addLayout(self._make_ticks())
        outer.addLayout(self._make_lines())
        self.outcome = label(self, "error", name="verify.outcome")
        self.outcome.hide()
        outer.addWidget(self.outcome)
        self.hide()
        self.retranslate()

    def _make_ticks(self) -> QHBoxLayout:
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
        row.addStretch(1)
        return row

    def _make_lines(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        self.said: dict[Claim, QLineEdit] = {}
        for claim in _TYPED:
            self.said[claim] = self._make_line(str(claim), row, width=_WIDTHS.get(claim, _WIDTH))
            if claim is Claim.PAYMENT:
                self.paid_on = self._make_line("payment_day", row, width=_WIDTH)
        self.said[Claim.JMBG_LAST4].setMaxLength(4)
        self.send = Button("verify.send", self, kind=ButtonKind.PRIMARY)
        self.send.clicked.connect(self._send)
        self._close = IconButton("verify.close", self, icon_name="x")
        self._close.clicked.connect(self._put_off)
        row.addStretch(1)
        row.addWidget(self.send)
        row.addWidget(self._close)
        return row

    def _make_line(self, name: str, row: QHBoxLayout, *, width: int) -> QLineEdit:
        line = QLineEdit(self)
        line.setObjectName(f"verify.{name}")
        line.setMaximumWidth(width * GRID)
        line.textChanged.connect(self._count)
        line.returnPressed.connect(self._enter)
        line.hide()  # until it is known what is on file
        row.addWidget(line, width)
        return line

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
        if self._choices is None:
            self._choices = ()
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
        self._choices = choices
        for claim, line in self.said.items():
            line.setVisible(claim in choices)
        self.paid_on.setVisible(Claim.PAYMENT in choices)
        self._say_nothing_on_file()

    def _say_nothing_on_file(self) -> None:
        if self._choices and all(claim.is_attested for claim in self._choices):
            self.outcome.setText(
                self.tr(
                    "Nothing is on file that could verify a caller here. "
                    "Ask them to come to a counter with an identity card."
                )
            )
            self.outcome.show()

    # what was said -------------------------------------------------------------------------------

    def _claims(self) -> tuple[dict[Claim, Said], list[QLineEdit]]:
        """Return what was said, and the lines that cannot be read."""
        claims: dict[Claim, Said] = {claim: True for claim, tick in self.ticks.items() if tick.isChecked()}
        unread: list[QLineEdit] = []
        for claim, line in self.said.items():
            typed = line.text().strip()
            if line.isHidden() or not (typed or (claim is Claim.PAYMENT and self.paid_on.text().strip())):
                continue
            if claim not in (Claim.PAYMENT, Claim.BILL_AMOUNT):
                claims[claim] = typed
                continue
            amount, day = _amount(typed), self._day()
            if amount is None:
                unread.append(line)
            elif claim is Claim.BILL_AMOUNT:
                claims[claim] = amount
            elif day is None:
                unread.append(self.paid_on)
            else:
                claims[claim] = SaidPayment(amount, day)
        return claims, unread

    def _day(self) -> date | None:
        today = self._desk.today
        try:
            day = read_day(self.paid_on.text(), today=today)
        except NotADay:
            return None
        if day is not None and day > today and day.year == today.year:
            day = read_day(f"{day.day}.{day.month}.{today.year - 1}", today=today)  # "28.12." said in January
        return day

    def _count(self, _changed: object) -> None:
        claims, unread = self._claims()
        self.send.setEnabled(not unread and visits.is_enough(claims))

    def _enter(self) -> None:
        claims, unread = self._claims()
        if unread or not visits.is_enough(claims):
            for line in (*self.said.values(), self.paid_on):
                set_look(line, "invalid", line in unread and bool(line.text().strip()))
            self.focusNextChild()
        else:
            self._send()

    def _send(self) -> None:
        claims, unread = self._claims()
        if unread or not visits.is_enough(claims) or self._is_sending:
            return
        self._is_sending = True
        action = functools.partial(visits.verify_caller, ident=self._ident, claims=claims)
        self._desk.jobs.act(action, self._answered, screen=self, failed=self._failed)

    def _answered(self, verification: Verification) -> None:
        self._is_sending = False
        wrong = [claim for claim in Claim if verification["checks"].get(claim.value) is False]
        for claim, line in self.said.items():
            set_look(line, "invalid", claim in wrong)
        set_look(self.paid_on, "invalid", Claim.PAYMENT in wrong)
        if verification["passed"]:
            self.outcome.hide()
            self._put_off()
            self._desk.say(self.tr("The caller is verified."))
            self.passed.emit()
            return
        self._count(None)
        left = verification["attempts_left"]
        self.outcome.setText(
            self.tr("That is not what is on file: {0}.").format(", ".join(map(states.word, wrong)))
            + " "
            + self.tr("%n attempt(s) left this hour.", "", left)
        )
        self.outcome.show()
        for claim in wrong[:1]:
            self.said[claim].setFocus(Qt.FocusReason.OtherFocusReason)
            self.said[claim].selectAll()

    def _failed(self, error: Exception) -> None:
        self._is_sending = False
        self._count(None)
        self.outcome.setText(errors.sentence(error))
        self.outcome.show()

    def retranslate(self) -> None:
        self._title.setText(self.tr("The caller said:"))
        for claim, tick in self.ticks.items():
            tick.setText(states.word(claim))
            tick.setAccessibleName(states.word(claim))
        said = {
            Claim.JMBG_LAST4: self.tr("JMBG, last four"),
            Claim.PHONE: self.tr("telephone on file"),
            Claim.EMAIL: self.tr("e-mail on file"),
            Claim.PAYMENT: self.tr("last payment, amount"),
            Claim.BILL_AMOUNT: self.tr("amount of the bill"),
        }
        lines = [*((self.said[claim], words) for claim, words in said.items())]
        for line, words in (*lines, (self.paid_on, self.tr("day of payment"))):
            line.setPlaceholderText(words)
            line.setAccessibleName(words)
        self.send.setText(self.tr("Verify"))
        self._close.set_words(self.tr("Not now"))
        self._say_nothing_on_file()
        self._count(None)


def _amount(typed: str) -> Decimal | None:
    try:
        return parse_rsd(typed)
    except NotMoney:
        return None
