"""Which kind of change: typed in part or by its number, those that do not apply with the reason."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.changes import ChangeKind, declaration_of
from app.domain.script import fold
from app.usecases.changes import FilingObstacle, KindChoice
from ui.changes import words
from ui.kit.buttons import Button
from ui.kit.fields import SearchField
from ui.kit.speaking import Speaking
from ui.kit.styling import label, set_tip
from ui.kit.table import Align, Column, Table, TableModel
from ui.kit.theme import current_density
from ui.kit.tokens import GRID
from ui.words import states


class KindChooser(Speaking, QWidget):
    """A line to type into over the kinds that can be filed, and those that cannot beneath."""

    chosen = Signal(object)
    """A KindChoice."""
    form_asked = Signal(ChangeKind)
    """The blank form of a kind is wanted."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("change.kinds")
        self._choices: tuple[KindChoice, ...] = ()
        self._is_entered = False
        column = QVBoxLayout(self)
        column.setContentsMargins(5 * GRID, 3 * GRID, 5 * GRID, 3 * GRID)
        column.setSpacing(2 * GRID)
        top = QHBoxLayout()
        top.setSpacing(2 * GRID)
        self.filter = _Filter("change.kinds.filter", self)
        self.filter.textChanged.connect(self._fill)
        self.filter.moved_down.connect(self._go_down)
        self.filter.entered.connect(self._enter)
        self.form = Button("change.kinds.form", self, icon_name="printer")
        self.form.clicked.connect(self._ask_form)
        top.addWidget(self.filter, 1)
        top.addWidget(self.form)
        column.addLayout(top)
        self.model = TableModel(_columns(), self)
        self.table = Table(self.model, "change.kinds.table", self)
        self.table.setProperty("framed", True)
        self.table.row_opened.connect(self._open)
        column.addWidget(self.table)
        self.none = label(self, "soft", name="change.kinds.none")
        column.addWidget(self.none)
        self._others_head = label(self, "section", name="change.kinds.others.head")
        column.addWidget(self._others_head)
        self.others_model = TableModel(_other_columns(), self)
        self.others = Table(self.others_model, "change.kinds.others", self)
        self.others.setProperty("framed", True)
        self.others.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.others.horizontalHeader().hide()
        column.addWidget(self.others)
        column.addStretch(1)
        self.retranslate()

    def show_kinds(self, choices: Sequence[KindChoice]) -> None:
        """Offer these kinds."""
        self._choices = tuple(choices)
        self._fill()
        if self._is_entered:
            self._enter()

    def begin(self) -> None:
        """Offer nothing yet; what is typed meanwhile counts, Enter too."""
        self._choices = ()
        self._is_entered = False
        self.filter.clear()
        self._fill()

    @property
    def current(self) -> ChangeKind | None:
        """The kind that Enter would choose."""
        place = max(self.table.chosen_row(), 0)
        return self.model.row(place).kind if place < self.model.rowCount() else None

    def take_keyboard(self) -> None:
        """Put the cursor into the line."""
        self.filter.setFocus(Qt.FocusReason.TabFocusReason)

    def _fill(self) -> None:
        matching = [choice for choice in self._choices if _matches(choice.kind, self.filter.text())]
        matching.sort(key=self._rank)
        self.model.set_rows([choice for choice in matching if can_be_filed(choice)])
        self.others_model.set_rows([choice for choice in matching if not can_be_filed(choice)])
        self.table.choose_row(0)
        head = self.table.horizontalHeader().sizeHint().height()
        for table, above in ((self.table, head), (self.others, 0)):
            table.setFixedHeight(current_density().row_height * table.model().rowCount() + above + 2)
        self.table.setVisible(bool(self.model.rowCount()))
        self.none.setVisible(bool(self._choices) and not matching)
        self.others.setVisible(bool(self.others_model.rowCount()))
        self._others_head.setVisible(bool(self.others_model.rowCount()))
        self.form.setEnabled(self.current is not None)

    def _rank(self, choice: KindChoice) -> bool:
        """A number that is typed in full comes before those that begin with it."""
        return str(declaration_of(choice.kind).number) != self.filter.text().strip()

    def _go_down(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.model.rowCount() > 1:
            self.table.choose_row(min(self.table.chosen_row() + 1, self.model.rowCount() - 1))

    def _enter(self) -> None:
        self._is_entered = not self._choices
        if self.model.rowCount():
            self._open(max(self.table.chosen_row(), 0))

    def _open(self, place: int) -> None:
        self.chosen.emit(self.model.row(place))

    def _ask_form(self) -> None:
        if self.current is not None:
            self.form_asked.emit(self.current)

    def retranslate(self) -> None:
        self.filter.set_words(self.tr("Which change? A word or its number, then Enter"))
        self.none.setText(self.tr("No change is called so. Type less, or its number from 1 to 14."))
        self.form.setText(self.tr("Form to fill in…"))
        set_tip(self.form, self.tr("The form of the chosen kind, to be printed or sent to the customer"))
        self._others_head.setText(self.tr("Not for this account"))
        self.table.setAccessibleName(self.tr("Kinds of change"))
        self.others.setAccessibleName(self.tr("Kinds that do not apply to this account"))
        titles = {"number": self.tr("No."), "kind": self.tr("Change")}
        self.model.set_titles(titles | {"decider": self.tr("Decided by"), "papers": self.tr("Papers")})
        self.others_model.set_titles(titles | {"why": self.tr("Why not")})
        self._fill()


class _Filter(SearchField):
    """The line; Enter takes the first."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape and not self.text():
            event.ignore()  # the sheet closes
        else:
            super().keyPressEvent(event)


def can_be_filed(choice: KindChoice) -> bool:
    """Tell whether a kind is offered: what needs premises without an account gets a new number."""
    return choice.is_allowed or choice.why_not is FilingObstacle.NEW_PREMISES_ONLY


def _matches(kind: ChangeKind, typed: str) -> bool:
    wanted = fold(typed).split()
    number = str(declaration_of(kind).number)
    said = [number, *fold(words.kind_word(kind)).split()]
    return all(any(word.startswith(want) for word in said) for want in wanted)


def _columns() -> list[Column[KindChoice]]:
    return [
        Column(name="number", text=_number, align=Align.RIGHT, width=52, quiet=True),
        Column(name="kind", as_=words.kind_word, width=300, strong=True),
        Column(name="decider", text=_decider, width=350, hinted=True),
        Column(name="papers", text=_papers, width=260, hinted=True, quiet=True, stretches=True),
    ]


def _other_columns() -> list[Column[KindChoice]]:
    return [
        Column(name="number", text=_number, align=Align.RIGHT, width=52, quiet=True),
        Column(name="kind", as_=words.kind_word, width=300, quiet=True),
        Column(name="why", text=why_not, width=400, quiet=True, stretches=True),
    ]


def _number(choice: KindChoice) -> str:
    return str(declaration_of(choice.kind).number)


def _decider(choice: KindChoice) -> str:
    declaration = declaration_of(choice.kind)
    return f"{words.capital(states.word(declaration.decider))}, {states.word(declaration.ground)}"


def _papers(choice: KindChoice) -> str:
    return ", ".join(words.paper_word(paper.kind) for paper in declaration_of(choice.kind).papers)


def why_not(choice: KindChoice) -> str:
    """Return why a kind is not offered; nothing for one that is."""
    return "" if choice.why_not is None else states.word(choice.why_not)
