"""Strips over a plan that ask for what an act needs: a reason, a certification, a payment."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.usecases.plans import LeftOver
from ui.kit.banners import Banner
from ui.kit.buttons import Button, ButtonKind
from ui.kit.fields import ChoiceField, DateField, FormField, NoteField, TextField
from ui.kit.speaking import Speaking
from ui.kit.styling import label
from ui.kit.tokens import GRID
from ui.words import states, text
from ui.words.tones import Tone

_LONGEST_NUMBER = 60


class ActStrip(Speaking, QFrame):
    """Base of the strips: fields, what is wrong above them; Ctrl+Enter does it, Esc leaves it."""

    given = Signal()
    """What was asked for is there."""
    left = Signal()
    """It was put away with the cursor in it, which must go somewhere."""

    def __init__(self, name: str, parent: QWidget, *, kind: ButtonKind = ButtonKind.PRIMARY) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("look", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        self.title = label(self, "section", name=f"{name}.title")
        self.explanation = label(self, "soft", name=f"{name}.explanation")
        self.explanation.setWordWrap(True)
        self.trouble = Banner(f"{name}.trouble", self)
        self.fields = QHBoxLayout()
        self.fields.setSpacing(3 * GRID)
        self.under = QVBoxLayout()
        self.under.setSpacing(GRID)
        across = QHBoxLayout()
        across.setSpacing(3 * GRID)
        across.addLayout(self.fields, 1)
        self.leave = Button(f"{name}.leave", self, kind=ButtonKind.QUIET)
        self.give = Button(f"{name}.give", self, kind=kind)
        self.leave.clicked.connect(self.close_strip)
        self.give.clicked.connect(self._give)
        for button in (self.leave, self.give):
            across.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        column.addWidget(self.title)
        column.addWidget(self.explanation)
        column.addWidget(self.trouble)
        column.addLayout(across)
        column.addLayout(self.under)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._give)
        self.hide()

    @property
    def named_fields(self) -> dict[str, FormField]:
        """The fields by the names that refusals know them by."""
        return {}

    def first_field(self) -> QWidget:
        """Return where the cursor begins."""
        return next(iter(self.named_fields.values()), self.give)

    def begin(self) -> None:
        """Ask, with empty fields unless the strip is open already."""
        if self.isHidden():
            self.forget()
            self.show()
        self.first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Empty the fields."""
        self.trouble.clear()
        self.set_sending(is_sending=False)

    def close_strip(self) -> None:
        """Ask no more, and forget what was typed."""
        here = self.window().focusWidget()
        held = here is not None and self.isAncestorOf(here)
        self.hide()
        self.forget()
        if held:
            self.left.emit()

    def set_sending(self, *, is_sending: bool) -> None:
        """While it is being done it cannot be done again."""
        self.give.setEnabled(not is_sending)

    def show_error(self, sentence: str, *, field: str = "") -> None:
        """Say why it was not done, beside the field it is about where there is one; what was typed stays."""
        self.set_sending(is_sending=False)
        beside = self.named_fields.get(field)
        if beside is None:
            self.trouble.tell(sentence, tone=Tone.BAD)
            self.show()
        else:
            beside.set_error(sentence)
            beside.setFocus(Qt.FocusReason.OtherFocusReason)

    def problem(self) -> tuple[FormField, str] | None:
        """Return the first field that cannot be, and why."""
        return None

    def _give(self) -> None:
        if self.isHidden() or not self.give.isEnabled():
            return
        self.trouble.clear()
        found = self.problem()
        if found is None:
            self.set_sending(is_sending=True)
            self.given.emit()
        else:
            field, sentence = found
            field.set_error(sentence)
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_strip()
        else:
            super().keyPressEvent(event)

    def set_words(self, title: str, explanation: str, give: str) -> None:
        """Say what the strip is for."""
        self.title.setText(title)
        self.explanation.setText(explanation)
        self.explanation.setVisible(bool(explanation))
        self.setAccessibleName(title)
        self.give.setText(self.tr("{0} (Ctrl+Enter)").format(give))
        self.leave.setText(self.tr("Leave it (Esc)"))


