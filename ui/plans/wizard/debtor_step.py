"""What the contract says of the debtor: begun with what is on file, and who signs for a company."""

from collections.abc import Mapping
from dataclasses import asdict, replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.domain.plans import Payer
from app.usecases.plans import DebtorFields
from ui.kit.fields import TextField
from ui.kit.labels import Item, KeyValueGrid
from ui.kit.scrolled import ScrolledColumn
from ui.kit.speaking import Speaking
from ui.kit.styling import label
from ui.kit.tokens import GRID
from ui.plans.wizard.model import PlanModel
from ui.words import states, text

_LIMITS = {
    "name": 200, "address": 200, "id_card": 20, "id_card_issuer": 80, "phone": 40, "email": 254,
    "representative": 120, "representative_basis": 200, "note": 400,
}  # fmt: skip
_OF_A_PERSON = ("id_card", "id_card_issuer")
_WIDE = ("address", "note")


class DebtorStep(Speaking, QWidget):
    """The fields; Enter leads through them and on."""

    confirmed = Signal()
    """Enter in the last field."""
    edited = Signal()

    def __init__(self, model: PlanModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        scroll = ScrolledColumn(self)
        column = scroll.column
        around.addWidget(scroll)
        inside = scroll.inside
        self._head = label(inside, "section", name="plan.debtor.on_file.head")
        self._on_file = KeyValueGrid("plan.debtor.on_file", inside, across=3)
        self._ask = label(inside, "section", name="plan.debtor.head")
        form = QWidget(inside)
        form.setMaximumWidth(220 * GRID)
        grid = QGridLayout(form)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(4 * GRID)
        grid.setVerticalSpacing(3 * GRID)
        self.fields: dict[str, TextField] = {}
        place = 0
        for name, limit in _LIMITS.items():
            field = TextField(f"plan.debtor.{name}", form, limit=limit)
            field.edited.connect(self.edited)
            if name in _WIDE:
                place += place % 2
                grid.addWidget(field, place // 2, 0, 1, 2)
                place += 2
            else:
                grid.addWidget(field, place // 2, place % 2)
                place += 1
            self.fields[name] = field
        self.fields["note"].editor.installEventFilter(self)
        for at, widget in enumerate((self._head, self._on_file, self._ask, form)):
            column.insertWidget(at, widget)
        self.retranslate()

    def begin(self, typed: Mapping[str, object]) -> None:
        """Begin with what is on file, and over it what was typed earlier."""
        ground = self._model.ground
        if ground is None:
            return
        shown = asdict(ground.on_file.fields) | {
            name: str(value) for name, value in typed.items() if name in _LIMITS
        }
        for name, field in self.fields.items():
            field.set_value(shown[name])
        self.show_payer()

    def show_payer(self) -> None:
        """Ask for what a contract with this kind of customer needs."""
        is_company = self._model.payer is Payer.COMPANY
        for name in _OF_A_PERSON:
            self.fields[name].setVisible(not is_company)
        self._say_labels()
        self._say_file()

    def values(self) -> DebtorFields:
        """Return what the contract will say."""
        typed = {name: field.value() for name, field in self.fields.items()}
        if self._model.payer is Payer.COMPANY:
            typed |= dict.fromkeys(_OF_A_PERSON, "")
        return replace(DebtorFields(), **typed)

    def typed(self) -> dict[str, str]:
        """Return what differs from what is on file, to be kept on disk."""
        ground = self._model.ground
        stored = asdict(ground.on_file.fields) if ground is not None else {}
        return {
            name: field.value() for name, field in self.fields.items() if field.value() != stored.get(name)
        }

    def is_complete(self) -> bool:
        """Mark what is missing, go there, and tell whether nothing is."""
        needed = ["name", "address"]
        if self._model.payer is Payer.COMPANY:
            needed += ["representative", "representative_basis"]
        missing = [name for name in needed if not self.fields[name].value()]
        for name in missing:
            self.fields[name].set_error(self.tr("The contract cannot be without it."))
        if missing:
            self.fields[missing[0]].setFocus()
        return not missing

    def show_refusal(self, name: str, sentence: str) -> bool:
        """Say what is wrong beside its field; False when there is no such field."""
        field = self.fields.get(name)
        if field is not None:
            field.set_error(sentence)
            field.setFocus()
        return field is not None

    def take_keyboard(self) -> None:
        """Put the cursor into the first field that is still empty."""
        seen = [field for field in self.fields.values() if not field.isHidden()]
        (next((field for field in seen if not field.value()), seen[0])).setFocus(
            Qt.FocusReason.TabFocusReason
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            self.confirmed.emit()
            return True
        return super().eventFilter(watched, event)

    def _say_file(self) -> None:
        ground = self._model.ground
        if ground is None:
            return
        known = ground.on_file
        items = [
            ("ident", self.tr("Account"), text.ident(self._model.ident)),
            ("payer", self.tr("Repays as"), states.word(self._model.payer)),
        ]
        items += [("jmbg", self.tr("JMBG"), known.jmbg_masked)] if known.jmbg_masked else []
        items += [("pib", self.tr("PIB"), known.pib)] if known.pib else []
        if known.company_number:
            items.append(("company_number", self.tr("Company number"), known.company_number))
        self._on_file.set_items([Item(name=name, title=title, value=value) for name, title, value in items])

    def _say_labels(self) -> None:
        is_company = self._model.payer is Payer.COMPANY
        labels = {
            "name": self.tr("Business name") if is_company else self.tr("Name"),
            "address": self.tr("Seat") if is_company else self.tr("Address"),
            "id_card": self.tr("Identity card"),
            "id_card_issuer": self.tr("Issued by"),
            "phone": self.tr("Phone"),
            "email": self.tr("E-mail"),
            "representative": (
                self.tr("Who signs for the company")
                if is_company
                else self.tr("Who signs, if not the debtor")
            ),
            "representative_basis": self.tr("On what basis"),
            "note": self.tr("Note"),
        }
        for name, words in labels.items():
            self.fields[name].set_label(words)

    def retranslate(self) -> None:
        self._head.setText(self.tr("On file"))
        self._ask.setText(self.tr("In the contract"))
        self._say_labels()
        self._say_file()
