"""The form of a programme: every term of it, each with its own word of what is wrong."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.plans import FirstDue, InterestRelief
from app.usecases.staff import Role
from ui.desk.desk import Desk
from ui.kit.fields import ChoiceField, DateField, FlagField, FormField, MoneyField, NoteField, TextField
from ui.kit.flow import FlowLayout
from ui.kit.speaking import Speaking
from ui.kit.styling import label
from ui.kit.tokens import GRID
from ui.programmes import words
from ui.programmes.payer_grid import PayerGrid
from ui.programmes.typed import FLAGS, GRIDS, LONGEST, SIGNING_ROLES, FieldFault, Values
from ui.words import states

_LIMITS = tuple(f"most_{role.value}" for role in SIGNING_ROLES)
_COUNTS = ("least_unsued_bills", "first_due_days", "missed_instalments", "unpaid_bills", "days_of_grace")
_DAYS = ("valid_from", "last_day", "due_until")
_AMOUNTS = ("least_instalment", *_LIMITS)
_NARROW, _DAY = 50 * GRID, 36 * GRID

_GROUPS: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = (
    ("decision", (("code", "name"), ("valid_from", "last_day", "decision"), ("legal_basis",), ("note",))),
    ("ladder", (("ladder",), ("takes_other_counts",))),
    ("sizes", (("sizes",),)),
    ("debts", (("takes_unsued", "takes_sued", "up_to_last_sued"), ("due_until", "least_unsued_bills"))),
    (
        "paying",
        (
            ("interest", "first_due", "first_due_days"),
            ("least_instalment", "down_payment_percent"),
            ("is_certified",),
        ),
    ),
    ("breach", (("missed_instalments", "unpaid_bills", "days_of_grace"), ("may_replan",))),
    ("limits", (_LIMITS,)),
    ("unconfirmed", (("unconfirmed",),)),
)


class TermsForm(Speaking, QWidget):
    """All fields of a version; what was typed is ``values()``."""

    edited = Signal()
    committed = Signal()
    """A field was left after a change: it can be looked at."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("programme.form")
        self._desk = desk
        self._touched: set[str] = set()
        self._told: set[str] = set()
        """Fields the server had something to say of, until they are typed in."""
        self._fields: dict[str, FormField] = {}
        self._grids: dict[str, PayerGrid] = {}
        self._titles = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        for group, lines in _GROUPS:
            title = label(self, "section", name=f"programme.group.{group}")
            self._titles[group] = title
            column.addWidget(title)
            for line in lines:
                column.addLayout(self._make_line(line))
            column.addSpacing(GRID)
        self.retranslate()

    # building ------------------------------------------------------------------------------------

    def _make_line(self, names: Sequence[str]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(3 * GRID)
        for name in names:
            if name in GRIDS:
                row.addWidget(self._make_grid(name), 1)
            elif name == "unconfirmed":
                row.addWidget(self._make_unconfirmed(), 1)
            else:
                field = self._make_field(name)
                wide = isinstance(field, (ChoiceField, NoteField)) or name in (
                    "name",
                    "decision",
                    "legal_basis",
                )
                row.addWidget(field, 3 if name == "interest" else 2 if wide else 0)
        if not any(row.stretch(place) for place in range(row.count())):
            row.addStretch(1)
        return row

    def _make_field(self, name: str) -> FormField:
        full = f"programme.{name}"
        field: FormField
        if name in FLAGS:
            field = FlagField(full, self)
        elif name in _DAYS:
            field = DateField(full, self, today=self._today)
        elif name in _AMOUNTS:
            field = MoneyField(full, self)
        elif name in ("interest", "first_due"):
            field = ChoiceField(full, self)
            field.let_shrink()
        elif name == "note":
            field = NoteField(full, self, lines=2)
        else:
            field = TextField(full, self, limit=LONGEST.get(name, 12))
        if isinstance(field, TextField) and name not in LONGEST:
            field.setFixedWidth(_DAY if name in _DAYS else _NARROW)
            field.line.setMaximumWidth(_DAY)
            if name not in _DAYS:
                field.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        if name == "code":
            field.setFixedWidth(_DAY)
        self._fields[name] = field
        field.edited.connect(self._edited)
        field.committed.connect(self._left)
        return field

    def _make_grid(self, name: str) -> PayerGrid:
        grid = PayerGrid(f"programme.{name}", self)
        grid.edited.connect(self._edited)
        grid.committed.connect(self._left)
        self._grids[name] = grid
        return grid

    def _make_unconfirmed(self) -> QWidget:
        holder = QWidget(self)
        holder.setObjectName("programme.unconfirmed")
        flow = FlowLayout(holder, gap=3 * GRID)
        self._unconfirmed: dict[str, QCheckBox] = {}
        for term in words.TERMS:
            box = QCheckBox(holder)
            box.setObjectName(f"programme.unconfirmed.{term}")
            box.clicked.connect(self._edited)
            flow.addWidget(box)
            self._unconfirmed[term] = box
        self._unknown_terms: list[str] = []
        return holder

    def _today(self) -> date:
        return self._desk.today

    # what stands in it ---------------------------------------------------------------------------

    def values(self) -> dict[str, Any]:
        """Return what was typed."""
        found: dict[str, Any] = {name: grid.rows() for name, grid in self._grids.items()}
        for name, field in self._fields.items():
            found[name] = field.value()  # type: ignore[attr-defined]
        for name, kind in (("interest", InterestRelief), ("first_due", FirstDue)):
            found[name] = str(kind(found[name]).value)
        ticked = [term for term, box in self._unconfirmed.items() if box.isChecked()]
        found["unconfirmed"] = sorted([*ticked, *self._unknown_terms])
        return found

    def set_values(self, values: Values, *, is_named_here: bool) -> None:
        """Show these texts; only a new programme is given its code and its name here."""
        self._touched.clear()
        self._told.clear()
        for name, grid in self._grids.items():
            grid.set_rows(values[name])
        for name, field in self._fields.items():
            if name == "interest":
                field.set_value(InterestRelief(values[name]))  # type: ignore[attr-defined]
            elif name == "first_due":
                field.set_value(FirstDue(values[name]))  # type: ignore[attr-defined]
            else:
                field.set_value(values[name])  # type: ignore[attr-defined]
        for term, box in self._unconfirmed.items():
            box.setChecked(term in values["unconfirmed"])
        self._unknown_terms = [term for term in values["unconfirmed"] if term not in self._unconfirmed]
        for name in ("code", "name"):
            self._fields[name].setVisible(is_named_here)
        self._show_days()

    def show_faults(self, faults: Mapping[str, FieldFault], *, everywhere: bool = False) -> None:
        """Say beside each field why it cannot stay; of fields nobody touched only ``everywhere``."""
        if everywhere:
            self._touched |= set(faults)
        for name, field in self._inputs():
            fault = faults.get(name)
            if fault is not None and name in self._touched:
                field.set_error(words.fault_words(name, fault))
            elif name not in self._told:
                field.clear_error()

    def show_error(self, name: str, sentence: str) -> bool:
        """Say of one field what the server said of it; False where the form has no such field."""
        for known, field in self._inputs():
            if known == name:
                self._told.add(name)
                field.set_error(sentence)
                self._go_to(field)
                return True
        return False

    def go_to_fault(self) -> None:
        """Put the cursor where something is wrong."""
        for _, field in self._inputs():
            if field.error:
                self._go_to(field)
                return

    def take_keyboard(self) -> None:
        """Put the cursor into the first field."""
        first = self._fields["code"]
        (first if not first.isHidden() else self._fields["valid_from"]).setFocus(
            Qt.FocusReason.OtherFocusReason
        )

    def field(self, name: str) -> FormField:
        """Return a field of the form."""
        return self._fields[name]

    def grid(self, name: str) -> PayerGrid:
        """Return the ladder, or the rules of sizes."""
        return self._grids[name]

    def _inputs(self) -> Iterable[tuple[str, FormField | PayerGrid]]:
        for _, lines in _GROUPS:
            for line in lines:
                for name in line:
                    if name in self._grids:
                        yield name, self._grids[name]
                    elif name in self._fields:
                        yield name, self._fields[name]

    def _go_to(self, field: FormField | PayerGrid) -> None:
        if isinstance(field, PayerGrid):
            field.take_keyboard()
        else:
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _edited(self) -> None:
        self._note_touched()
        self._show_days()
        self.edited.emit()

    def _left(self) -> None:
        self.committed.emit()

    def _note_touched(self) -> None:
        sender = self.sender()
        if isinstance(sender, (FormField, PayerGrid)):
            name = sender.objectName().removeprefix("programme.")
            self._touched.add(name)
            self._told.discard(name)

    def _show_days(self) -> None:
        chosen = self._fields["first_due"].value()  # type: ignore[attr-defined]
        self._fields["first_due_days"].setVisible(chosen is FirstDue.DAYS_AFTER_SIGNING)

    # words ---------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        titles = {
            "decision": self.tr("Decision and validity"),
            "ladder": self.tr("Instalments and percent off the principal"),
            "sizes": self.tr("Most instalments by the size of the debt"),
            "debts": self.tr("Which debts"),
            "paying": self.tr("Interest and instalments"),
            "breach": self.tr("When a plan is broken"),
            "limits": self.tr("Who may sign for how much"),
            "unconfirmed": self.tr("Terms no published source confirms"),
        }
        for group, title in self._titles.items():
            title.setText(titles[group])
        for name, field in self._fields.items():
            if isinstance(field, FlagField):
                field.set_label("")
                field.set_words(words.name_of(name))
                field.set_name(words.name_of(name))
            else:
                field.set_label(words.name_of(name), hint=self._hint(name))
        for name, kind in (("interest", InterestRelief), ("first_due", FirstDue)):
            self._fields[name].set_choices([(one, states.word(one)) for one in kind])  # type: ignore[attr-defined]
        self._grids["ladder"].set_words(
            self.tr("Up to, instalments"),
            self.tr(
                "How much percent off so many instalments earn; an empty cell offers none to that payer."
            ),
            name=words.name_of("ladder"),
        )
        self._grids["sizes"].set_words(
            self.tr("Debt up to"),
            self.tr("Most instalments for a debt of that size; a row without a size is for any larger one."),
            name=words.name_of("sizes"),
        )
        for term, box in self._unconfirmed.items():
            box.setText(words.term_word(term))

    def _hint(self, name: str) -> str:
        hints = {
            "last_day": self.tr("Empty: until further notice."),
            "due_until": self.tr("Empty: any overdue month."),
            f"most_{Role.CLERK.value}": self.tr("Empty: no limit."),
            f"most_{Role.SUPERVISOR.value}": self.tr("Empty: no limit."),
            "missed_instalments": self.tr("0: does not count."),
            "unpaid_bills": self.tr("0: does not count."),
        }
        return hints.get(name, "")