class EndingStrip(ActStrip):
    """Asks why a plan is cancelled, or why its registration is taken back."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("plan.ending", parent, kind=ButtonKind.DANGER)
        self.is_undoing = False
        self._is_in_force = True
        self.reason = NoteField("plan.reason", self, lines=2)
        self.fields.addWidget(self.reason, 1)
        self.retranslate()

    @property
    def named_fields(self) -> dict[str, FormField]:
        return {"reason": self.reason}

    def begin_for(self, *, is_undoing: bool, is_in_force: bool) -> None:
        """Ask why, for the one or the other."""
        if is_undoing is not self.is_undoing:
            self.close_strip()
        self.is_undoing = is_undoing
        self._is_in_force = is_in_force
        self.retranslate()
        self.begin()

    def forget(self) -> None:
        super().forget()
        self.reason.set_value("")

    def problem(self) -> tuple[FormField, str] | None:
        if self.reason.value():
            return None
        return self.reason, self.tr("Write why; the reason stays in the history of the plan.")

    def retranslate(self) -> None:
        if self.is_undoing:
            self.set_words(
                self.tr("Undo the registration"),
                self.tr("The contract ends as if it had not been signed; its number stays used."),
                self.tr("Undo"),
            )
            self.reason.set_label(self.tr("Why the registration is taken back"))
        else:
            ended = self.tr(
                "What was paid under it is credited to costs and to the oldest months; what was written"
                " off is owed again, interest resumes, and enforcement goes on."
            )
            waiting = self.tr("The contract ends without having come into force; its number stays used.")
            self.set_words(
                self.tr("Cancel the plan"), ended if self._is_in_force else waiting, self.tr("Cancel it")
            )
            self.reason.set_label(self.tr("Why the plan is cancelled"))


class CertifyStrip(ActStrip):
    """Asks for the number under which a notary certified the signature, and the day."""

    def __init__(self, parent: QWidget, *, today: Callable[[], date]) -> None:
        super().__init__("plan.certify", parent)
        self._today = today
        self.number = TextField("plan.certify.number", self, limit=_LONGEST_NUMBER)
        self.day = DateField("plan.certify.day", self, today=today)
        self.fields.addWidget(self.number, 2)
        self.fields.addWidget(self.day)
        self.fields.addStretch(1)
        self.retranslate()

    @property
    def named_fields(self) -> dict[str, FormField]:
        return {"certification_number": self.number, "certified_on": self.day}

    def forget(self) -> None:
        super().forget()
        self.number.set_value("")
        self.day.set_day(self._today())

    def problem(self) -> tuple[FormField, str] | None:
        if not self.number.value():
            return self.number, self.tr("Write the number of the certification, as on the contract.")
        if self.day.day() is None:
            return self.day, self.tr("Write the day of the certification: 15, 15.3 or t for today.")
        return None

    def retranslate(self) -> None:
        self.set_words(
            self.tr("Certify the contract"),
            self.tr("The plan comes into force: interest stops, reminders and enforcement are held."),
            self.tr("Certify"),
        )
        self.number.set_label(self.tr("Number of the notary (UOP)"))
        self.number.set_placeholder("UOP: 1234-2026")
        self.day.set_label(self.tr("Certified on"))


class BookStrip(ActStrip):
    """Asks which payment is set against the plan: those of which something is left over."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("plan.book", parent)
        self._payments: Sequence[LeftOver] = ()
        self.payment = ChoiceField("plan.book.payment", self)
        self.payment.let_shrink()
        self.fields.addWidget(self.payment, 1)
        self.retranslate()

    @property
    def named_fields(self) -> dict[str, FormField]:
        return {"payment": self.payment}

    @property
    def chosen(self) -> LeftOver | None:
        """The payment that is chosen."""
        wanted = self.payment.value()
        return next((one for one in self._payments if one.payment_id == wanted), None)

    def set_payments(self, payments: Sequence[LeftOver]) -> None:
        """Offer these payments; with none left the strip is put away."""
        self._payments = tuple(payments)
        self.payment.set_choices([(one.payment_id, _payment_words(one)) for one in payments])
        if not payments:
            self.close_strip()

    def retranslate(self) -> None:
        self.set_words(
            self.tr("Set a payment against the plan"),
            self.tr("It settles the instalments in their order; what is too much stays with the account."),
            self.tr("Book it"),
        )
        self.payment.set_label(self.tr("Payment with something left over"))
        if self._payments:
            self.set_payments(self._payments)


def _payment_words(one: LeftOver) -> str:
    parts = (
        text.money_rsd(one.left),
        text.day(one.received_on),
        states.word(one.channel),
        one.reference,
        one.payer,
    )
    return " · ".join(part for part in parts if part)
